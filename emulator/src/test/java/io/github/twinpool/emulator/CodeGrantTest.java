package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.DomainFixture.claims;
import static io.github.twinpool.emulator.DomainFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The authorization code grant with PKCE, from the authorization request to the tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeGrantTest {
  private DomainFixture fixture;

  @BeforeAll
  void start() {
    fixture = new DomainFixture();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void each_region_signs_in_and_mints_tokens_with_the_granted_scope_and_the_primarys_issuer(
      RegionRole role) throws Exception {
    fixture.browser.forget("cognito");
    Browser.Page back = fixture.signIn(fixture.domain(role), fixture.asking());

    assertThat(back.status()).isEqualTo(302);
    assertThat(back.header("location")).startsWith(CALLBACK + "?code=");
    assertThat(back.sent("state")).isEqualTo("s t&a=t/e");
    RawClient.Answer answer = fixture.token(role, fixture.exchanging(back.sent("code")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    JsonNode tokens = answer.json();
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(tokens.path("refresh_token").asText()).isNotEmpty();
    JWTClaimsSet access = claims(tokens.path("access_token").asText());
    assertThat(access.getIssuer())
        .isEqualTo(fixture.emulator.userPool().issuer(IssuerType.ORIGINAL));
    assertThat(access.getStringClaim("scope"))
        .isEqualTo("openid email aws.cognito.signin.user.admin");
    assertThat(access.getStringClaim("username")).isEqualTo("ada");
    assertThat(access.getClaim("version")).isEqualTo(2L);
    JWTClaimsSet id = claims(tokens.path("id_token").asText());
    assertThat(id.getStringClaim("nonce")).isEqualTo("n-1");
    assertThat(id.getStringClaim("at_hash")).hasSize(22);
    assertThat(id.getStringClaim("email")).isEqualTo("ada@example.com");
    assertThat(id.getAudience()).containsExactly(fixture.web.clientId());
    String token = tokens.path("access_token").asText();
    assertThat(fixture.userInfo(role, token).json().path("email").asText())
        .isEqualTo("ada@example.com");
    assertThat(fixture.clients.in(role).getUser(r -> r.accessToken(token)).username())
        .isEqualTo("ada");
  }

  /** (Source: API reference, CreateUserPoolClient, DefaultRedirectURI.) */
  @Test
  void a_client_with_one_provider_need_not_name_its_default_redirect_uri() {
    fixture.browser.forget("cognito");
    String own = fixture.client(r -> r.defaultRedirectURI("myapp://back")).clientId();
    Map<String, String> asking = fixture.asking("redirect_uri", null);
    asking.put("client_id", own);

    Browser.Page back = fixture.signIn(fixture.domain(RegionRole.PRIMARY), asking);

    assertThat(back.header("location")).startsWith("myapp://back?code=");
    Map<String, String> exchange = fixture.exchanging(back.sent("code"));
    exchange.put("client_id", own);
    exchange.put("redirect_uri", "myapp://back");
    assertThat(fixture.token(exchange).status()).isEqualTo(200);
  }

  @Test
  void without_openid_there_is_no_id_token_and_without_the_api_scope_no_use_of_the_api() {
    fixture.browser.forget("cognito");
    String code =
        fixture
            .signIn(fixture.domain(RegionRole.PRIMARY), fixture.asking("scope", "openid"))
            .sent("code");
    String access = fixture.token(fixture.exchanging(code)).json().path("access_token").asText();
    SignInFixture.notAuthorized(
        () -> fixture.clients.primary.getUser(r -> r.accessToken(access)),
        "Access Token does not have required scopes");

    String other =
        fixture.authorize(fixture.asking("scope", "aws.cognito.signin.user.admin")).sent("code");
    JsonNode tokens = fixture.token(fixture.exchanging(other)).json();
    assertThat(tokens.has("id_token")).isFalse();
    assertThat(tokens.has("access_token")).isTrue();
    RawClient.Answer info =
        fixture.userInfo(RegionRole.PRIMARY, tokens.path("access_token").asText());
    assertThat(info.status()).isEqualTo(401);
    assertThat(info.header("www-authenticate")).contains("invalid_token");
  }

  @Test
  void a_code_is_good_once_and_a_replay_is_counted() {
    String code = fixture.code(RegionRole.PRIMARY);
    long before = fixture.emulator.duplicates();
    assertThat(fixture.token(fixture.exchanging(code)).status()).isEqualTo(200);
    assertThat(fixture.emulator.duplicates()).isEqualTo(before);

    refused(fixture.token(fixture.exchanging(code)), 400, "invalid_grant");
    assertThat(fixture.emulator.duplicates()).isEqualTo(before + 1);
    refused(fixture.token(RegionRole.SECONDARY, fixture.exchanging(code)), 400, "invalid_grant");
    assertThat(fixture.emulator.region(RegionRole.SECONDARY).duplicates("oauth2/token"))
        .isEqualTo(1);
  }

  @Test
  void a_code_lives_five_minutes() {
    String code = fixture.code(RegionRole.PRIMARY);
    fixture.clock.advance(Duration.ofMinutes(5));
    refused(fixture.token(fixture.exchanging(code)), 400, "invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({
    "code, nonsense, invalid_grant",
    "code_verifier, another-verifier-of-the-right-length-0123456789, invalid_grant",
    "code_verifier, , invalid_grant",
    "redirect_uri, myapp://back, invalid_grant",
    "redirect_uri, , invalid_request",
    "code, , invalid_request",
    "grant_type, , invalid_request",
    "grant_type, password, unsupported_grant_type",
    "client_id, nobody, invalid_client",
    "client_id, , invalid_client"
  })
  void a_wrong_exchange_is_refused_and_leaves_the_code_good(
      String name, String value, String error) {
    String code = fixture.code(RegionRole.PRIMARY);
    Map<String, String> form = fixture.exchanging(code);
    if (value == null) {
      form.remove(name);
    } else {
      form.put(name, value);
    }
    refused(fixture.token(form), 400, error);
    assertThat(fixture.token(fixture.exchanging(code)).status()).isEqualTo(200);
  }

  @Test
  void a_code_is_bound_to_its_client() {
    String code = fixture.code(RegionRole.PRIMARY);
    Map<String, String> form = fixture.exchanging(code);
    form.put("client_id", fixture.client(r -> {}).clientId());
    refused(fixture.token(form), 400, "invalid_grant");
  }

  @Test
  void a_code_is_not_known_in_the_other_region() {
    String code = fixture.code(RegionRole.PRIMARY);
    refused(fixture.token(RegionRole.SECONDARY, fixture.exchanging(code)), 400, "invalid_grant");
    assertThat(fixture.token(fixture.exchanging(code)).status()).isEqualTo(200);
  }

  @Test
  void a_code_is_known_in_the_other_region_if_the_builder_says_so() {
    try (DomainFixture portable = new DomainFixture(builder -> builder.codesPortable(true))) {
      String code = portable.code(RegionRole.PRIMARY);
      assertThat(portable.token(RegionRole.SECONDARY, portable.exchanging(code)).status())
          .isEqualTo(200);
      refused(portable.token(portable.exchanging(code)), 400, "invalid_grant");
    }
  }

  @Test
  void the_token_requests_are_seen_by_path_and_by_grant() {
    long before = fixture.emulator.region(RegionRole.PRIMARY).calls("oauth2/token");
    Map<String, String> form = fixture.exchanging(fixture.code(RegionRole.PRIMARY));
    fixture.token(form);
    fixture.token(form);

    assertThat(fixture.emulator.region(RegionRole.PRIMARY).calls("oauth2/token"))
        .isEqualTo(before + 2);
    var served = fixture.emulator.served();
    assertThat(served.subList(served.size() - 2, served.size()))
        .containsExactly(
            new ServedCall(RegionRole.PRIMARY, "oauth2/token", "authorization_code", ""),
            new ServedCall(
                RegionRole.PRIMARY, "oauth2/token", "authorization_code", "invalid_grant"));
  }
}
