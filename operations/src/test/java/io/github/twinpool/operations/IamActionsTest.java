package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.MultiRegionCognito;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each command is said to call is what it calls, and a missing permission is named. */
class IamActionsTest {
  private static final Path PAGE = Path.of("../docs/setup.md");
  private static final String BEGIN = "<!-- made of IamActions: begin -->\n";
  private static final String END = "<!-- made of IamActions: end -->";

  /** Calls of runs that meet everything that a set-up can meet. */
  private static Set<String> setup(boolean apply) {
    Set<String> actions = new TreeSet<>();
    try (SetupFixture fixture = new SetupFixture()) {
      actions.addAll(run(fixture, clients -> fixture.everything(clients), apply));
      // Now that all is there: a plan that reads all of it, and a policy to put right.
      String arn =
          fixture.described(fixture.primary).keyConfiguration() == null
              ? ""
              : fixture.described(fixture.primary).keyConfiguration().kmsKeyArn();
      if (apply) {
        String id = PoolKey.id(arn);
        fixture
            .clients
            .kms(RegionRole.SECONDARY)
            .putKeyPolicy(it -> it.keyId(id).policyName("default").policy("{\"Statement\":[]}"));
        actions.addAll(run(fixture, clients -> fixture.everything(clients), true));
      } else {
        fixture.everything(fixture.clients).apply();
        actions.addAll(run(fixture, clients -> fixture.everything(clients), false));
      }
    }
    try (SetupFixture fixture = new SetupFixture()) { // a check that is there, a key to be found
      String check = fixture.emulator.route53().healthCheckId();
      try (AwsClients clients = fixture.clients(new RecordedCalls(2, false))) {
        ReplicationSetup dying = fixture.asking(clients).manageKey(true).build();
        assertThatThrownBy(dying::apply).isInstanceOf(RecordedCalls.Killed.class);
      }
      fixture.clock.pause(Duration.ofSeconds(5));
      actions.addAll(
          run(
              fixture,
              clients -> fixture.asking(clients).manageKey(true).healthCheck(check).build(),
              apply));
    }
    return actions;
  }

  private static Set<String> run(
      SetupFixture fixture, Function<AwsClients, ReplicationSetup> setup, boolean apply) {
    RecordedCalls calls = new RecordedCalls();
    try (AwsClients clients = fixture.clients(calls)) {
      if (apply) {
        setup.apply(clients).apply();
      } else {
        setup.apply(clients).plan();
      }
    }
    return calls.actions();
  }

  @Test
  void set_up_calls_what_it_is_said_to_call() {
    assertThat(setup(false)).isEqualTo(IamActions.SETUP_PLAN.calls());
    assertThat(setup(true)).isEqualTo(IamActions.SETUP_APPLY.calls());
  }

  @Test
  void the_switch_calls_what_it_is_said_to_call() {
    try (SetupFixture fixture = new SetupFixture()) {
      for (boolean apply : new boolean[] {false, true}) {
        RecordedCalls calls = new RecordedCalls();
        try (AwsClients clients = fixture.clients(calls)) {
          DnsSwitch dns =
              DnsSwitch.builder(
                      clients, fixture.emulator.route53().hostedZoneId(), "api.example.test")
                  .cname(RegionRole.PRIMARY, "a.example.com")
                  .cname(RegionRole.SECONDARY, "b.example.com")
                  .healthCheck(RegionRole.PRIMARY, fixture.emulator.route53().healthCheckId())
                  .build();
          if (apply) {
            dns.apply();
          } else {
            dns.plan();
          }
        }
        assertThat(calls.actions())
            .isEqualTo((apply ? IamActions.DNS_APPLY : IamActions.DNS_PLAN).calls());
      }
    }
  }

  @Test
  void the_doctor_calls_what_it_is_said_to_call() {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder());
        AwsClients clients = fixture.clients(calls)) {
      ReplicationDoctor.of(clients).examine();
    }
    assertThat(calls.changes()).isZero();
    assertThat(calls.actions()).isEqualTo(IamActions.DOCTOR.calls());
  }

  @Test
  void a_fleet_drill_calls_what_it_is_said_to_call(@TempDir Path journal) {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder());
        AwsClients clients = fixture.clients(calls);
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(fixture.emulator.userPool()).build()) {
      Drill.builder(cognito)
          .before(Duration.ofMillis(10))
          .duration(Duration.ofMillis(100))
          .after(Duration.ofMillis(10))
          .interval(Duration.ofMillis(20))
          .fleet(clients, fixture.emulator.route53().healthCheckId(), journal)
          .run();
    }
    assertThat(calls.actions()).isEqualTo(IamActions.FLEET_DRILL.calls());
  }

  @Test
  void restoring_a_drill_calls_what_it_is_said_to_call(@TempDir Path journal) {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder().domainFailover(true));
        AwsClients clients = fixture.clients(calls)) {
      String check = fixture.emulator.route53().healthCheckId();
      new DrillJournal(journal)
          .write(new DrillEntry(fixture.id(), check, false, Instant.EPOCH, Instant.EPOCH, 1, 1));
      assertThat(Drill.left(clients, journal)).isPresent();
      assertThat(calls.actions()).as("a look asks nobody").isEmpty();
      assertThat(Drill.restoreLeft(clients, journal)).isPresent();
    }
    assertThat(calls.actions()).isEqualTo(IamActions.DRILL_RESTORE.calls());
  }

  @Test
  void the_lag_meter_calls_what_it_is_said_to_call() {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder());
        AwsClients clients = fixture.clients(calls)) {
      fixture.emulator.createUser("canary", "Correct-Horse-7");
      ReplicationLagMeter.of(clients, "canary").samples(1).measure();
    }
    assertThat(calls.actions()).isEqualTo(IamActions.LAG.calls());
  }

  @Test
  void the_status_calls_what_it_is_said_to_call() {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder());
        AwsClients clients = fixture.clients(calls)) {
      assertThat(ReplicationStatus.of(clients).ready()).isTrue();
      fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
      ReplicationStatus down = ReplicationStatus.of(clients);
      assertThat(down.ready()).isFalse();
      assertThat(down.answers())
          .containsEntry(RegionRole.PRIMARY, false)
          .containsEntry(RegionRole.SECONDARY, true);
      assertThat(down.replica()).isEqualTo("unknown");
    }
    assertThat(calls.actions()).isEqualTo(IamActions.STATUS.calls());
  }

  @Test
  void the_signal_calls_what_it_is_said_to_call() {
    RecordedCalls calls = new RecordedCalls();
    try (SetupFixture fixture = new SetupFixture();
        AwsClients clients = fixture.clients(calls);
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(fixture.emulator.userPool()).build()) {
      try (Route53HealthSignal signal =
          Route53HealthSignal.builder(cognito, fixture.emulator.route53().healthCheckId())
              .client(clients.route53())
              .quickly(Duration.ofMillis(50))
              .start()) {
        await().until(() -> signal.healthy().isPresent());
      }
    }
    assertThat(calls.actions()).isEqualTo(IamActions.SIGNAL.calls());
  }

  static Stream<String> setupCalls() {
    return IamActions.SETUP_APPLY.calls().stream()
        .filter(action -> !action.equals("kms:PutKeyPolicy")); // its own key has a good policy
  }

  @ParameterizedTest
  @MethodSource("setupCalls")
  void a_denied_action_is_named(String action) {
    String operation = action.substring(action.indexOf(':') + 1);
    try (SetupFixture fixture = new SetupFixture()) {
      if (operation.equals("ListResourceTags")) {
        fixture.clients.kms(RegionRole.PRIMARY).createKey(it -> it.multiRegion(true));
        fixture.clock.pause(Duration.ofSeconds(5));
      }
      for (RegionRole role : RegionRole.values()) {
        fixture.emulator.region(role).deny(operation);
        fixture.emulator.kms(role).deny(operation);
      }
      fixture.emulator.route53().deny(operation);
      ReplicationSetup setup = fixture.everything(fixture.clients);
      assertThatThrownBy(setup::apply)
          .isInstanceOfSatisfying(
              MissingPermissionException.class, e -> assertThat(e.action()).isEqualTo(action))
          .hasMessageContaining(action);
    }
  }

  @Test
  void a_denied_change_of_a_key_policy_is_named() {
    try (SetupFixture fixture = new SetupFixture()) {
      String arn =
          fixture
              .clients
              .kms(RegionRole.PRIMARY)
              .createKey(it -> it.multiRegion(true))
              .keyMetadata()
              .arn();
      fixture.clock.pause(Duration.ofSeconds(5));
      fixture.emulator.kms(RegionRole.PRIMARY).deny("PutKeyPolicy");
      ReplicationSetup setup = fixture.asking(fixture.clients).kmsKey(arn).manageKey(true).build();
      assertThatThrownBy(setup::apply)
          .isInstanceOfSatisfying(
              MissingPermissionException.class,
              e -> assertThat(e.action()).isEqualTo("kms:PutKeyPolicy"));
    }
  }

  @Test
  void the_table_in_the_docs_is_made_of_them() throws IOException {
    String table =
        "| command | IAM actions |\n|---|---|\n"
            + Arrays.stream(IamActions.values())
                .map(
                    it ->
                        "| `"
                            + it.command()
                            + "` | "
                            + it.actions().stream()
                                .map(action -> "`" + action + "`")
                                .collect(Collectors.joining(", "))
                            + " |\n")
                .collect(Collectors.joining());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("twinpool.write-docs")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertThat(page.substring(begin, end))
          .as("run this test with -Dtwinpool.write-docs=true, and look at what it wrote")
          .isEqualTo(table);
    }
  }
}
