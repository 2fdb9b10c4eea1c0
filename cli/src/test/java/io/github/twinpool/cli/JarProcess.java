package io.github.twinpool.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A process of the one jar, as an operator's shell starts it. */
final class JarProcess {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  /**
   * What a command left.
   *
   * @param out as printed
   * @param err as printed
   */
  record Ended(int code, String out, String err) {}

  private JarProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command with a home directory of its own, and without credentials of AWS. */
  static JarProcess start(Path home, List<String> arguments) throws IOException {
    return start(home, arguments, Map.of());
  }

  /** The same with more in its environment. */
  static JarProcess start(Path home, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Duser.home=" + home, "-jar"));
    command.add(Objects.requireNonNull(System.getProperty("twinpool.jar"), "twinpool.jar"));
    command.addAll(arguments);
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("AWS_.*|(?i).*_proxy"));
    builder.environment().putAll(environment);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    return new JarProcess(builder.start(), out, err);
  }

  boolean alive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(out, UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, UTF_8);
  }

  /** As {@code kill} does, or with force as {@code kill -9}. */
  int kill(boolean force) throws InterruptedException {
    if (force) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    return process.waitFor();
  }

  Ended ended() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("does not end: " + out() + err());
    }
    return new Ended(process.exitValue(), out(), err());
  }
}
