package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class DnsSwitchTest {
  private final SetupFixture fixture =
      new SetupFixture(TestEmulators.builder().consistencyDelay(Duration.ofSeconds(30)));
  private final String zone = fixture.emulator.route53().hostedZoneId();

  @AfterEach
  void close() {
    fixture.close();
  }

  private DnsSwitchBuilder builder(AwsClients clients) {
    return DnsSwitch.builder(clients, zone, "api.example.test")
        .cname(RegionRole.PRIMARY, "proxy-a.example.com")
        .cname(RegionRole.SECONDARY, "proxy-b.example.com")
        .healthCheck(RegionRole.PRIMARY, fixture.emulator.route53().healthCheckId());
  }

  private List<ResourceRecordSet> records() {
    return fixture
        .clients
        .route53()
        .listResourceRecordSets(it -> it.hostedZoneId(zone))
        .resourceRecordSets();
  }

  private void simple() {
    ResourceRecordSet set =
        ResourceRecordSet.builder()
            .name("api.example.test")
            .type(RRType.CNAME)
            .ttl(300L)
            .resourceRecords(ResourceRecord.builder().value("old.example.com").build())
            .build();
    fixture
        .clients
        .route53()
        .changeResourceRecordSets(
            it ->
                it.hostedZoneId(zone)
                    .changeBatch(
                        batch ->
                            batch.changes(
                                List.of(
                                    software.amazon.awssdk.services.route53.model.Change.builder()
                                        .action(ChangeAction.CREATE)
                                        .resourceRecordSet(set)
                                        .build()))));
  }

  @Test
  void a_pair_of_records_is_put_waited_for_and_put_no_second_time() {
    RecordedCalls calls = new RecordedCalls();
    List<String> waits = new ArrayList<>();
    try (AwsClients clients = fixture.clients(calls)) {
      DnsSwitch dns = builder(clients).build();
      assertThat(dns.plan())
          .containsExactly(
              "puts PRIMARY CNAME api.example.test. to proxy-a.example.com.",
              "puts SECONDARY CNAME api.example.test. to proxy-b.example.com.");
      assertThat(records()).isEmpty();
      assertThat(dns.apply((status, elapsed) -> waits.add(status))).isTrue();
      assertThat(waits).isNotEmpty().containsOnly("PENDING");
      assertThat(records()).hasSize(2).extracting(ResourceRecordSet::ttl).containsOnly(60L);
      assertThat(dns.plan()).isEmpty();
      assertThat(dns.apply()).isFalse();
      assertThat(builder(clients).ttl(Duration.ofSeconds(30)).build().plan()).hasSize(2);
    }
    assertThat(calls.calls("route53:ChangeResourceRecordSets")).isEqualTo(1);
  }

  @Test
  void killed_after_the_change_it_finds_the_records_there() {
    try (AwsClients clients = fixture.clients(new RecordedCalls(1, true))) {
      DnsSwitch dns = builder(clients).build();
      assertThatThrownBy(dns::apply).isInstanceOf(RecordedCalls.Killed.class);
    }
    assertThat(builder(fixture.clients).build().apply()).isFalse();
    assertThat(records()).hasSize(2);
  }

  @Test
  void a_simple_record_stands_in_the_way_unless_it_is_to_be_replaced() {
    simple();
    DnsSwitch careful = builder(fixture.clients).build();
    assertThatThrownBy(careful::apply)
        .isInstanceOfSatisfying(
            OperationRefusedException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidChangeBatch"));
    assertThat(records()).hasSize(1);
    DnsSwitch bold = builder(fixture.clients).replaceSimpleRecord(true).build();
    assertThat(bold.plan()).first().asString().startsWith("deletes simple CNAME");
    assertThat(bold.apply()).isTrue();
    assertThat(records()).hasSize(2);
  }

  @Test
  void a_change_that_is_still_pending_is_said_to_be_made_and_is_not_made_again() {
    DnsSwitch impatient = builder(fixture.clients).patience(Duration.ofSeconds(20)).build();
    assertThatThrownBy(impatient::apply)
        .isInstanceOfSatisfying(
            ChangePendingException.class,
            e -> {
              assertThat(e.status()).isEqualTo("PENDING");
              assertThat(e.changeId()).isNotBlank();
              assertThat(e).hasMessageContaining("still PENDING after 20 s");
            });
    assertThat(records()).hasSize(2);
    assertThat(impatient.apply()).isFalse();
  }

  @Test
  void a_listener_that_fails_ends_no_wait() {
    DnsSwitch dns = builder(fixture.clients).build();
    assertThat(
            dns.apply(
                (status, elapsed) -> {
                  throw new IllegalStateException("the terminal is gone");
                }))
        .isTrue();
  }

  @Test
  void any_other_target_can_be_given_and_a_denied_action_is_named() {
    DnsSwitch alias =
        DnsSwitch.builder(fixture.clients, zone, "api.example.test")
            .target(RegionRole.PRIMARY, set -> alias(set, "lb-a.us-east-1.elb.amazonaws.com"))
            .target(RegionRole.SECONDARY, set -> alias(set, "lb-b.us-west-2.elb.amazonaws.com"))
            .healthCheck(RegionRole.PRIMARY, fixture.emulator.route53().healthCheckId())
            .build();
    assertThat(alias.apply()).isTrue();
    assertThat(records()).extracting(ResourceRecordSet::type).containsOnly(RRType.A);
    fixture.emulator.route53().deny("ListResourceRecordSets");
    assertThatThrownBy(alias::plan)
        .isInstanceOfSatisfying(
            MissingPermissionException.class,
            e -> assertThat(e.action()).isEqualTo("route53:ListResourceRecordSets"));
  }

  private static void alias(ResourceRecordSet.Builder set, String balancer) {
    set.type(RRType.A)
        .aliasTarget(
            target ->
                target.hostedZoneId("Z35SXDOTRQ7X7K").dnsName(balancer).evaluateTargetHealth(true));
  }

  @Test
  void the_builder_refuses_what_cannot_work() {
    DnsSwitchBuilder builder = DnsSwitch.builder(fixture.clients, zone, "api.example.test");
    assertThatThrownBy(
            () -> builder.cname(RegionRole.PRIMARY, "cognito-idp.us-east-1.amazonaws.com"))
        .hasMessageContaining("cannot be aliased");
    assertThatThrownBy(() -> builder.cname(RegionRole.PRIMARY, "a b")).hasMessageContaining("host");
    assertThatThrownBy(() -> builder.ttl(Duration.ZERO)).hasMessageContaining("ttl");
    assertThatThrownBy(() -> builder.healthCheck(RegionRole.PRIMARY, "?"))
        .hasMessageContaining("healthCheck");
    assertThatThrownBy(builder::build).hasMessageContaining("target: the PRIMARY");
    builder.cname(RegionRole.PRIMARY, "a.example.com").cname(RegionRole.SECONDARY, "b.example.com");
    assertThatThrownBy(builder::build).hasMessageContaining("healthCheck: the PRIMARY");
    assertThatThrownBy(() -> DnsSwitch.builder(fixture.clients, "/zone", "a.example"))
        .hasMessageContaining("hostedZoneId");
  }
}
