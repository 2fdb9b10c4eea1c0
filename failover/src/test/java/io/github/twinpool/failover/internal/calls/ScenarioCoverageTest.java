package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every key of scenario-coverage.txt has a scenario, and target/scenario-coverage.md shows which.
 */
class ScenarioCoverageTest {
  private final Map<String, String[]> checklist = new LinkedHashMap<>();
  private final Map<String, List<Scenario>> covered = new LinkedHashMap<>();

  ScenarioCoverageTest() {
    for (String line : ScenarioFiles.checklist()) {
      String[] columns = line.split(" \\| ", -1);
      assertThat(columns).as(line).hasSize(3);
      assertThat(checklist.put(columns[0], columns)).as("%s stands twice", columns[0]).isNull();
      covered.put(columns[0], new ArrayList<>());
    }
    for (Scenario scenario : ScenarioFiles.all()) {
      for (String key : scenario.covers()) {
        covered.computeIfAbsent(key, it -> new ArrayList<>()).add(scenario);
      }
    }
  }

  @Test
  void every_key_has_a_scenario_and_every_scenario_names_known_keys() throws IOException {
    writePage();
    assertThat(covered.keySet()).as("keys that scenarios name").isSubsetOf(checklist.keySet());
    assertThat(covered).allSatisfy((key, scenarios) -> assertThat(scenarios).as(key).isNotEmpty());
  }

  private void writePage() throws IOException {
    StringBuilder page =
        new StringBuilder("# Scenario coverage\n\nWritten by the build.\n\n")
            .append("| key | where | what | scenarios |\n|---|---|---|---|\n");
    checklist.forEach(
        (key, columns) ->
            page.append("| " + key + " | " + columns[1] + " | " + columns[2] + " | ")
                .append(
                    covered.get(key).stream()
                        .map(it -> it.id() + " (" + it.file() + ")")
                        .collect(Collectors.joining("<br>")))
                .append(" |\n"));
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(target.resolve("scenario-coverage.md"), page);
  }
}
