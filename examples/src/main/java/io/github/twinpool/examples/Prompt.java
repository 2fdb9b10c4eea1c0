package io.github.twinpool.examples;

import java.io.Console;

/** Whoever sits before the screen. */
interface Prompt {

  /** Shows a line. */
  void say(String line);

  /** Asks for a line. */
  String ask(String question);

  /** Asks for something that nobody else may read; the caller wipes it. */
  char[] askSecretly(String question);

  /** The process's own console. */
  static Prompt of(Console console) {
    return new Prompt() {
      @Override
      public void say(String line) {
        console.printf("%s%n", line);
      }

      @Override
      public String ask(String question) {
        String answer = console.readLine("%s ", question);
        return answer == null ? "" : answer.strip();
      }

      @Override
      public char[] askSecretly(String question) {
        char[] answer = console.readPassword("%s ", question);
        return answer == null ? new char[0] : answer;
      }
    };
  }
}
