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
        console.writer().println(line);
        console.flush();
      }

      @Override
      public String ask(String question) {
        show(question);
        String answer = console.readLine();
        return answer == null ? "" : answer.strip();
      }

      @Override
      public char[] askSecretly(String question) {
        show(question);
        char[] answer = console.readPassword();
        return answer == null ? new char[0] : answer;
      }

      private void show(String question) {
        console.writer().print(question + " ");
        console.flush();
      }
    };
  }
}
