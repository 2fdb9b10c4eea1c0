package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plays every scenario of src/test/resources/scenarios in virtual time. */
class ScenariosTest {
  @TestFactory
  Stream<DynamicTest> every_scenario_goes_as_its_file_says() {
    return ScenarioFiles.all().stream().map(it -> DynamicTest.dynamicTest(it.toString(), it::play));
  }

  @Test
  void there_are_at_least_eighty_and_no_two_share_an_id() {
    List<String> ids = ScenarioFiles.all().stream().map(Scenario::id).toList();
    assertThat(ids).hasSizeGreaterThanOrEqualTo(80).doesNotHaveDuplicates();
  }
}
