package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.AccountTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Domains as the API knows them, and their failover. */
class PoolDomainTest {
  private static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/mine";

  private final DomainFixture fixture = new DomainFixture(builder -> builder.singleRegion(true));
  private final EmulatorClients clients = new EmulatorClients(fixture.emulator);
  private final String pool = fixture.emulator.userPool().id();

  @AfterEach
  void stop() {
    clients.primary.close();
    clients.secondary.close();
    fixture.close();
  }

  private UserPoolType described() {
    return clients.primary.describeUserPool(it -> it.userPoolId(pool)).userPool();
  }

  private DomainDescriptionType domain(String name) {
    return clients.primary.describeUserPoolDomain(it -> it.domain(name)).domainDescription();
  }

  private void route(String healthCheckId) {
    clients.primary.updateUserPoolDomain(
        it ->
            it.userPoolId(pool)
                .domain(described().customDomain())
                .managedLoginVersion(2)
                .customDomainConfig(config -> config.certificateArn(CERTIFICATE))
                .routing(
                    routing ->
                        routing.failover(
                            failover ->
                                failover
                                    .secondaryRegion("us-west-2")
                                    .primaryRoute53HealthCheckId(healthCheckId))));
  }

  private RegionRole serving() {
    long before = fixture.emulator.region(RegionRole.SECONDARY).calls("oauth2/authorize");
    fixture.raw.get(fixture.emulator.customDomain().resolve("/oauth2/authorize"));
    long after = fixture.emulator.region(RegionRole.SECONDARY).calls("oauth2/authorize");
    return after > before ? RegionRole.SECONDARY : RegionRole.PRIMARY;
  }

  @Test
  void a_domain_follows_the_check_that_its_routing_names_and_none_before() {
    fixture.emulator.domainHealth(false);
    assertThat(serving()).isEqualTo(RegionRole.PRIMARY);
    assertThat(domain(described().customDomain()).routing()).isNull();

    route(fixture.emulator.route53().healthCheckId());
    assertThat(domain(described().customDomain()).routing().failover().secondaryRegion())
        .isEqualTo("us-west-2");
    assertThat(serving()).isEqualTo(RegionRole.SECONDARY);
    fixture.emulator.domainHealth(true);
    assertThat(serving()).isEqualTo(RegionRole.PRIMARY);
  }

  @Test
  void an_update_resets_what_it_leaves_out_and_a_custom_domain_wants_its_certificate() {
    String custom = described().customDomain();
    route(fixture.emulator.route53().healthCheckId());
    assertThat(domain(custom).customDomainConfig().certificateArn()).isEqualTo(CERTIFICATE);
    refused(
        () -> clients.primary.updateUserPoolDomain(it -> it.userPoolId(pool).domain(custom)),
        InvalidParameterException.class,
        "A custom domain wants");
    String prefix = described().domain();
    assertThat(domain(prefix).managedLoginVersion()).isEqualTo(2);
    clients.primary.updateUserPoolDomain(it -> it.userPoolId(pool).domain(prefix));
    assertThat(domain(prefix).managedLoginVersion()).isEqualTo(1);
  }

  @Test
  void a_routing_by_an_unknown_check_is_refused() {
    refused(() -> route("no-such-check"), InvalidParameterException.class, "There is no Route 53");
  }

  @Test
  void domains_are_made_and_deleted_one_of_each_kind() {
    String prefix = described().domain();
    assertThatThrownBy(
            () -> clients.primary.createUserPoolDomain(it -> it.userPoolId(pool).domain("another")))
        .isInstanceOf(InvalidParameterException.class);
    clients.primary.deleteUserPoolDomain(it -> it.userPoolId(pool).domain(prefix));
    assertThat(described().domain()).isNull();
    assertThat(domain(prefix).domain()).isNull();
    refused(
        () -> clients.primary.deleteUserPoolDomain(it -> it.userPoolId(pool).domain(prefix)),
        ResourceNotFoundException.class,
        "Domain " + prefix);
    clients.primary.createUserPoolDomain(it -> it.userPoolId(pool).domain("another"));
    assertThat(described().domain()).isEqualTo("another");
  }

  /** API reference, DescribeUserPoolDomain. */
  @Test
  void a_prefix_domain_is_described_where_it_was_made_only() {
    try (EmulatorClients two = new EmulatorClients(TestEmulators.start())) {
      String id = two.emulator.userPool().id();
      UserPoolType seen = two.secondary.describeUserPool(it -> it.userPoolId(id)).userPool();
      assertThat(seen.domain()).isNull();
      assertThat(seen.customDomain()).isEqualTo("login.example.test");
      String prefix = two.primary.describeUserPool(it -> it.userPoolId(id)).userPool().domain();
      assertThat(
              two.secondary
                  .describeUserPoolDomain(it -> it.domain(prefix))
                  .domainDescription()
                  .domain())
          .isNull();
    }
  }

  @Test
  void a_denied_operation_names_its_action() {
    fixture.emulator.region(RegionRole.PRIMARY).deny("DescribeUserPool");
    assertThatThrownBy(this::described)
        .isInstanceOfSatisfying(
            CognitoIdentityProviderException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(e.awsErrorDetails().errorMessage())
                  .contains("cognito-idp:DescribeUserPool");
            });
  }
}
