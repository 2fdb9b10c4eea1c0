package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.operations.Finding.Check;
import io.github.twinpool.operations.Finding.Severity;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitClass;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LogConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** Each finding is made by breaking exactly that thing, and goes when it is mended. */
class ReplicationDoctorTest {
  private final SetupFixture fixture =
      new SetupFixture(
          TestEmulators.builder()
              .issuerType(IssuerType.UPDATED)
              .domainFailover(true)
              .provisionedLimitsOnSecondary(true));
  private final Map<String, String> securityProperties = new HashMap<>();
  private Duration clockOffset = Duration.ZERO;

  @AfterEach
  void close() {
    fixture.close();
  }

  private DoctorReport examined() {
    InstantSource clock = () -> fixture.clock.instant().plus(clockOffset);
    return new ReplicationDoctor(fixture.clients, clock, securityProperties::get).examine();
  }

  private void finds(Check check, Severity severity, String evidence) {
    DoctorReport report = examined();
    assertThat(report.notExamined()).isEmpty();
    assertThat(report.findings()).as("%s", report).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.check()).isEqualTo(check);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.evidence()).contains(evidence);
    assertThat(finding.remedy()).isNotBlank();
    assertThat(report.exitCode()).isEqualTo(severity == Severity.INFO ? 0 : 1);
  }

  private void findsNothing() {
    DoctorReport report = examined();
    assertThat(report.findings()).isEmpty();
    assertThat(report.notExamined()).isEmpty();
    assertThat(report.exitCode()).isZero();
  }

  private void update(RegionRole role, Consumer<UpdateUserPoolRequest.Builder> change) {
    var client = role == RegionRole.PRIMARY ? fixture.primary : fixture.secondary;
    UpdateUserPoolRequest.Builder request = Unchanged.pool(fixture.described(client));
    change.accept(request);
    client.updateUserPool(request.build());
  }

  @Test
  void a_pool_that_is_set_up_has_nothing_that_would_hurt() {
    findsNothing();
    assertThat(examined().toString()).contains("Nothing would hurt").contains(fixture.id());
    List<Check> looked = new ArrayList<>();
    ReplicationDoctor.of(fixture.clients).examine(looked::add);
    assertThat(looked).startsWith(Check.REPLICA, Check.KEY).endsWith(Check.DNS_CACHE);
    DoctorReport report =
        ReplicationDoctor.of(fixture.clients)
            .examine(
                check -> {
                  throw new IllegalStateException("the terminal is gone");
                });
    assertThat(report.notExamined()).as("a listener that fails ends no examination").isEmpty();
  }

  @Test
  void a_replica_that_is_not_active() {
    status("INACTIVE");
    finds(Check.REPLICA, Severity.CRITICAL, "INACTIVE");
    status("ACTIVE");
    findsNothing();
  }

  private void status(String status) {
    fixture.primary.updateUserPoolReplica(
        it -> it.userPoolId(fixture.id()).regionName("us-west-2").status(status));
  }

  @Test
  void no_replica_at_all() {
    status("INACTIVE");
    fixture.primary.deleteUserPoolReplica(
        it -> it.userPoolId(fixture.id()).regionName("us-west-2"));
    DoctorReport report = examined();
    assertThat(report.findings()).extracting(Finding::check).contains(Check.REPLICA);
    assertThat(report.findings().get(0).evidence()).contains("there is no replica");
    fixture.primary.createUserPoolReplica(
        it -> it.userPoolId(fixture.id()).regionName("us-west-2"));
    status("ACTIVE");
    findsNothing();
  }

  @Test
  void a_key_that_is_disabled_in_the_secondary() {
    String arn = fixture.described(fixture.primary).keyConfiguration().kmsKeyArn();
    KmsClient kms = fixture.clients.kms(RegionRole.SECONDARY);
    kms.disableKey(it -> it.keyId(PoolKey.id(arn)));
    finds(Check.KEY, Severity.CRITICAL, "Disabled");
    kms.enableKey(it -> it.keyId(PoolKey.id(arn)));
    findsNothing();
  }

  @Test
  void a_key_policy_that_is_open_to_any_account_or_cannot_be_judged() {
    String id = PoolKey.id(fixture.described(fixture.primary).keyConfiguration().kmsKeyArn());
    KmsClient kms = fixture.clients.kms(RegionRole.SECONDARY);
    String before = kms.getKeyPolicy(it -> it.keyId(id).policyName("default")).policy();
    String open =
        """
        {"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal":
        {"Service": ["cognito-idp.amazonaws.com", "identitystore.amazonaws.com"]}}%s]}""";
    String deny =
        """
        , {"Sid": "Tls", "Effect": "Deny", "Action": "kms:*", "Resource": "*", "Principal": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}}""";
    kms.putKeyPolicy(it -> it.keyId(id).policyName("default").policy(open.formatted("")));
    finds(
        Check.KEY,
        Severity.INFO,
        "us-west-2 statement 1 lets Cognito use the key without a condition on aws:SourceArn");
    kms.putKeyPolicy(
        it -> it.keyId(id).policyName("default").policy(before.replaceFirst("]}$", deny + "]}")));
    finds(Check.KEY, Severity.WARNING, "it depends on statement 'Tls'");
    kms.putKeyPolicy(it -> it.keyId(id).policyName("default").policy(before));
    findsNothing();
  }

  @Test
  void a_trigger_that_the_replica_lacks() {
    update(
        RegionRole.PRIMARY,
        it -> it.lambdaConfig(on -> on.preSignUp(SetupFixture.TRIGGER).postConfirmation("x")));
    update(RegionRole.SECONDARY, it -> it.lambdaConfig(on -> on.preSignUp(SetupFixture.TRIGGER)));
    finds(Check.TRIGGERS, Severity.CRITICAL, "PostConfirmation");
    update(
        RegionRole.SECONDARY,
        it -> it.lambdaConfig(on -> on.preSignUp(SetupFixture.TRIGGER).postConfirmation("y")));
    findsNothing();
  }

  @Test
  void senders_that_the_replica_lacks() {
    Consumer<UpdateUserPoolRequest.Builder> mail =
        it -> it.emailConfiguration(on -> on.emailSendingAccount("DEVELOPER"));
    update(RegionRole.PRIMARY, mail);
    finds(Check.EMAIL, Severity.WARNING, "EmailConfiguration");
    update(RegionRole.SECONDARY, mail);
    findsNothing();
    Consumer<UpdateUserPoolRequest.Builder> sms =
        it -> it.smsConfiguration(on -> on.snsCallerArn("arn:aws:iam::123456789012:role/sms"));
    update(RegionRole.PRIMARY, sms);
    finds(Check.SMS, Severity.WARNING, "SmsConfiguration");
    update(RegionRole.SECONDARY, sms);
    findsNothing();
  }

  @Test
  void tags_logs_and_mails_of_threat_protection_that_the_replica_lacks() {
    Consumer<UpdateUserPoolRequest.Builder> tags = it -> it.userPoolTags(Map.of("team", "red"));
    update(RegionRole.PRIMARY, tags);
    finds(Check.TAGS, Severity.INFO, "team");
    update(RegionRole.SECONDARY, tags);
    findsNothing();

    LogConfigurationType log =
        LogConfigurationType.builder().logLevel("ERROR").eventSource("userNotification").build();
    fixture.primary.setLogDeliveryConfiguration(
        it -> it.userPoolId(fixture.id()).logConfigurations(log));
    finds(Check.LOG_EXPORT, Severity.INFO, "userNotification");
    fixture.secondary.setLogDeliveryConfiguration(
        it -> it.userPoolId(fixture.id()).logConfigurations(log));
    findsNothing();

    for (var client : List.of(fixture.primary, fixture.secondary)) {
      client.setRiskConfiguration(
          it ->
              it.userPoolId(fixture.id())
                  .accountTakeoverRiskConfiguration(
                      risk -> risk.notifyConfiguration(on -> on.sourceArn("arn:aws:ses:a"))));
      if (client == fixture.primary) {
        finds(Check.THREAT_PROTECTION_EMAIL, Severity.INFO, "threat protection");
      }
    }
    findsNothing();
  }

  @Test
  void an_app_client_and_a_secret_that_have_not_arrived() {
    fixture.emulator.replicationLag(Duration.ofMinutes(1));
    String client =
        fixture
            .primary
            .createUserPoolClient(
                it -> it.userPoolId(fixture.id()).clientName("late").generateSecret(true))
            .userPoolClient()
            .clientId();
    finds(Check.CLIENT_SECRETS, Severity.WARNING, client + " has not reached");
    fixture.clock.pause(Duration.ofMinutes(2));
    findsNothing();
    fixture.primary.addUserPoolClientSecret(it -> it.userPoolId(fixture.id()).clientId(client));
    finds(Check.CLIENT_SECRETS, Severity.WARNING, "1 secret(s)");
    fixture.clock.pause(Duration.ofMinutes(2));
    findsNothing();
  }

  @Test
  void totp_that_some_or_all_need() {
    mfa("ON", false);
    finds(Check.TOTP, Severity.CRITICAL, "nobody could sign in");
    mfa("ON", true);
    finds(Check.TOTP, Severity.WARNING, "people with TOTP");
    mfa("OFF", false);
    findsNothing();
  }

  private void mfa(String mode, boolean mail) {
    fixture.primary.setUserPoolMfaConfig(
        it -> {
          it.userPoolId(fixture.id())
              .mfaConfiguration(mode)
              .softwareTokenMfaConfiguration(on -> on.enabled(true));
          if (mail) {
            it.emailMfaConfiguration(on -> on.message("Your code {####}"));
          }
        });
  }

  @Test
  void a_web_acl_that_the_replica_lacks() {
    String primary = fixture.described(fixture.primary).arn();
    associate(RegionRole.PRIMARY, primary);
    finds(Check.WAF, Severity.WARNING, "web ACL front");
    assertThat(examined().findings().get(0).remedy()).contains("arn:aws:cognito-idp:us-west-2:");
    associate(RegionRole.SECONDARY, primary.replace("us-east-1:", "us-west-2:"));
    findsNothing();
    fixture.clients.waf(RegionRole.PRIMARY).disassociateWebACL(it -> it.resourceArn(primary));
    findsNothing(); // A guard of the replica alone is nobody's loss.
  }

  private void associate(RegionRole role, String pool) {
    Wafv2Client waf = fixture.clients.waf(role);
    String acl =
        waf.createWebACL(
                it ->
                    it.name("front")
                        .scope("REGIONAL")
                        .defaultAction(action -> action.allow(allow -> {}))
                        .visibilityConfig(
                            on ->
                                on.metricName("front")
                                    .sampledRequestsEnabled(false)
                                    .cloudWatchMetricsEnabled(false)))
            .summary()
            .arn();
    waf.associateWebACL(it -> it.resourceArn(pool).webACLArn(acl));
  }

  @Test
  void a_quota_that_was_raised_in_one_region_only() {
    raise(fixture.primary, "UserAuthentication", 300);
    raise(fixture.primary, "UserToken", 240);
    raise(fixture.primary, "UserCreation", 100); // The secondary creates nobody.
    finds(
        Check.QUOTAS,
        Severity.WARNING,
        "UserAuthentication 120 a second instead of 300, UserToken 120 a second instead of 240");
    raise(fixture.secondary, "UserAuthentication", 300);
    finds(Check.QUOTAS, Severity.WARNING, "us-west-2: UserToken 120 a second instead of 240");
    raise(fixture.secondary, "UserToken", 480);
    findsNothing();
  }

  private static void raise(CognitoIdentityProviderClient client, String category, int value) {
    client.updateProvisionedLimit(
        it ->
            it.requestedLimitValue(value)
                .limitDefinition(
                    of ->
                        of.limitClass(LimitClass.API_CATEGORY)
                            .attributes(Map.of("Category", category))));
  }

  @Test
  void a_region_that_does_not_tell_its_quotas_is_worth_knowing_once_there_was_a_raise() {
    try (SetupFixture byTheTable =
        new SetupFixture(
            TestEmulators.builder().issuerType(IssuerType.UPDATED).domainFailover(true))) {
      ReplicationDoctor doctor = ReplicationDoctor.of(byTheTable.clients);
      assertThat(doctor.examine().findings()).isEmpty();
      raise(byTheTable.primary, "UserRead", 500);
      DoctorReport report = doctor.examine();
      assertThat(report.findings())
          .singleElement()
          .satisfies(it -> assertThat(it.check()).isEqualTo(Check.QUOTAS))
          .satisfies(it -> assertThat(it.severity()).isEqualTo(Severity.INFO))
          .satisfies(it -> assertThat(it.evidence()).contains("us-west-2 does not tell"));
      assertThat(report.exitCode()).isZero();
    }
  }

  @Test
  void an_issuer_of_one_region() {
    update(RegionRole.PRIMARY, it -> it.issuerConfiguration(on -> on.type("ORIGINAL")));
    finds(Check.ISSUER, Severity.WARNING, "ORIGINAL");
    assertThat(examined().findings().get(0).remedy())
        .contains("COGNITO_USER_POOLS", "HTTP API's takes one", "after the longest token lifetime");
    update(RegionRole.PRIMARY, it -> it.issuerConfiguration(on -> on.type("UPDATED")));
    findsNothing();
  }

  @Test
  void a_domain_that_is_not_failed_over() {
    String name = fixture.described(fixture.primary).domain();
    var before = fixture.primary.describeUserPoolDomain(it -> it.domain(name)).domainDescription();
    fixture.primary.updateUserPoolDomain(
        it -> it.userPoolId(fixture.id()).domain(name).managedLoginVersion(2));
    finds(Check.DOMAIN, Severity.WARNING, name);
    fixture.primary.updateUserPoolDomain(Unchanged.domain(before).build());
    findsNothing();
  }

  @Test
  void a_check_that_is_inverted_disabled_unhealthy_or_gone() {
    var route53 = fixture.clients.route53();
    String id = fixture.emulator.route53().healthCheckId();
    route53.updateHealthCheck(it -> it.healthCheckId(id).inverted(true));
    finds(Check.HEALTH_CHECK, Severity.WARNING, "inverted");
    route53.updateHealthCheck(it -> it.healthCheckId(id).inverted(false).disabled(true));
    finds(Check.HEALTH_CHECK, Severity.CRITICAL, "disabled");
    route53.updateHealthCheck(it -> it.healthCheckId(id).disabled(false));
    findsNothing();
    fixture.emulator.route53().healthyCheckers(2);
    finds(Check.HEALTH_CHECK, Severity.WARNING, "2 of 18 checkers");
    fixture.emulator.route53().healthyCheckers(18);
    findsNothing();
    route53.deleteHealthCheck(it -> it.healthCheckId(id));
    finds(Check.HEALTH_CHECK, Severity.CRITICAL, "does not exist");
  }

  @Test
  void an_identity_that_the_secondary_refuses() {
    fixture.emulator.region(RegionRole.SECONDARY).deny("AdminInitiateAuth");
    finds(Check.IDENTITY, Severity.CRITICAL, "cognito-idp:AdminInitiateAuth");
    assertThat(examined().findings().get(0).remedy()).contains("arn:aws:cognito-idp:us-west-2:");
    fixture.emulator.region(RegionRole.PRIMARY).deny("AdminInitiateAuth");
    findsNothing(); // Who may it nowhere does not use it.
    fixture.emulator.region(RegionRole.PRIMARY).deny();
    fixture.emulator.region(RegionRole.SECONDARY).deny();
    findsNothing();
  }

  @Test
  void hosts_of_keys_that_cannot_be_reached() {
    fixture.emulator.region(RegionRole.SECONDARY).outage(Outage.serviceUnavailable());
    DoctorReport report = examined();
    assertThat(report.findings())
        .filteredOn(it -> it.check() == Check.JWKS)
        .singleElement()
        .satisfies(it -> assertThat(it.evidence()).contains("the secondary's host", "503"));
    assertThat(report.notExamined())
        .as("what could not be asked is said")
        .containsKey(Check.TRIGGERS)
        .allSatisfy((check, reason) -> assertThat(reason).contains("us-west-2"));
    fixture.emulator.region(RegionRole.SECONDARY).recover();
    findsNothing();
  }

  @Test
  void a_clock_that_is_wrong() {
    clockOffset = Duration.ofMinutes(2);
    finds(Check.CLOCK, Severity.WARNING, "s off");
    clockOffset = Duration.ofMinutes(-10);
    finds(Check.CLOCK, Severity.CRITICAL, "s off");
    clockOffset = Duration.ZERO;
    findsNothing();
  }

  @Test
  void a_jvm_that_keeps_addresses_too_long() {
    securityProperties.put("networkaddress.cache.ttl", "-1");
    finds(Check.DNS_CACHE, Severity.WARNING, "for ever");
    securityProperties.put("networkaddress.cache.ttl", "300");
    finds(Check.DNS_CACHE, Severity.WARNING, "300 s");
    securityProperties.put("networkaddress.cache.ttl", "30");
    findsNothing();
  }

  @Test
  void a_denied_action_is_said_and_the_rest_is_looked_at() throws Exception {
    fixture.emulator.region(RegionRole.PRIMARY).deny("ListUserPoolClients");
    fixture.emulator.route53().healthyCheckers(0);
    DoctorReport report = examined();
    assertThat(report.notExamined()).containsOnlyKeys(Check.CLIENT_SECRETS);
    assertThat(report.notExamined().get(Check.CLIENT_SECRETS))
        .contains("cognito-idp:ListUserPoolClients");
    assertThat(report.findings()).extracting(Finding::check).containsExactly(Check.HEALTH_CHECK);
    assertThat(report.toString().lines()).allMatch(line -> line.length() <= 80);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/findings/0/check").asText()).isEqualTo("HEALTH_CHECK");
    assertThat(json.path("notExamined").has("CLIENT_SECRETS")).isTrue();
    assertThat(json.path("exitCode").asInt()).isEqualTo(1);
    fixture.emulator.route53().healthyCheckers(18);
    assertThat(examined().exitCode()).isEqualTo(3);
  }

  @Test
  void an_http_client_of_ones_own_asks_for_the_keys() {
    List<URI> asked = new CopyOnWriteArrayList<>();
    ProxySelector direct =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        };
    HttpClient http = HttpClient.newBuilder().proxy(direct).build();
    DoctorReport report = ReplicationDoctor.of(fixture.clients, http).examine();
    assertThat(report.findings()).extracting(Finding::check).doesNotContain(Check.JWKS);
    assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
  }
}
