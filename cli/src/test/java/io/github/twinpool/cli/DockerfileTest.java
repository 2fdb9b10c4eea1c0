package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What can be known of the image without Docker, which this build does not have. */
class DockerfileTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath();

  private static List<String> lines() throws IOException {
    return Files.readAllLines(FOLDER.resolve("Dockerfile"));
  }

  private static String after(String instruction) throws IOException {
    List<String> found =
        lines().stream()
            .filter(line -> line.startsWith(instruction + " "))
            .map(line -> line.substring(instruction.length() + 1))
            .toList();
    assertThat(found).as(instruction).hasSize(1);
    return found.get(0);
  }

  private static List<String> words(String instruction) throws IOException {
    return Arrays.asList(new ObjectMapper().readValue(after(instruction), String[].class));
  }

  @Test
  void it_copies_the_one_jar_that_the_build_makes_and_nothing_else_is_sent() throws Exception {
    String version = new TwinpoolVersion().getVersion()[0].replaceFirst("^twinpool ", "");
    Path jar = Path.of("target", "twinpool-cli-" + version + "-all.jar");
    String copied = after("COPY").split(" ", 2)[0];

    assertThat(FileSystems.getDefault().getPathMatcher("glob:" + copied).matches(jar)).isTrue();
    assertThat(Files.readAllLines(FOLDER.resolve(".dockerignore")))
        .containsExactly("*", "!" + copied);
  }

  @Test
  void it_runs_the_jar_with_a_command_and_options_that_exist() throws Exception {
    List<String> command = new ArrayList<>(words("ENTRYPOINT"));
    command.addAll(words("CMD"));
    assertThat(command).startsWith("java", "-jar", after("COPY").split(" ", 2)[1]);

    CommandLine.ParseResult parsed =
        TwinpoolCommand.commandLine()
            .parseArgs(command.subList(3, command.size()).toArray(String[]::new));

    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("emulator");
    assertThat(parsed.subcommand().hasMatchedOption("--port")).isTrue();
  }

  @Test
  void it_does_not_run_as_root() throws Exception {
    assertThat(after("USER")).isEqualTo("twinpool");
  }
}
