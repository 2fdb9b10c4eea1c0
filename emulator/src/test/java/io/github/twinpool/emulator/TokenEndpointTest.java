package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.basic;
import static io.github.twinpool.emulator.DomainFixture.claims;
import static io.github.twinpool.emulator.DomainFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Refreshes, machine tokens, revocation, userInfo, and how clients prove who they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenEndpointTest {
  private DomainFixture fixture;
  private UserPoolClientType machine;

  @BeforeAll
  void start() {
    fixture = new DomainFixture();
    fixture.clients.primary.createResourceServer(
        r -> r.userPoolId(fixture.poolId).identifier("orders").name("Orders").scopes(scopes()));
    machine =
        fixture.client(
            r ->
                r.generateSecret(true)
                    .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                    .allowedOAuthScopes("orders/read", "orders/write")
                    .callbackURLs(List.of()));
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private static List<ResourceServerScopeType> scopes() {
    return List.of(scope("read"), scope("write"));
  }

  private static ResourceServerScopeType scope(String name) {
    return ResourceServerScopeType.builder().scopeName(name).scopeDescription(name).build();
  }

  private URI primary() {
    return fixture.domain(RegionRole.PRIMARY);
  }

  private JsonNode tokens() {
    return fixture.token(fixture.exchanging(fixture.code(RegionRole.PRIMARY))).json();
  }

  private RawClient.Answer token(Map<String, String> form, @Nullable String authorization) {
    return fixture.post(primary(), "/oauth2/token", form, authorization);
  }

  @Test
  void a_refresh_gives_tokens_of_the_same_scope_in_both_regions_and_no_new_refresh_token() {
    String refresh = tokens().path("refresh_token").asText();
    for (RegionRole role : RegionRole.values()) {
      RawClient.Answer answer = fixture.token(role, fixture.refreshing(refresh));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().has("refresh_token")).isFalse();
      assertThat(answer.json().has("id_token")).isTrue();
      assertThat(claims(answer.json().path("access_token").asText()).getClaim("scope"))
          .isEqualTo("openid email aws.cognito.signin.user.admin");
    }
  }

  @Test
  void a_refresh_by_a_foreign_client_or_with_no_token_is_refused() {
    Map<String, String> form = fixture.refreshing(tokens().path("refresh_token").asText());
    form.put("client_id", fixture.client(r -> {}).clientId());
    refused(token(form, null), 400, "invalid_grant");
    refused(token(fixture.refreshing(""), null), 400, "invalid_request");
    refused(token(fixture.refreshing("nonsense"), null), 400, "invalid_grant");
    refused(
        token(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", fixture.emulator.clientId(),
                "refresh_token", "x"),
            null),
        400,
        "unauthorized_client");
  }

  @Test
  void a_rotating_refresh_token_is_replaced_and_good_for_its_grace_and_its_reuse_is_counted() {
    UserPoolClientType rotating =
        fixture.client(
            r ->
                r.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH")
                    .refreshTokenRotation(
                        it -> it.feature(FeatureType.ENABLED).retryGracePeriodSeconds(10)));
    fixture.browser.forget("");
    String code =
        fixture.signIn(primary(), fixture.asking("client_id", rotating.clientId())).sent("code");
    Map<String, String> exchange = fixture.exchanging(code);
    exchange.put("client_id", rotating.clientId());
    Map<String, String> form =
        fixture.refreshing(token(exchange, null).json().path("refresh_token").asText());
    form.put("client_id", rotating.clientId());
    long before = fixture.emulator.duplicates();

    String next = token(form, null).json().path("refresh_token").asText();
    assertThat(next).isNotEmpty().isNotEqualTo(form.get("refresh_token"));
    assertThat(fixture.emulator.duplicates()).isEqualTo(before);
    assertThat(token(form, null).status()).isEqualTo(200);
    assertThat(fixture.emulator.duplicates()).isEqualTo(before + 1);
    fixture.clock.advance(Duration.ofSeconds(10));
    refused(token(form, null), 400, "invalid_grant");
    assertThat(fixture.emulator.duplicates()).isEqualTo(before + 2);
  }

  @Test
  void a_request_that_was_sent_again_is_counted_by_its_id() {
    HttpRequest request =
        HttpRequest.newBuilder(primary().resolve("/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("x-twinpool-request-id", "7")
            .POST(
                BodyPublishers.ofString(
                    Browser.form(fixture.refreshing(tokens().path("refresh_token").asText()))))
            .build();
    fixture.raw.send(request);
    long before = fixture.emulator.duplicates();
    fixture.raw.send(request);
    assertThat(fixture.emulator.duplicates()).isEqualTo(before + 1);
  }

  @Test
  void a_machine_gets_an_access_token_without_a_user_and_nothing_else() throws Exception {
    String secret = machine.clientSecret();
    Map<String, String> form = Map.of("grant_type", "client_credentials", "scope", "orders/read");
    for (RegionRole role : RegionRole.values()) {
      RawClient.Answer answer =
          fixture.post(
              fixture.domain(role), "/oauth2/token", form, basic(machine.clientId(), secret));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().has("refresh_token")).isFalse();
      assertThat(answer.json().has("id_token")).isFalse();
      JWTClaimsSet claims = claims(answer.json().path("access_token").asText());
      assertThat(claims.getSubject()).isEqualTo(machine.clientId());
      assertThat(claims.getClaims())
          .doesNotContainKeys("username", "aud")
          .containsEntry("scope", "orders/read")
          .containsEntry("token_use", "access")
          .containsEntry("client_id", machine.clientId());
      String token = answer.json().path("access_token").asText();
      SignInFixture.notAuthorized(
          () -> fixture.clients.primary.getUser(r -> r.accessToken(token)),
          "Access Token does not have required scopes");
    }
  }

  @Test
  void a_machine_gets_all_its_scopes_if_it_names_none_and_no_others() {
    Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
    form.put("client_id", machine.clientId());
    form.put("client_secret", machine.clientSecret());
    assertThat(claims(token(form, null).json().path("access_token").asText()).getClaim("scope"))
        .isEqualTo("orders/read orders/write");
    form.put("scope", "orders/delete");
    refused(token(form, null), 400, "invalid_scope");
  }

  @Test
  void who_has_no_secret_or_not_the_flow_is_no_machine() {
    Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
    form.put("client_id", fixture.web.clientId());
    refused(token(form, null), 400, "unauthorized_client");
    String authorization =
        basic(fixture.confidential.clientId(), fixture.confidential.clientSecret());
    refused(
        token(Map.of("grant_type", "client_credentials"), authorization),
        400,
        "unauthorized_client");
    Map<String, String> code =
        Map.of("grant_type", "authorization_code", "code", "x", "redirect_uri", "y");
    refused(
        token(code, basic(machine.clientId(), machine.clientSecret())), 400, "unauthorized_client");
  }

  @Test
  void both_secrets_of_a_client_are_good_and_its_id_may_be_encoded() {
    String second =
        fixture
            .clients
            .primary
            .addUserPoolClientSecret(r -> r.userPoolId(fixture.poolId).clientId(machine.clientId()))
            .clientSecretDescriptor()
            .clientSecretValue();
    Map<String, String> form = Map.of("grant_type", "client_credentials");
    String encoded = "%" + Integer.toHexString(second.charAt(0)) + second.substring(1);
    for (String secret : List.of(machine.clientSecret(), second, encoded)) {
      assertThat(token(form, basic(machine.clientId(), secret)).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Basic eDp5, invalid_client",
    "Basic !!!, invalid_client",
    "Basic eA==, invalid_client",
    "Basic JXp6Onk=, invalid_client",
    "Bearer x, invalid_client"
  })
  void a_client_that_proves_nothing_is_refused(String authorization, String error) {
    refused(token(Map.of("grant_type", "client_credentials"), authorization), 400, error);
  }

  @Test
  void wrong_missing_and_doubled_secrets_are_refused() {
    Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
    form.put("client_id", machine.clientId());
    refused(token(form, null), 400, "invalid_client");
    form.put("client_secret", "wrong");
    refused(token(form, null), 400, "invalid_client");
    form.put("client_secret", machine.clientSecret());
    refused(token(form, basic(machine.clientId(), machine.clientSecret())), 400, "invalid_request");
    form.remove("client_secret");
    form.put("client_id", "other");
    refused(token(form, basic(machine.clientId(), machine.clientSecret())), 400, "invalid_client");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, grant_type=client_credentials",
    "'', grant_type=client_credentials",
    "application/x-www-form-urlencoded, grant_type=a&grant_type=b",
    "application/x-www-form-urlencoded, grant_type=%zz",
    "application/x-www-form-urlencoded, ''"
  })
  void what_is_no_good_form_is_an_invalid_request(String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(primary().resolve("/oauth2/token"))
            .POST(BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    refused(fixture.raw.send(request.build()), 400, "invalid_request");
  }

  @Test
  void oversized_and_too_many_parameters_are_an_invalid_request() {
    refused(token(Map.of("grant_type", "x".repeat(5_000)), null), 400, "invalid_request");
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 101; i++) {
      many.put("p" + i, "x");
    }
    refused(token(many, null), 400, "invalid_request");
  }

  @Test
  void a_revoked_sign_in_is_over_and_revoking_again_is_no_error() {
    JsonNode tokens = tokens();
    Map<String, String> form =
        Map.of("token", tokens.path("refresh_token").asText(), "client_id", fixture.web.clientId());
    for (int i = 0; i < 2; i++) {
      assertThat(fixture.post(primary(), "/oauth2/revoke", form, null).status()).isEqualTo(200);
    }
    refused(
        token(fixture.refreshing(tokens.path("refresh_token").asText()), null),
        400,
        "invalid_grant");
    assertThat(fixture.userInfo(RegionRole.PRIMARY, tokens.path("access_token").asText()).status())
        .isEqualTo(401);
  }

  @Test
  void only_refresh_tokens_of_the_own_client_can_be_revoked() {
    JsonNode tokens = tokens();
    String id = fixture.web.clientId();
    Map<String, String> access =
        Map.of("token", tokens.path("access_token").asText(), "client_id", id);
    refused(fixture.post(primary(), "/oauth2/revoke", access, null), 400, "unsupported_token_type");
    refused(
        fixture.post(primary(), "/oauth2/revoke", Map.of("client_id", id), null),
        400,
        "invalid_request");
    Map<String, String> unknown = Map.of("token", "x", "client_id", "nobody");
    refused(fixture.post(primary(), "/oauth2/revoke", unknown, null), 401, "invalid_client");
    Map<String, String> foreign =
        Map.of(
            "token",
            tokens.path("refresh_token").asText(),
            "client_id",
            fixture.client(r -> {}).clientId());
    assertThat(fixture.post(primary(), "/oauth2/revoke", foreign, null).status()).isEqualTo(200);
    assertThat(token(fixture.refreshing(tokens.path("refresh_token").asText()), null).status())
        .isEqualTo(200);
  }

  @Test
  void user_info_shows_what_the_scopes_allow_by_get_and_by_post() {
    String access = tokens().path("access_token").asText();
    RawClient.Answer answer =
        fixture.post(primary(), "/oauth2/userInfo", Map.of(), "Bearer " + access);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("username").asText()).isEqualTo("ada");
    assertThat(answer.json().path("email_verified").asText()).isEqualTo("true");
    assertThat(answer.json().path("sub").asText()).isEqualTo(claims(access).getSubject());
    assertThat(fixture.userInfo(RegionRole.SECONDARY, access).json()).isEqualTo(answer.json());
  }

  @Test
  void user_info_wants_a_good_token() {
    RawClient.Answer none = fixture.raw.get(primary().resolve("/oauth2/userInfo"));
    refused(none, 400, "invalid_request");
    RawClient.Answer bad = fixture.userInfo(RegionRole.PRIMARY, "nonsense");
    refused(bad, 401, "invalid_token");
    assertThat(bad.header("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
    String api =
        fixture.clients.signIn(RegionRole.PRIMARY, "ada", EmulatorClients.PASSWORD).accessToken();
    refused(fixture.userInfo(RegionRole.PRIMARY, api), 401, "invalid_token");
    JsonNode tokens = tokens();
    refused(
        fixture.userInfo(RegionRole.PRIMARY, tokens.path("id_token").asText()),
        401,
        "invalid_token");
    fixture.clock.advance(Duration.ofHours(1));
    refused(
        fixture.userInfo(RegionRole.PRIMARY, tokens.path("access_token").asText()),
        401,
        "invalid_token");
  }

  @Test
  void the_discovery_document_names_the_endpoints_of_the_domain() {
    URI keys = fixture.emulator.userPool().jwksUri(RegionRole.PRIMARY);
    JsonNode document = fixture.raw.get(keys.resolve("openid-configuration")).json();
    assertThat(document.path("token_endpoint").asText()).isEqualTo(primary() + "/oauth2/token");
    assertThat(document.path("authorization_endpoint").asText())
        .isEqualTo(primary() + "/oauth2/authorize");
    assertThat(document.path("userinfo_endpoint").asText())
        .isEqualTo(primary() + "/oauth2/userInfo");
    assertThat(document.path("revocation_endpoint").asText())
        .isEqualTo(primary() + "/oauth2/revoke");
    assertThat(document.path("end_session_endpoint").asText()).isEqualTo(primary() + "/logout");
    assertThat(fixture.emulator.userPool().domain(RegionRole.PRIMARY)).contains(primary());
  }

  @Test
  void clients_are_described_with_their_oauth_settings_and_contradictions_are_refused() {
    assertThat(fixture.web.allowedOAuthFlowsUserPoolClient()).isTrue();
    assertThat(fixture.web.supportedIdentityProviders()).containsExactly("COGNITO");
    refusedClient(
        "InvalidOAuthFlowException",
        () ->
            fixture.client(
                r ->
                    r.generateSecret(true)
                        .allowedOAuthFlows(OAuthFlowType.CODE, OAuthFlowType.CLIENT_CREDENTIALS)));
    refusedClient(
        "InvalidOAuthFlowException",
        () -> fixture.client(r -> r.allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)));
    refusedClient(
        "ScopeDoesNotExistException", () -> fixture.client(r -> r.allowedOAuthScopes("a/b")));
    refusedClient(
        "InvalidParameterException",
        () -> fixture.client(r -> r.supportedIdentityProviders("Nobody")));
    refusedClient(
        "InvalidParameterException",
        () -> fixture.client(r -> r.callbackURLs("http://example.com/cb")));
    refusedClient(
        "InvalidParameterException", () -> fixture.client(r -> r.callbackURLs("https://a.b/#f")));
    refusedClient(
        "InvalidParameterException", () -> fixture.client(r -> r.allowedOAuthScopes(List.of())));
  }

  private static void refusedClient(
      String type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    org.assertj.core.api.Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CognitoIdentityProviderException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(type));
  }
}
