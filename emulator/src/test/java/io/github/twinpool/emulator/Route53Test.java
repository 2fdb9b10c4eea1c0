package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.CreateHealthCheckResponse;
import software.amazon.awssdk.services.route53.model.HealthCheckAlreadyExistsException;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.HealthCheckVersionMismatchException;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.InvalidInputException;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** The emulator's Route 53 with the AWS SDK's client. */
class Route53Test {
  private final TestClock clock = new TestClock();
  private final CognitoEmulator emulator =
      TestEmulators.builder().clock(clock).consistencyDelay(Duration.ofSeconds(30)).start();
  private final EmulatedRoute53 route53 = emulator.route53();
  private final Route53Client client =
      Route53Client.builder()
          .region(Region.AWS_GLOBAL)
          .endpointOverride(route53.endpoint())
          .credentialsProvider(EmulatorClients.CREDENTIALS)
          .build();

  @AfterEach
  void stop() {
    client.close();
    emulator.close();
  }

  private static HealthCheckConfig https(String host) {
    return HealthCheckConfig.builder()
        .type(HealthCheckType.HTTPS)
        .fullyQualifiedDomainName(host)
        .port(443)
        .resourcePath("/health?a=1&b=2")
        .requestInterval(10)
        .failureThreshold(3)
        .build();
  }

  private CreateHealthCheckResponse create(String reference, String host) {
    return client.createHealthCheck(
        it -> it.callerReference(reference).healthCheckConfig(https(host)));
  }

  @Test
  void a_check_is_made_once_for_a_caller_reference_and_described_as_it_was_made() {
    String id = create("mine", "a.example.com").healthCheck().id();
    assertThat(create("mine", "a.example.com").healthCheck().id()).isEqualTo(id);
    assertThat(route53.healthChecks()).isEqualTo(2);
    assertThatThrownBy(() -> create("mine", "b.example.com"))
        .isInstanceOf(HealthCheckAlreadyExistsException.class);
    HealthCheckConfig config =
        client.getHealthCheck(it -> it.healthCheckId(id)).healthCheck().healthCheckConfig();
    assertThat(config)
        .isEqualTo(https("a.example.com").toBuilder().inverted(false).disabled(false).build());
    assertThat(client.listHealthChecks().healthChecks()).hasSize(2);

    client.deleteHealthCheck(it -> it.healthCheckId(id));
    assertThatThrownBy(() -> client.getHealthCheck(it -> it.healthCheckId(id)))
        .isInstanceOf(NoSuchHealthCheckException.class);
    assertThatThrownBy(() -> create("mine", "a.example.com"))
        .as("a reference is used up for ever")
        .isInstanceOf(HealthCheckAlreadyExistsException.class);
  }

  @Test
  void a_check_is_changed_only_by_those_who_know_its_version() {
    String id = route53.healthCheckId();
    client.updateHealthCheck(it -> it.healthCheckId(id).inverted(true).healthCheckVersion(1L));
    assertThat(route53.healthy()).isFalse();
    assertThatThrownBy(
            () ->
                client.updateHealthCheck(
                    it -> it.healthCheckId(id).inverted(false).healthCheckVersion(1L)))
        .isInstanceOf(HealthCheckVersionMismatchException.class);
    client.updateHealthCheck(it -> it.healthCheckId(id).inverted(false).failureThreshold(5));
    HealthCheckConfig config =
        client.getHealthCheck(it -> it.healthCheckId(id)).healthCheck().healthCheckConfig();
    assertThat(config.failureThreshold()).isEqualTo(5);
    assertThat(config.fullyQualifiedDomainName()).isEqualTo("health.example.com");
  }

  @Test
  void an_interval_that_route_53_does_not_have_is_refused() {
    HealthCheckConfig odd = https("a.example.com").toBuilder().requestInterval(20).build();
    assertThatThrownBy(
            () -> client.createHealthCheck(it -> it.callerReference("x").healthCheckConfig(odd)))
        .isInstanceOf(InvalidInputException.class);
  }

  private ResourceRecordSet failover(ResourceRecordSetFailover role, String target) {
    ResourceRecordSet.Builder set =
        ResourceRecordSet.builder()
            .name("auth.example.test")
            .type(RRType.CNAME)
            .ttl(60L)
            .setIdentifier(role.toString())
            .failover(role)
            .resourceRecords(ResourceRecord.builder().value(target).build());
    return role == ResourceRecordSetFailover.PRIMARY
        ? set.healthCheckId(route53.healthCheckId()).build()
        : set.build();
  }

  private String change(ChangeAction action, ResourceRecordSet... sets) {
    return client
        .changeResourceRecordSets(
            it ->
                it.hostedZoneId(route53.hostedZoneId())
                    .changeBatch(
                        batch ->
                            batch.changes(
                                List.of(sets).stream()
                                    .map(
                                        set ->
                                            software.amazon.awssdk.services.route53.model.Change
                                                .builder()
                                                .action(action)
                                                .resourceRecordSet(set)
                                                .build())
                                    .toList())))
        .changeInfo()
        .id();
  }

  private List<ResourceRecordSet> sets() {
    return client
        .listResourceRecordSets(
            it -> it.hostedZoneId(route53.hostedZoneId()).startRecordName("auth.example.test"))
        .resourceRecordSets();
  }

  @Test
  void a_pair_of_failover_records_is_pending_then_in_sync_and_can_be_put_again() {
    ResourceRecordSet primary = failover(ResourceRecordSetFailover.PRIMARY, "a.example.com");
    ResourceRecordSet secondary = failover(ResourceRecordSetFailover.SECONDARY, "b.example.com");
    String change = change(ChangeAction.UPSERT, primary, secondary);
    assertThat(client.getChange(it -> it.id(change)).changeInfo().status())
        .isEqualTo(ChangeStatus.PENDING);
    clock.advance(Duration.ofSeconds(30));
    assertThat(client.getChange(it -> it.id(change)).changeInfo().status())
        .isEqualTo(ChangeStatus.INSYNC);
    assertThat(sets())
        .extracting(ResourceRecordSet::name)
        .containsExactly("auth.example.test.", "auth.example.test.");
    assertThat(sets().get(0).healthCheckId()).isEqualTo(route53.healthCheckId());
    change(ChangeAction.UPSERT, primary, secondary);
    assertThat(sets()).hasSize(2);
  }

  @Test
  void a_batch_that_cannot_be_is_refused_as_a_whole() {
    ResourceRecordSet primary = failover(ResourceRecordSetFailover.PRIMARY, "a.example.com");
    ResourceRecordSet simple =
        ResourceRecordSet.builder()
            .name("auth.example.test")
            .type(RRType.CNAME)
            .ttl(60L)
            .resourceRecords(ResourceRecord.builder().value("c.example.com").build())
            .build();
    List<ResourceRecordSet> impossible =
        List.of(
            simple,
            primary.toBuilder().setIdentifier("twin").build(),
            primary.toBuilder().setIdentifier("x").healthCheckId(null).build(),
            primary.toBuilder().setIdentifier("x").healthCheckId("none").build(),
            primary.toBuilder().name("auth.example.com").build());
    for (ResourceRecordSet set : impossible) {
      assertThatThrownBy(() -> change(ChangeAction.UPSERT, primary, set))
          .as("%s", set)
          .isInstanceOf(InvalidChangeBatchException.class);
    }
    assertThat(sets()).isEmpty();
    change(ChangeAction.CREATE, simple);
    assertThatThrownBy(() -> change(ChangeAction.CREATE, simple))
        .isInstanceOf(InvalidChangeBatchException.class);
    change(ChangeAction.DELETE, simple);
    assertThat(sets()).isEmpty();
    assertThatThrownBy(() -> client.listResourceRecordSets(it -> it.hostedZoneId("ZOTHER")))
        .isInstanceOf(NoSuchHostedZoneException.class);
  }

  @Test
  void a_denied_operation_names_its_action() {
    route53.deny("CreateHealthCheck");
    assertThatThrownBy(() -> create("mine", "a.example.com"))
        .isInstanceOfSatisfying(
            Route53Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorMessage()).contains("route53:CreateHealthCheck");
            });
  }
}
