package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.ReplicaStatus;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.kms.KmsClient;

/** The plan and its application, against the emulator. */
class ReplicationSetupTest {
  private SetupFixture fixture = new SetupFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private ReplicationSetupBuilder asking() {
    return fixture.asking(fixture.clients);
  }

  private static SetupStep step(SetupPlan plan, Kind kind) {
    return plan.steps().stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
  }

  private static Map<Kind, State> states(SetupPlan plan) {
    Map<Kind, State> states = new LinkedHashMap<>();
    plan.steps().forEach(step -> states.put(step.kind(), step.state()));
    return states;
  }

  @Test
  void a_pool_of_one_region_becomes_an_active_replica_with_failover_in_one_run() {
    RecordedCalls calls = new RecordedCalls();
    List<String> told = new ArrayList<>();
    try (AwsClients clients = fixture.clients(calls)) {
      ReplicationSetup setup = fixture.everything(clients);
      SetupPlan before = setup.plan();
      assertThat(calls.changes()).as("a plan changes nothing").isZero();
      assertThat(before.steps(State.BLOCKED)).isEmpty();
      assertThat(before.steps(State.TO_DO)).hasSize(11);

      SetupPlan after =
          setup.apply(
              new SetupListener() {
                @Override
                public void begins(SetupStep step) {
                  told.add("begins " + step.kind());
                }

                @Override
                public void waits(SetupStep step, String status, Duration elapsed) {
                  told.add("waits " + step.kind() + " " + status);
                }

                @Override
                public void done(SetupStep step) {
                  told.add("done " + step.kind());
                }
              });
      assertThat(after.complete()).as("%s", after).isTrue();
      assertThat(after.steps(State.DONE)).hasSize(12);
    }
    assertThat(fixture.replicas()).containsExactly("ACTIVE", "ACTIVE");
    UserPoolType pool = fixture.described(fixture.primary);
    assertThat(pool.keyConfiguration().kmsKeyArn()).contains(":key/mrk-");
    assertThat(pool.issuerConfiguration().typeAsString()).isEqualTo("UPDATED");
    assertThat(fixture.described(fixture.secondary).lambdaConfig().preSignUp())
        .isEqualTo(SetupFixture.TRIGGER);
    for (String domain : List.of(pool.domain(), pool.customDomain())) {
      assertThat(fixture.routing(domain).failover().secondaryRegion()).isEqualTo("us-west-2");
      assertThat(fixture.routing(domain).failover().primaryRoute53HealthCheckId())
          .isNotEqualTo(fixture.emulator.route53().healthCheckId());
    }
    assertThat(told).contains("begins KEY", "done KEY", "done ACTIVATION");
    assertThat(told)
        .anyMatch(it -> it.startsWith("waits REPLICA") && it.endsWith("PENDING_CREATE"));
    assertThat(told).anyMatch(it -> it.startsWith("waits REPLICA") && it.endsWith("CREATING"));
    assertThat(calls.calls("kms:CreateKey")).isEqualTo(1);
  }

  @Test
  void a_second_run_changes_nothing() {
    fixture.everything(fixture.clients).apply();
    RecordedCalls calls = new RecordedCalls();
    try (AwsClients clients = fixture.clients(calls)) {
      assertThat(fixture.everything(clients).apply().complete()).isTrue();
    }
    assertThat(calls.changes()).isZero();
  }

  @Test
  void a_plan_that_asks_for_nothing_says_what_is_missing_and_applies_nothing() {
    ReplicationSetup setup = asking().build();
    assertThat(states(setup.plan()))
        .containsEntry(Kind.TIER, State.DONE)
        .containsEntry(Kind.KEY, State.BLOCKED)
        .containsEntry(Kind.ISSUER, State.NOT_ASKED)
        .containsEntry(Kind.HEALTH_CHECK, State.NOT_ASKED)
        .containsEntry(Kind.CUSTOM_DOMAIN, State.NOT_ASKED);
    assertThatThrownBy(setup::apply)
        .isInstanceOf(SetupBlockedException.class)
        .hasMessageContaining("name a multi-Region key");
    assertThat(fixture.replicas()).containsExactly("ACTIVE");
  }

  @Test
  void a_plan_is_printed_for_a_terminal_with_reason_way_back_and_permissions() {
    String text = fixture.everything(fixture.clients).plan().toString();
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text)
        .contains("[done]", "1. TIER", "[to do]", "Why:", "Undo:", "kms:CreateKey", "Mind:")
        .contains("COGNITO_USER_POOLS")
        .endsWith("11 steps to do.\n");
    assertThat(text.indexOf("KEY CONFIGURATION")).isLessThan(text.indexOf("ACTIVATION"));
  }

  @Test
  void a_pool_on_the_lite_plan_is_blocked() {
    fixture.primary.updateUserPool(it -> it.userPoolId(fixture.id()).userPoolTier("LITE"));
    SetupPlan plan = fixture.everything(fixture.clients).plan();
    assertThat(step(plan, Kind.TIER).state()).isEqualTo(State.BLOCKED);
    assertThat(plan.toString()).contains("1 step is blocked, nothing is applied.");
  }

  @Test
  void a_key_that_will_not_do_blocks_and_says_why() {
    KmsClient kms = fixture.clients.kms(RegionRole.PRIMARY);
    String single = kms.createKey().keyMetadata().arn();
    String asymmetric =
        kms.createKey(it -> it.multiRegion(true).keySpec("RSA_2048")).keyMetadata().arn();
    String disabled = kms.createKey(it -> it.multiRegion(true)).keyMetadata().arn();
    String absent = single.substring(0, single.lastIndexOf('/')) + "/mrk-0123";
    fixture.clock.pause(Duration.ofSeconds(5));
    kms.disableKey(it -> it.keyId(disabled));
    Map<String, String> reasons =
        Map.of(
            single, "single-Region key",
            asymmetric, "no symmetric key",
            disabled, "is Disabled: enable it",
            absent, "is not there");
    reasons.forEach(
        (arn, reason) -> {
          SetupStep step = step(asking().kmsKey(arn).build().plan(), Kind.KEY);
          assertThat(step.state()).isEqualTo(State.BLOCKED);
          assertThat(step.change()).contains(reason);
        });
  }

  @Test
  void a_key_of_ones_own_without_replica_and_policy_blocks_and_can_be_managed() {
    String arn =
        fixture
            .clients
            .kms(RegionRole.PRIMARY)
            .createKey(it -> it.multiRegion(true))
            .keyMetadata()
            .arn();
    fixture.clock.pause(Duration.ofSeconds(5));
    assertThat(step(asking().kmsKey(arn).build().plan(), Kind.KEY_REPLICA).state())
        .isEqualTo(State.BLOCKED);

    ReplicationSetup managed = asking().kmsKey(arn).manageKey(true).build();
    assertThat(managed.apply().complete()).isTrue();
    assertThat(fixture.keys(RegionRole.PRIMARY)).isEqualTo(1);
    assertThat(fixture.keys(RegionRole.SECONDARY)).isEqualTo(1);
    assertThat(fixture.described(fixture.primary).keyConfiguration().kmsKeyArn()).isEqualTo(arn);
    assertThat(
            fixture
                .clients
                .kms(RegionRole.PRIMARY)
                .getKeyPolicy(it -> it.keyId(arn).policyName("default"))
                .policy())
        .as("what was in the policy stays")
        .contains(":root", "TwinpoolCognitoUse");
  }

  private static final String DENY =
      "{\"Sid\":\"Mine\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"%s\","
          + "\"Resource\":\"*\"}";

  private String ownKey(String denied) {
    String arn =
        fixture
            .clients
            .kms(RegionRole.PRIMARY)
            .createKey(
                it ->
                    it.multiRegion(true).policy("{\"Statement\":[" + DENY.formatted(denied) + "]}"))
            .keyMetadata()
            .arn();
    fixture.clock.pause(Duration.ofSeconds(5));
    return arn;
  }

  private String policy(RegionRole role, String arn) {
    return fixture
        .clients
        .kms(role)
        .getKeyPolicy(it -> it.keyId(PoolKey.id(arn)).policyName("default"))
        .policy();
  }

  @Test
  void the_replica_of_a_named_key_has_its_policy_with_its_deny_extended() {
    String arn = ownKey("kms:ScheduleKeyDeletion");
    SetupPlan plan = asking().kmsKey(arn).manageKey(true).build().plan();
    assertThat(step(plan, Kind.KEY_POLICY).change())
        .isEqualTo(
            "adds statements for this pool in the key policy in us-east-1, and leaves all others"
                + " as they are");
    assertThat(asking().kmsKey(arn).manageKey(true).build().apply().complete()).isTrue();
    for (RegionRole role : RegionRole.values()) {
      assertThat(policy(role, arn))
          .contains(DENY.formatted("kms:ScheduleKeyDeletion"), "TwinpoolCognitoUse")
          .doesNotContain(":root");
    }
    assertThat(asking().kmsKey(arn).manageKey(true).build().plan().complete()).isTrue();
  }

  @Test
  void a_policy_that_denies_cognito_the_key_blocks_before_anything_is_changed() {
    String arn = ownKey("kms:Decrypt");
    ReplicationSetup setup = asking().kmsKey(arn).manageKey(true).build();
    SetupStep step = step(setup.plan(), Kind.KEY_POLICY);
    assertThat(step.state()).isEqualTo(State.BLOCKED);
    assertThat(step.change()).contains("us-east-1 denies Cognito the key (statement 'Mine')");
    assertThatThrownBy(setup::apply).isInstanceOf(SetupBlockedException.class);
    assertThat(fixture.keys(RegionRole.SECONDARY)).isZero();
  }

  @Test
  void a_replica_whose_own_policy_denies_cognito_the_key_blocks_too() {
    String arn = ownKey("kms:ScheduleKeyDeletion");
    assertThat(asking().kmsKey(arn).manageKey(true).build().apply().complete()).isTrue();
    String denying =
        policy(RegionRole.SECONDARY, arn).replace("kms:ScheduleKeyDeletion", "kms:generate*");
    fixture
        .clients
        .kms(RegionRole.SECONDARY)
        .putKeyPolicy(it -> it.keyId(PoolKey.id(arn)).policyName("default").policy(denying));
    SetupStep step = step(asking().kmsKey(arn).manageKey(true).build().plan(), Kind.KEY_POLICY);
    assertThat(step.state()).isEqualTo(State.BLOCKED);
    assertThat(step.change()).contains("us-west-2 denies Cognito").doesNotContain("us-east-1");
    assertThat(policy(RegionRole.SECONDARY, arn)).isEqualTo(denying);
  }

  /** Two pools of one account on one key, each set up twice, in turn. */
  @Test
  void a_second_pool_takes_no_right_of_the_first_in_either_region() {
    String arn = ownKey("kms:ScheduleKeyDeletion");
    String second =
        fixture
            .primary
            .createUserPool(it -> it.poolName("second").userPoolTier("ESSENTIALS"))
            .userPool()
            .id();
    UserPool other =
        UserPool.builder(second)
            .secondaryRegion("us-west-2")
            .endpoint(RegionRole.PRIMARY, fixture.emulator.region(RegionRole.PRIMARY).endpoint())
            .endpoint(
                RegionRole.SECONDARY, fixture.emulator.region(RegionRole.SECONDARY).endpoint())
            .updatedIssuerEndpoint(fixture.emulator.updatedIssuerEndpoint())
            .build();
    try (AwsClients others = fixture.clients(other, new RecordedCalls())) {
      for (int i = 0; i < 2; i++) {
        for (AwsClients clients : List.of(fixture.clients, others)) {
          ReplicationSetup setup =
              ReplicationSetup.builder(clients).kmsKey(arn).manageKey(true).build();
          assertThat(setup.apply().complete()).isTrue();
        }
      }
    }
    for (RegionRole role : RegionRole.values()) {
      assertThat(policy(role, arn))
          .contains("userpool/" + fixture.id() + "\"", "userpool/" + second + "\"")
          .contains(DENY.formatted("kms:ScheduleKeyDeletion"));
    }
  }

  @Test
  void a_policy_that_does_not_let_cognito_use_the_key_blocks() {
    fixture.everything(fixture.clients).apply();
    String arn = fixture.described(fixture.primary).keyConfiguration().kmsKeyArn();
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    fixture
        .clients
        .kms(RegionRole.SECONDARY)
        .putKeyPolicy(it -> it.keyId(id).policyName("default").policy("{\"Statement\":[]}"));
    SetupStep step = step(asking().build().plan(), Kind.KEY_POLICY);
    assertThat(step.state()).isEqualTo(State.BLOCKED);
    assertThat(step.change()).contains("us-west-2").doesNotContain("us-east-1");
  }

  @Test
  void an_unhealthy_check_blocks_the_routing_that_it_would_move_at_once() {
    fixture.emulator.domainHealth(false);
    String id = fixture.emulator.route53().healthCheckId();
    SetupPlan plan = asking().manageKey(true).healthCheck(id).build().plan();
    assertThat(step(plan, Kind.HEALTH_CHECK).state()).isEqualTo(State.DONE);
    assertThat(step(plan, Kind.CUSTOM_DOMAIN).state()).isEqualTo(State.BLOCKED);
    fixture.emulator.domainHealth(true);
    assertThat(step(asking().healthCheck(id).build().plan(), Kind.CUSTOM_DOMAIN).state())
        .isEqualTo(State.TO_DO);
  }

  @Test
  void a_check_that_does_not_exist_or_was_made_with_other_values_blocks() {
    assertThat(step(asking().healthCheck("none").build().plan(), Kind.HEALTH_CHECK).state())
        .isEqualTo(State.BLOCKED);
    fixture.everything(fixture.clients).apply();
    SetupStep other =
        step(
            asking()
                .healthCheck(SetupFixture.CHECK.toBuilder().resourcePath("/other").build())
                .build()
                .plan(),
            Kind.HEALTH_CHECK);
    assertThat(other.state()).isEqualTo(State.BLOCKED);
    assertThat(other.change()).contains("ResourcePath").doesNotContain("RequestInterval");
  }

  @Test
  void what_differs_between_the_regions_is_told_by_name() {
    fixture.primary.updateUserPool(
        it ->
            it.userPoolId(fixture.id())
                .userPoolTags(Map.of("team", "red"))
                .emailConfiguration(mail -> mail.emailSendingAccount("DEVELOPER"))
                .smsConfiguration(sms -> sms.snsCallerArn("arn:aws:iam::123456789012:role/sms"))
                .lambdaConfig(
                    triggers ->
                        triggers
                            .preSignUp("arn:aws:lambda:us-east-1:123456789012:function:a")
                            .postConfirmation("arn:aws:lambda:us-east-1:123456789012:function:b")));
    fixture.primary.setRiskConfiguration(
        it ->
            it.userPoolId(fixture.id())
                .accountTakeoverRiskConfiguration(
                    risk -> risk.notifyConfiguration(mail -> mail.sourceArn("arn:aws:ses:a"))));
    fixture.everything(fixture.clients).apply();
    List<String> warnings = step(asking().build().plan(), Kind.REGIONAL_SETTINGS).warnings();
    assertThat(warnings)
        .contains(
            "the replica lacks an EmailConfiguration",
            "the replica lacks an SmsConfiguration",
            "the replica lacks the Lambda triggers PostConfirmation",
            "the replica lacks the e-mail of threat protection")
        .noneMatch(it -> it.contains("tags"));
    assertThat(fixture.described(fixture.secondary).userPoolTags()).containsEntry("team", "red");
  }

  @Test
  void a_replica_may_be_left_inactive_and_one_in_another_region_blocks() {
    ReplicationSetup inactive = asking().manageKey(true).activate(false).build();
    assertThat(inactive.apply().complete()).isTrue();
    assertThat(fixture.replicas()).containsExactly("ACTIVE", "INACTIVE");

    UserPool elsewhere =
        UserPool.builder(fixture.id())
            .secondaryRegion("eu-west-1")
            .endpoint(RegionRole.PRIMARY, fixture.emulator.region(RegionRole.PRIMARY).endpoint())
            .build();
    SetupContext context =
        new SetupContext(
            new AwsCalls(
                AwsClients.builder(elsewhere)
                    .credentials(
                        software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                            software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
                                "a", "b")))
                    .build()),
            new SetupSettings(null, false, null, null, null, "x", null, true),
            new Patience(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                System::nanoTime,
                it -> {}));
    SetupStep step = new ReplicaTask().look(context);
    assertThat(step.state()).isEqualTo(State.BLOCKED);
    assertThat(step.change()).contains("us-west-2");
  }

  @Test
  void a_replica_that_is_being_deleted_blocks_and_patience_has_an_end() {
    fixture.close();
    fixture =
        new SetupFixture(
            TestEmulators.builder()
                .replicaStatus(ReplicaStatus.INACTIVE)
                .replicaDelay(Duration.ofHours(1)));
    fixture.primary.deleteUserPoolReplica(
        it -> it.userPoolId(fixture.id()).regionName("us-west-2"));
    assertThat(step(asking().build().plan(), Kind.REPLICA).state()).isEqualTo(State.BLOCKED);

    fixture.close();
    fixture =
        new SetupFixture(
            TestEmulators.builder().withoutReplica().replicaDelay(Duration.ofHours(1)));
    ReplicationSetup impatient = asking().patience(Duration.ofMinutes(2)).build();
    assertThatThrownBy(impatient::apply)
        .isInstanceOf(SetupBlockedException.class)
        .hasMessageContaining("is CREATING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cognito", "kms", "route53"})
  void a_service_that_cannot_be_reached_is_named(String service) {
    ReplicationSetup setup = fixture.everything(fixture.clients);
    String action =
        switch (service) {
          case "kms" -> {
            fixture.emulator.kms(RegionRole.PRIMARY).outage(Outage.refused());
            yield "kms:ListKeys";
          }
          case "route53" -> {
            fixture.emulator.route53().outage(Outage.internalErrors());
            yield "route53:ListHealthChecks";
          }
          default -> {
            fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.serviceUnavailable());
            yield "cognito-idp:DescribeUserPool";
          }
        };
    assertThatThrownBy(setup::plan)
        .isInstanceOfSatisfying(
            ServiceUnreachableException.class, e -> assertThat(e.action()).isEqualTo(action));
  }

  @Test
  void the_builder_refuses_what_cannot_work() {
    ReplicationSetupBuilder builder = asking();
    assertThatThrownBy(() -> builder.kmsKey("alias/mine")).hasMessageContaining("no alias");
    assertThatThrownBy(() -> builder.kmsKey("arn:aws:kms:eu-west-1:123456789012:key/mrk-1"))
        .hasMessageContaining("us-east-1");
    assertThatThrownBy(() -> builder.healthCheck("a b")).hasMessageContaining("healthCheck");
    assertThatThrownBy(() -> builder.healthCheckReference("")).hasMessageContaining("Reference");
    assertThatThrownBy(() -> builder.patience(Duration.ofDays(2))).hasMessageContaining("patience");
    assertThatThrownBy(() -> builder.pollInterval(Duration.ZERO)).hasMessageContaining("poll");
    assertThatThrownBy(() -> builder.settle(Duration.ofHours(1))).hasMessageContaining("settle");
    assertThatThrownBy(() -> builder.healthCheck("abc").healthCheck(SetupFixture.CHECK).build())
        .hasMessageContaining("name one or the other");
    assertThatThrownBy(() -> AwsClients.of(UserPool.of("us-east-1_A")))
        .hasMessageContaining("secondary Region");
  }

  @Test
  void the_change_of_the_issuer_names_authorizer_types_and_the_way_over() {
    for (SetupPlan plan :
        List.of(
            asking().manageKey(true).build().plan(),
            asking().manageKey(true).issuer(IssuerType.UPDATED).build().plan())) {
      assertThat(step(plan, Kind.ISSUER).warnings())
          .singleElement()
          .asString()
          .contains(
              "COGNITO_USER_POOLS",
              "the Cognito action of load balancers",
              "a REST API's JWT authorizer takes several issuers, an HTTP API's takes one",
              "drop ORIGINAL after the longest token lifetime");
    }
  }

  @Test
  void a_listener_that_fails_ends_no_run() {
    SetupListener failing =
        new SetupListener() {
          @Override
          public void begins(SetupStep step) {
            throw new IllegalStateException("the terminal is gone");
          }

          @Override
          public void waits(SetupStep step, String status, Duration elapsed) {
            throw new IllegalStateException("the terminal is gone");
          }

          @Override
          public void done(SetupStep step) {
            throw new IllegalStateException("the terminal is gone");
          }
        };
    assertThat(fixture.everything(fixture.clients).apply(failing).complete()).isTrue();
  }
}
