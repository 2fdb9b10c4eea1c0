package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What an application with another Spring Boot is told. */
class BootVersionCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"3.5.16", "3.0.0", "2.7.18"})
  void with_an_older_boot_the_start_fails_and_says_what_works_there(String version) {
    assertThatExceptionOfType(UnsupportedBootException.class)
        .isThrownBy(() -> new BootVersionCheck(version).initialize(new GenericApplicationContext()))
        .satisfies(
            it -> {
              FailureAnalysis analysis = new UnsupportedBootFailureAnalyzer().analyze(it);
              assertThat(analysis.getDescription()).contains("Spring Boot 4", version);
              assertThat(analysis.getAction())
                  .contains("twinpool-failover", "twinpool-token-validation");
            });
  }

  @Test
  void this_boot_is_one_of_those_that_it_works_with_and_asks_it() {
    assertThatCode(() -> new BootVersionCheck().initialize(new GenericApplicationContext()))
        .doesNotThrowAnyException();
    assertThatCode(() -> new BootVersionCheck(null).initialize(new GenericApplicationContext()))
        .as("unknown, as where a jar was repacked")
        .doesNotThrowAnyException();
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                .load(ApplicationContextInitializer.class))
        .hasAtLeastOneElementOfType(BootVersionCheck.class);
  }
}
