package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFormatTest {
  private static void parse(String events) {
    Scenario.parse("f.yml", "- {id: a, intent: b, covers: [c], events: [" + events + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {expect: {mood: PRIMARY}} ; unknown key [mood]
          {expect: {mode: FIRST}} ; wants one of
          {expect: {}} ; expects nothing
          {pass: 5} ; wants a time
          {pass: 5s, stop: x} ; unknown key [stop]
          {sleep: 5s} ; wants override
          {call: {region: PRIMARY}} ; wants outcome
          {calls: {region: PRIMARY, outcome: ANSWER, every: 1s}} ; either for or as
          {override: {to: SECONDARY, for: 1s, strict: maybe}} ; true or false
          """)
  void what_it_does_not_know_is_an_error_that_names_the_place(String event, String error) {
    assertThatThrownBy(() -> parse(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("f.yml/a[0]")
        .hasMessageContaining(error);
  }

  @Test
  void an_expectation_that_is_not_met_names_its_step_and_time() {
    assertThatThrownBy(
            () ->
                Scenario.parse(
                        "f.yml",
                        "- {id: a, intent: b, covers: [c], events: [{pass: 1s}, {expect: {mode: SECONDARY}}]}")
                    .get(0)
                    .play())
        .isInstanceOf(AssertionError.class)
        .hasMessage("f.yml/a[1] at PT1S: mode is PRIMARY, not SECONDARY");
  }
}
