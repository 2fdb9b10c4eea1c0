package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.RecordedCalls.Killed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/** Drills against the emulator, and what becomes of one that is killed. */
@Execution(ExecutionMode.CONCURRENT) // they wait; each test has an emulator of its own
class DrillTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path journal;

  private final SetupFixture fixture = new SetupFixture(TestEmulators.builder());
  private final String check = fixture.emulator.route53().healthCheckId();
  private final MultiRegionCognito cognito =
      MultiRegionCognito.builder(fixture.emulator.userPool()).policy(SetupFixture.HASTY).build();

  @AfterEach
  void close() {
    cognito.close();
    fixture.close();
  }

  private DrillBuilder hasty() {
    return Drill.builder(cognito)
        .before(Duration.ofMillis(300))
        .duration(Duration.ofSeconds(3))
        .after(LONG)
        .interval(Duration.ofMillis(50));
  }

  private List<Path> entries() {
    try (Stream<Path> files = Files.list(journal)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_local_drill_moves_this_process_alone_and_back_and_reports() throws Exception {
    DrillReport report = hasty().local().run();
    assertThat(report.aborted()).isFalse();
    assertThat(report.timeToSwitch()).isPresent();
    assertThat(report.timeBack()).isPresent();
    assertThat(report.calls(RegionRole.SECONDARY)).isGreaterThan(5);
    assertThat(report.calls(RegionRole.PRIMARY)).isGreaterThan(1);
    assertThat(report.failures()).isZero();
    assertThat(report.refused()).contains(Capability.TOTP_SIGN_IN);
    assertThat(cognito.status().mode()).isNotEqualTo(FailoverMode.OVERRIDE);
    assertThat(fixture.emulator.route53().calls("UpdateHealthCheck")).isZero();
    assertThat(report.toMarkdown()).contains("| kind | local |", fixture.id(), "TOTP");
    assertThat(report.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(report.toHtml()).contains("<svg", "time to switch").doesNotContain("<script");
    String svg = report.toHtml();
    svg = svg.substring(svg.indexOf("<svg"), svg.indexOf("</svg>") + 6);
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(svg)))
                .getElementsByTagName("circle")
                .getLength())
        .isEqualTo((int) (report.calls(RegionRole.PRIMARY) + report.calls(RegionRole.SECONDARY)));
  }

  @Test
  void a_listener_hears_the_outage_and_each_call() {
    List<String> heard = new ArrayList<>();
    DrillReport report = hasty().listener(noting(heard)).local().run();
    assertThat(heard).containsOnlyOnce("begins", "ends");
    assertThat(heard.subList(0, heard.indexOf("begins"))).isNotEmpty().containsOnly("PRIMARY");
    assertThat(heard.subList(heard.indexOf("begins"), heard.indexOf("ends"))).contains("SECONDARY");
    assertThat(heard)
        .hasSize(2 + (int) (report.calls(RegionRole.PRIMARY) + report.calls(RegionRole.SECONDARY)))
        .last()
        .isEqualTo("PRIMARY");
  }

  private static DrillListener noting(List<String> heard) {
    return new DrillListener() {
      @Override
      public void outageBegins() {
        heard.add("begins");
      }

      @Override
      public void sampled(Duration at, RegionRole serving, boolean failed) {
        heard.add(serving + (failed ? " failed" : ""));
      }

      @Override
      public void outageEnds(boolean aborted) {
        heard.add("ends" + (aborted ? " early" : ""));
      }
    };
  }

  @Test
  void a_listener_that_fails_ends_no_drill_and_the_check_is_restored() {
    List<String> heard = new ArrayList<>();
    DrillListener noting = noting(heard);
    DrillListener failing =
        new DrillListener() {
          @Override
          public void outageBegins() {
            noting.outageBegins();
            throw new IllegalArgumentException("the terminal is gone");
          }

          @Override
          public void sampled(Duration at, RegionRole serving, boolean failed) {
            throw new IllegalArgumentException("the terminal is gone");
          }

          @Override
          public void outageEnds(boolean aborted) {
            noting.outageEnds(aborted);
            throw new IllegalArgumentException("the terminal is gone");
          }
        };
    DrillReport report =
        hasty()
            .duration(Duration.ofMillis(200))
            .after(Duration.ofMillis(100))
            .listener(failing)
            .fleet(fixture.clients, check, journal)
            .run();
    assertThat(report.aborted()).isFalse();
    assertThat(heard).containsExactly("begins", "ends");
    assertThat(fixture.emulator.route53().calls("UpdateHealthCheck")).isEqualTo(2);
    assertThat(fixture.emulator.route53().healthy()).isTrue();
    assertThat(entries()).isEmpty();
  }

  @Test
  void a_drill_keeps_the_values_that_it_was_made_with() {
    DrillBuilder builder =
        hasty().duration(Duration.ofMillis(200)).after(Duration.ofMillis(100)).sample(() -> "good");
    Drill drill = builder.observing();
    builder
        .duration(Duration.ofSeconds(3))
        .after(Duration.ofSeconds(3))
        .sample(
            () -> {
              throw new IllegalStateException("for the next drill");
            });
    assertThat(drill.run().failures()).isZero();
  }

  @Test
  void an_observing_drill_changes_nothing_and_sees_what_happens() {
    DrillReport quiet = hasty().duration(Duration.ofMillis(500)).observing().run();
    assertThat(quiet.timeToSwitch()).isEmpty();
    assertThat(quiet.toMarkdown()).contains("it never switched");
    assertThat(fixture.emulator.route53().calls("UpdateHealthCheck")).isZero();
    assertThat(entries()).isEmpty();
  }

  @Test
  void a_fleet_drill_inverts_the_check_that_all_follow_and_restores_it() {
    try (Route53HealthSignal signal =
        Route53HealthSignal.builder(cognito, check)
            .client(fixture.clients.route53())
            .advice(Advice.FOLLOW)
            .quickly(Duration.ofMillis(200))
            .start()) {
      await().until(() -> signal.healthy().isPresent());
      DrillReport report =
          hasty().duration(Duration.ofSeconds(5)).fleet(fixture.clients, check, journal).run();
      assertThat(report.timeToSwitch()).as("%s", report).isPresent();
      assertThat(report.timeBack()).isPresent();
      assertThat(report.failures()).isZero();
    }
    assertThat(fixture.emulator.route53().calls("UpdateHealthCheck")).isEqualTo(2);
    assertThat(fixture.emulator.route53().healthy()).isTrue();
    assertThat(entries()).isEmpty();
  }

  @Test
  void a_rising_error_rate_ends_the_outage_at_once() {
    fixture.emulator.region(RegionRole.SECONDARY).outage(Outage.internalErrors());
    DrillReport report =
        hasty().duration(Duration.ofMinutes(1)).after(Duration.ofSeconds(1)).local().run();
    assertThat(report.aborted()).isTrue();
    assertThat(report.failures()).isPositive();
    assertThat(report.toMarkdown()).contains("aborted");
    assertThat(cognito.status().mode()).isNotEqualTo(FailoverMode.OVERRIDE);
  }

  /** Killed: nothing more is sent by this process, so the journal is what is left. */
  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "2, false", "2, true"})
  void a_fleet_drill_that_died_at_a_change_is_found_and_its_check_restored(
      int change, boolean answered) {
    try (AwsClients dying = fixture.clients(new RecordedCalls(change, answered))) {
      Drill drill = hasty().duration(Duration.ofMillis(200)).fleet(dying, check, journal);
      assertThatThrownBy(drill::run).isInstanceOf(Killed.class);
    }
    assertThat(entries()).hasSize(1);
    assertThat(Drill.restoreLeft(fixture.clients, journal, Instant.EPOCH, check))
        .as("a drill of a process that lives is left alone")
        .isEmpty();
    assertThat(
            Drill.restoreLeft(
                fixture.clients, journal, fixture.clock.instant().plusSeconds(60), check))
        .hasValueSatisfying(said -> assertThat(said).contains(fixture.id(), check, "restored"));
    assertThat(fixture.emulator.route53().healthy()).isTrue();
    assertThat(entries()).isEmpty();
    assertThat(Drill.restoreLeft(fixture.clients, journal, check)).isEmpty();
  }

  @Test
  void a_check_that_was_inverted_before_is_inverted_again() {
    fixture.clients.route53().updateHealthCheck(it -> it.healthCheckId(check).inverted(true));
    fixture.emulator.route53().healthyCheckers(0);
    hasty()
        .duration(Duration.ofMillis(300))
        .after(Duration.ofMillis(100))
        .fleet(fixture.clients, check, journal)
        .run();
    assertThat(
            HealthCheckTask.config(new AwsCalls(fixture.clients), check).orElseThrow().inverted())
        .isTrue();
  }

  @Test
  void a_process_that_was_really_killed_leaves_a_drill_that_the_next_command_ends()
      throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                DrillProcess.class.getName(),
                fixture.id(),
                check,
                journal.toString(),
                fixture.emulator.region(RegionRole.PRIMARY).endpoint().toString(),
                fixture.emulator.region(RegionRole.SECONDARY).endpoint().toString(),
                fixture.emulator.route53().endpoint().toString())
            .inheritIO()
            .start();
    try {
      await().atMost(LONG).until(() -> !fixture.emulator.route53().healthy());
      assertThat(Drill.restoreLeft(fixture.clients, journal, check))
          .as("it is going on, and left alone")
          .isEmpty();
      assertThat(fixture.emulator.route53().healthy()).isFalse();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(fixture.emulator.route53().healthy()).as("nobody has ended it").isFalse();
    assertThat(Drill.restoreLeft(fixture.clients, journal, check)).isPresent();
    assertThat(fixture.emulator.route53().healthy()).isTrue();
  }

  @Test
  void a_second_fleet_drill_of_a_pool_is_refused_and_the_first_left_alone() {
    new DrillJournal(journal)
        .write(
            new DrillEntry(
                fixture.id(),
                check,
                false,
                Instant.now(),
                Instant.now().plusSeconds(600),
                ProcessHandle.current().pid(),
                DrillEntry.startOf(ProcessHandle.current())));
    Drill second = hasty().fleet(fixture.clients, check, journal);
    assertThatThrownBy(second::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is going on");
    assertThat(entries()).hasSize(1);
    assertThat(fixture.emulator.route53().calls("UpdateHealthCheck")).isZero();
  }

  @Test
  void a_journal_that_cannot_be_read_is_said_and_not_taken_for_none() throws IOException {
    Files.writeString(journal.resolve("drill-" + fixture.id() + ".json"), "{\"poolId\": 1");
    assertThatThrownBy(() -> Drill.restoreLeft(fixture.clients, journal, check))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("journal");
  }

  @Test
  void a_missing_permission_begins_no_drill_and_a_wrong_value_is_named() {
    fixture.emulator.route53().deny("UpdateHealthCheck");
    Drill drill = hasty().fleet(fixture.clients, check, journal);
    assertThatThrownBy(drill::run)
        .isInstanceOfSatisfying(
            MissingPermissionException.class,
            e -> assertThat(e.action()).isEqualTo("route53:UpdateHealthCheck"));
    assertThatThrownBy(() -> hasty().duration(Duration.ofHours(5)))
        .hasMessageContaining("duration");
    assertThatThrownBy(() -> hasty().abortAt(0)).hasMessageContaining("abortAt");
    assertThatThrownBy(() -> hasty().interval(Duration.ZERO)).hasMessageContaining("interval");
  }
}
