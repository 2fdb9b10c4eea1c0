package io.github.twinpool.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The stand-alone emulator in a JVM of its own. */
final class EmulatorProcess implements AutoCloseable {
  private final Process process;
  private final Map<String, String> printed = new LinkedHashMap<>();

  private EmulatorProcess(Process process) {
    this.process = process;
  }

  /** Starts it, and waits until it is ready. */
  static EmulatorProcess start(String... options) throws IOException {
    return start(Map.of(), options);
  }

  /** The same with more in its environment. */
  static EmulatorProcess start(Map<String, String> environment, String... options)
      throws IOException {
    ProcessBuilder builder = command(options).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    EmulatorProcess emulator = new EmulatorProcess(builder.start());
    try {
      emulator.awaitReady();
      return emulator;
    } catch (IOException | RuntimeException e) {
      emulator.close();
      throw e;
    }
  }

  static ProcessBuilder command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(CognitoEmulator.class.getName());
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }

  private void awaitReady() throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("ready")) {
        return;
      }
      String[] pair = line.split("=", 2);
      printed.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    throw new IOException("the emulator ended before it was ready");
  }

  String printed(String key) {
    String value = printed.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is not among " + printed.keySet());
    }
    return value;
  }

  /** Sends SIGTERM; whether the process has ended because of it. */
  boolean terminate() {
    process.destroy();
    return ended();
  }

  private boolean ended() {
    try {
      return process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (!terminate()) {
      process.destroyForcibly();
    }
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
