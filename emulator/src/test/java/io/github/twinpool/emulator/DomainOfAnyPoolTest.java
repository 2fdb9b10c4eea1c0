package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;

/** Domains of pools that were not made at start. */
class DomainOfAnyPoolTest {
  private static final String KEY =
      "arn:aws:kms:us-east-1:123456789012:key/mrk-00000000000000000000000000000000";
  private static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/mine";

  private final DomainFixture fixture = new DomainFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;
  private String pool;
  private String client;

  @BeforeEach
  void pool() {
    pool =
        primary
            .createUserPool(
                r ->
                    r.poolName("another")
                        .keyConfiguration(
                            key -> key.keyType("CUSTOMER_MANAGED_KEY").kmsKeyArn(KEY)))
            .userPool()
            .id();
    client =
        primary
            .createUserPoolClient(
                r ->
                    r.userPoolId(pool)
                        .clientName("web")
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CODE)
                        .allowedOAuthScopes("openid")
                        .supportedIdentityProviders("COGNITO")
                        .callbackURLs(CALLBACK))
            .userPoolClient()
            .clientId();
    primary.adminCreateUser(r -> r.userPoolId(pool).username("bob"));
    primary.adminSetUserPassword(
        r -> r.userPoolId(pool).username("bob").password(PASSWORD).permanent(true));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void replicate() {
    primary.createUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2"));
    primary.updateUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2").status("ACTIVE"));
  }

  private URI prefix(RegionRole role) {
    return fixture.emulator.domain(pool, role).orElseThrow();
  }

  private String signIn(URI domain) {
    Map<String, String> asking = new HashMap<>();
    asking.put("response_type", "code");
    asking.put("client_id", client);
    asking.put("redirect_uri", CALLBACK);
    asking.put("scope", "openid");
    Browser browser = new Browser();
    Browser.Page login = browser.follow(DomainFixture.authorize(domain, asking));
    assertThat(login.status()).as(login.html()).isEqualTo(200);
    String code = browser.signIn(login, "bob", PASSWORD).sent("code");
    Map<String, String> exchanging = new HashMap<>();
    exchanging.put("grant_type", "authorization_code");
    exchanging.put("client_id", client);
    exchanging.put("code", code);
    exchanging.put("redirect_uri", CALLBACK);
    return fixture.post(domain, "/oauth2/token", exchanging, null).json().path("id_token").asText();
  }

  private JsonNode discovery() {
    return fixture
        .raw
        .get(
            fixture
                .emulator
                .region(RegionRole.PRIMARY)
                .endpoint()
                .resolve("/" + pool + "/.well-known/openid-configuration"))
        .json();
  }

  @Test
  void a_domain_serves_its_own_pool_in_both_regions() throws Exception {
    replicate();
    assertThat(fixture.emulator.domain(pool, RegionRole.PRIMARY)).isEmpty();
    assertThat(discovery().has("token_endpoint")).isFalse();

    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("another"));

    for (RegionRole role : RegionRole.values()) {
      assertThat(DomainFixture.claims(signIn(prefix(role))).getIssuer()).endsWith("/" + pool);
    }
    assertThat(discovery().path("token_endpoint").asText())
        .isEqualTo(prefix(RegionRole.PRIMARY) + "/oauth2/token");
    assertThat(prefix(RegionRole.PRIMARY)).isNotEqualTo(fixture.domain(RegionRole.PRIMARY));
    Browser.Page foreign =
        fixture.browser.get(DomainFixture.authorize(prefix(RegionRole.PRIMARY), fixture.asking()));
    assertThat(foreign.status()).as("an app client of the first pool").isEqualTo(400);
  }

  @Test
  void a_deleted_domain_answers_no_more_and_may_be_made_again() throws Exception {
    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("another"));
    URI before = prefix(RegionRole.PRIMARY);
    assertThat(fixture.raw.get(before.resolve("/login")).status()).isEqualTo(400);

    primary.deleteUserPoolDomain(r -> r.userPoolId(pool).domain("another"));

    assertThat(fixture.emulator.domain(pool, RegionRole.PRIMARY)).isEmpty();
    assertThatThrownBy(() -> fixture.raw.get(before.resolve("/login")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(discovery().has("token_endpoint")).isFalse();
    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("yet-another"));
    assertThat(signIn(prefix(RegionRole.PRIMARY))).isNotEmpty();
  }

  @Test
  void a_custom_domain_follows_its_check_and_suffers_what_its_region_suffers() {
    replicate();
    primary.createUserPoolDomain(
        r ->
            r.userPoolId(pool)
                .domain("login.another.test")
                .customDomainConfig(config -> config.certificateArn(CERTIFICATE))
                .routing(
                    routing ->
                        routing.failover(
                            failover ->
                                failover
                                    .secondaryRegion("us-west-2")
                                    .primaryRoute53HealthCheckId(
                                        fixture.emulator.route53().healthCheckId()))));
    assertThat(fixture.emulator.domain(pool, RegionRole.PRIMARY)).isEmpty();
    URI custom = fixture.emulator.customDomain(pool).orElseThrow();
    assertThat(signIn(custom)).isNotEmpty();
    long before = fixture.emulator.region(RegionRole.SECONDARY).calls("oauth2/token");

    fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
    assertThat(fixture.raw.get(custom.resolve("/login")).status()).isEqualTo(500);
    fixture.emulator.domainHealth(false);
    assertThat(signIn(custom)).isNotEmpty();
    assertThat(fixture.emulator.region(RegionRole.SECONDARY).calls("oauth2/token"))
        .isEqualTo(before + 1);
  }

  @Test
  void a_domain_that_is_asked_for_during_an_outage_suffers_it() {
    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("another"));
    fixture.emulator.region(RegionRole.PRIMARY).domainOutage(Outage.internalErrors());

    assertThat(fixture.raw.get(prefix(RegionRole.PRIMARY).resolve("/login")).status())
        .isEqualTo(500);
    fixture.emulator.region(RegionRole.PRIMARY).domainOutage(Outage.none());
    assertThat(fixture.raw.get(prefix(RegionRole.PRIMARY).resolve("/login")).status())
        .isEqualTo(400);
  }

  @Test
  void tests_in_other_languages_read_over_http_where_domains_answer() {
    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("another"));
    URI endpoint = fixture.emulator.region(RegionRole.SECONDARY).endpoint();

    JsonNode domains = fixture.raw.get(endpoint.resolve("/_twinpool/domains/" + pool)).json();
    assertThat(domains.path("primary").asText()).isEqualTo(prefix(RegionRole.PRIMARY).toString());
    assertThat(domains.path("secondary").asText())
        .isEqualTo(prefix(RegionRole.SECONDARY).toString());
    assertThat(domains.has("custom")).isFalse();
    assertThat(
            fixture
                .raw
                .get(endpoint.resolve("/_twinpool/domains/" + fixture.poolId))
                .json()
                .path("custom")
                .asText())
        .isEqualTo(fixture.emulator.customDomain().toString());
    assertThat(fixture.raw.get(endpoint.resolve("/_twinpool/domains/us-east-1_None")).status())
        .isEqualTo(404);
  }
}
