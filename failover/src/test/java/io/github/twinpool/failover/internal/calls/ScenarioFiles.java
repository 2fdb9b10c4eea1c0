package io.github.twinpool.failover.internal.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scenario files of this build. */
final class ScenarioFiles {
  private ScenarioFiles() {}

  static List<Scenario> all() {
    URL folder = ScenarioFiles.class.getResource("/scenarios");
    if (folder == null) {
      throw new IllegalStateException("no folder scenarios among the test resources");
    }
    List<Scenario> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".yml")).sorted().toList()) {
        all.addAll(Scenario.parse(file.getFileName().toString(), Files.readString(file)));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  static List<String> checklist() {
    try (InputStream in = ScenarioFiles.class.getResourceAsStream("/scenario-coverage.txt")) {
      if (in == null) {
        throw new IllegalStateException("no scenario-coverage.txt among the test resources");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
