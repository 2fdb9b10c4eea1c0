package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link AuthorizationCodeFlow} sends a browser away with, and takes back from it. */
class AuthorizationStartTest {
  private static final URI CALLBACK = URI.create("https://app.example.com/callback");

  private final FakeDomain domain = new FakeDomain();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final UserPool pool =
      UserPool.builder("us-east-1_EXAMPLE")
          .endpoint(RegionRole.PRIMARY, domain.uri())
          .updatedIssuerEndpoint(domain.uri())
          .domainEndpoint(RegionRole.PRIMARY, domain.uri())
          .build();
  private final MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build();
  private final TokenValidator validator = TokenValidator.builder(pool).clientId("web").build();
  private final AuthorizationCodeFlow flow = builder().build();

  @AfterEach
  void close() {
    validator.close();
    cognito.close();
    domain.close();
  }

  private AuthorizationCodeFlowBuilder builder() {
    domain.answers(400, "{\"error\":\"invalid_grant\"}");
    return AuthorizationCodeFlow.builder(cognito, validator, "web")
        .redirectUri(CALLBACK)
        .logoutUri(URI.create("https://app.example.com/bye?from=here"))
        .scopes("openid", "email")
        .returnOrigins(URI.create("https://other.example.com"))
        .clock(now::get);
  }

  private AuthorizationStart start() {
    return flow.start(AuthorizationRequest.returningTo("/"));
  }

  private static Map<String, List<String>> parameters(AuthorizationStart start) {
    return URLUtils.parseParameters(start.location().getRawQuery());
  }

  private static String state(AuthorizationStart start) {
    return parameters(start).get("state").get(0);
  }

  private Reason refused(AuthorizationCodeFlow by, String query, String browserState) {
    AtomicReference<Reason> reason = new AtomicReference<>();
    assertThatThrownBy(() -> by.finish(query, browserState))
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> reason.set(it.reason()));
    return reason.get();
  }

  private Reason refused(String query, String browserState) {
    return refused(flow, query, browserState);
  }

  private long codesSent() {
    return domain.asked.stream().filter(it -> it.path().equals("/oauth2/token")).count();
  }

  @Test
  void the_browser_is_sent_to_the_authorization_endpoint_with_pkce_state_and_nonce()
      throws Exception {
    AuthorizationStart start =
        flow.start(
            AuthorizationRequest.returningTo("/orders")
                .identityProvider("Google")
                .loginHint("ada@example.com")
                .prompt("login")
                .language("de"));
    assertThat(start.location().toString()).startsWith(domain.uri() + "/oauth2/authorize?");
    Map<String, List<String>> sent = parameters(start);
    assertThat(sent)
        .containsEntry("response_type", List.of("code"))
        .containsEntry("client_id", List.of("web"))
        .containsEntry("redirect_uri", List.of(CALLBACK.toString()))
        .containsEntry("scope", List.of("openid email"))
        .containsEntry("code_challenge_method", List.of("S256"))
        .containsEntry("identity_provider", List.of("Google"))
        .containsEntry("login_hint", List.of("ada@example.com"))
        .containsEntry("prompt", List.of("login"))
        .containsEntry("lang", List.of("de"));
    assertThat(sent.get("state").get(0)).hasSize(43);
    assertThat(sent.get("nonce").get(0)).hasSize(43);

    refused("code=c&state=" + state(start), start.browserState());
    Map<String, List<String>> exchange = URLUtils.parseParameters(tokenBody());
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(exchange.get("code_verifier").get(0).getBytes(US_ASCII));
    assertThat(sent.get("code_challenge").get(0))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    assertThat(exchange)
        .containsEntry("grant_type", List.of("authorization_code"))
        .containsEntry("client_id", List.of("web"))
        .containsEntry("redirect_uri", List.of(CALLBACK.toString()));
  }

  private String tokenBody() {
    return domain.asked.stream()
        .filter(it -> it.path().equals("/oauth2/token"))
        .findFirst()
        .orElseThrow()
        .body();
  }

  @Test
  void no_two_sign_ins_share_a_secret() {
    Map<String, List<String>> one = parameters(start());
    Map<String, List<String>> other = parameters(start());
    for (String name : List.of("state", "nonce", "code_challenge")) {
      assertThat(one.get(name)).isNotEqualTo(other.get(name));
    }
  }

  @Test
  void what_the_browser_keeps_shows_nothing_and_fits_into_a_cookie() {
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/" + "x".repeat(999)));
    String readable =
        new String(
            Base64.getUrlDecoder().decode(start.browserState().split("\\.", -1)[0]), US_ASCII);
    assertThat(readable).contains("A256GCM").doesNotContain("xxx");
    assertThat(start.browserState()).doesNotContain(state(start)).hasSizeLessThan(3_500);
    assertThat(start.setCookie())
        .isEqualTo(
            "__Host-twinpool-login="
                + start.browserState()
                + "; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(flow.cookieName()).isEqualTo("__Host-twinpool-login");
    assertThat(flow.removeCookie()).contains("__Host-twinpool-login=; Max-Age=0; Path=/");
    assertThat(start.toString()).doesNotContain(state(start));
  }

  @Test
  void an_answer_without_the_browser_s_own_state_is_refused_and_its_code_not_sent() {
    AuthorizationStart start = start();
    AuthorizationStart other = start();
    String answer = "code=c&state=" + state(start);
    assertThat(refused(answer, null)).isEqualTo(Reason.STATE);
    assertThat(refused(answer, "")).isEqualTo(Reason.STATE);
    assertThat(refused(answer, other.browserState())).isEqualTo(Reason.STATE);
    assertThat(refused("code=c&state=" + state(other), start.browserState()))
        .isEqualTo(Reason.STATE);
    assertThat(refused(answer, start.browserState() + "A")).isEqualTo(Reason.STATE);
    assertThat(refused(answer, "x".repeat(20_000))).isEqualTo(Reason.STATE);
    assertThat(refused("code=c&state=%C3%A9", start.browserState())).isEqualTo(Reason.STATE);
    assertThat(codesSent()).isZero();
  }

  @Test
  void a_state_is_good_once() {
    AuthorizationStart start = start();
    String answer = "code=c&state=" + state(start);
    assertThat(refused(answer, start.browserState())).isEqualTo(Reason.CODE);
    assertThat(refused(answer, start.browserState())).isEqualTo(Reason.REPLAYED);
    assertThat(refused("error=access_denied&state=" + state(start), start.browserState()))
        .isEqualTo(Reason.REPLAYED);
    assertThat(codesSent()).isEqualTo(1);
  }

  @Test
  void a_state_expires() {
    AuthorizationStart start = start();
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(10)));
    assertThat(refused("code=c&state=" + state(start), start.browserState()))
        .isEqualTo(Reason.EXPIRED);
    assertThat(codesSent()).isZero();
  }

  @Test
  void a_state_of_another_client_or_callback_or_key_is_none_here() {
    SecretKey key = new SecretKeySpec(Secrets.bytes(new SecureRandom()), "AES");
    AuthorizationCodeFlow one = builder().stateKeys(key).build();
    AuthorizationStart start = one.start(AuthorizationRequest.returningTo("/"));
    String answer = "code=c&state=" + state(start);
    AuthorizationCodeFlow otherClient =
        AuthorizationCodeFlow.builder(cognito, validator, "another")
            .redirectUri(CALLBACK)
            .stateKeys(key)
            .build();
    assertThat(refused(otherClient, answer, start.browserState())).isEqualTo(Reason.STATE);
    AuthorizationCodeFlow otherCallback =
        builder().stateKeys(key).redirectUri(URI.create("https://app.example.com/cb")).build();
    assertThat(refused(otherCallback, answer, start.browserState())).isEqualTo(Reason.STATE);
    assertThat(refused(answer, start.browserState())).isEqualTo(Reason.STATE);
    AuthorizationCodeFlow otherNode = builder().stateKeys(key).build();
    assertThat(refused(otherNode, answer, start.browserState())).isEqualTo(Reason.CODE);
  }

  @Test
  void a_sealed_step_of_a_sign_in_is_no_state_of_a_browser() {
    SecretKey key = new SecretKeySpec(Secrets.bytes(new SecureRandom()), "AES");
    String step = new SealedBox(List.of(key), "twinpool-step").seal(Map.of("aud", "x"));
    AuthorizationCodeFlow one = builder().stateKeys(key).build();
    assertThat(refused(one, "code=c&state=s", step)).isEqualTo(Reason.STATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code=c",
        "state=%s",
        "code=&state=%s",
        "code=%%20&state=%s",
        "code=c&error=e&state=%s",
        "code=c&code=d&state=%s",
        "code=c&state=%s&state=x",
        "code=c&state=%s&iss=a&iss=b"
      })
  void what_is_no_answer_is_refused(String query) {
    AuthorizationStart start = start();
    assertThat(refused(query.formatted(state(start)), start.browserState()))
        .isEqualTo(Reason.MALFORMED);
    assertThat(codesSent()).isZero();
  }

  @Test
  void a_query_that_is_missing_or_too_long_is_refused() {
    AuthorizationStart start = start();
    assertThat(refused(null, start.browserState())).isEqualTo(Reason.MALFORMED);
    assertThat(
            refused("code=" + "c".repeat(9_000) + "&state=" + state(start), start.browserState()))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void an_answer_of_another_issuer_is_refused_and_its_code_not_sent() {
    AuthorizationStart start = start();
    String foreign = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_OTHER";
    assertThat(
            refused(
                "code=c&state=" + state(start) + "&iss=" + URLEncoder.encode(foreign, UTF_8),
                start.browserState()))
        .isEqualTo(Reason.ISSUER);
    assertThat(codesSent()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_may_name_either_issuer_of_the_pool(IssuerType type) {
    AuthorizationStart start = start();
    assertThat(
            refused(
                "code=c&state="
                    + state(start)
                    + "&iss="
                    + URLEncoder.encode(pool.issuer(type), UTF_8),
                start.browserState()))
        .isEqualTo(Reason.CODE);
  }

  @Test
  void a_refusal_carries_its_code_and_no_text_of_the_browser_s() {
    AuthorizationStart start = start();
    assertThatThrownBy(
            () ->
                flow.finish(
                    "error=access_denied&error_description=SECRET&state=" + state(start),
                    start.browserState()))
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.REFUSED))
        .satisfies(it -> assertThat(it.error()).contains("access_denied"))
        .satisfies(it -> assertThat(it.getMessage()).doesNotContain("SECRET"));
    AuthorizationStart scripted = start();
    assertThatThrownBy(
            () ->
                flow.finish("error=%3Cscript%3E&state=" + state(scripted), scripted.browserState()))
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> assertThat(it.error()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_client", "unauthorized_client", "invalid_scope"})
  void a_refusal_that_no_restart_can_mend_is_not_called_restartable(String error) {
    domain.answers(400, "{\"error\":\"" + error + "\"}");
    AuthorizationStart start = start();
    Reason atTheExchange = refused("code=c&state=" + state(start), start.browserState());
    assertThat(atTheExchange).isEqualTo(Reason.CLIENT);
    assertThat(atTheExchange.restartable()).isFalse();
    AuthorizationStart other = start();
    assertThat(refused("error=" + error + "&state=" + state(other), other.browserState()))
        .isEqualTo(Reason.CLIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "//evil.example.com",
        "///evil.example.com",
        "/\\evil.example.com",
        "\\\\evil.example.com",
        "/\t/evil.example.com",
        "/\n/evil.example.com",
        " //evil.example.com",
        "https://evil.example.com",
        "https://other.example.com.evil.example.com",
        "https://other.example.com@evil.example.com",
        "https://other.example.com:8443/",
        "http://other.example.com/",
        "https:evil.example.com",
        "https:///evil.example.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "?next=//evil",
        "#//evil",
        "/%zz",
        "/.//evil.example.com",
        "/x/..//evil.example.com",
        "/./evil",
        "/../evil",
        "/a//evil",
        "/%2e//evil.example.com",
        "/%2E%2e/%2fevil.example.com",
        "/%252e//evil",
        "/%252e/evil",
        "/a%2fevil",
        "/a%255cevil",
        "/%5Cevil.example.com",
        "/%09/evil",
        "/%0d%0aLocation:evil",
        "/a\rLocation:evil",
        "/?a=\\evil",
        "/a;evil",
        "/;/evil",
        "/.;/evil",
        "/a%3bevil",
        "/%c0%ae/evil",
        "/\ud800evil",
        "https://other.example.com/.//evil",
        "https://other.example.com/..;/evil",
        "https://other.example.com\\@evil.example.com",
        "https://other.example.com%2f@evil.example.com",
        "https://öther.example.com/evil",
        "//other.example.com/evil",
        "\u200b//evil.example.com",
        "\ufeff/evil",
        "\u3000/evil",
        "\uff0f\uff0fevil.example.com",
        "/%2f",
        "/evil/%2e",
        "/evil/.",
        "/evil/..",
        "/%25%32%66evil",
        "/%00//evil",
        "/%7f/evil",
        "/%e2%80%a9/evil",
        "/\u2028/evil",
        "/\u0085/evil",
        "/%c0%af/evil.example.com",
        "/%e0%80%af/evil.example.com",
        "/%ed%a0%80evil",
        "/%ff/evil",
        "/%",
        "/evil%2",
        "/%u002f/evil",
        "/%\uff12\uff26/evil",
        "/a?\u0000evil",
        "/a#\u0000evil",
        "/a?evil\ud800",
        "/a#evil\udc00\ud800",
        "/a#b\nevil",
        "https://other.example.com:443@evil.example.com/",
        "https://other.example.com./evil",
        "https://other.example.com:443:80/evil",
        "https://other.example.com:99999999999/evil",
        "https://other.example.com:80/evil",
        "https://other%2eexample.com/evil",
        "https://other.example.com%00.evil.example.com/",
        "https://other.example.com;evil.example.com/",
        "https://other.example.com,evil.example.com/",
        "https://other\u3002example.com/evil",
        "https://[other.example.com]/evil",
        "https:/other.example.com/evil",
        "https:\\\\other.example.com/evil",
        "blob:https://other.example.com/evil",
        "view-source:https://other.example.com/evil",
        "httpS://evil.example.com#https://other.example.com"
      })
  void a_return_target_elsewhere_is_refused(String target) {
    assertThatThrownBy(() -> flow.start(AuthorizationRequest.returningTo(target)))
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.RETURN_TARGET))
        .satisfies(it -> assertThat(it.getMessage()).doesNotContain("evil"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/orders?page=2#top",
        "/a.b/..c/.d",
        "/?next=/.//evil&a=%0d%0a;..%2f",
        "https://other.example.com",
        "HTTPS://other.example.com?a",
        "/?next=https://evil",
        "https://other.example.com/x",
        "https://other.example.com:443/x",
        "https://other.example.com?@evil.example.com",
        "https://other.example.com#@evil.example.com",
        "/@evil.example.com",
        "/:80",
        "/.well-known/x",
        "/.../x",
        "/https:/evil"
      })
  void a_path_and_an_allowed_origin_are_taken(String target) {
    assertThat(returnTarget(target)).isEqualTo(target);
  }

  private static String returnTarget(String target) {
    Origins origins = Origins.of(List.of(URI.create("https://other.example.com")));
    return new ReturnTargets(origins, AuthorizationRequest.LONGEST_TARGET).checked(target);
  }

  @ParameterizedTest
  @CsvSource({
    "/a|b?x={y}^z, /a%7Cb?x=%7By%7D%5Ez",
    "/grüße/🦉?q=日本#ü, /gr%C3%BC%C3%9Fe/%F0%9F%A6%89?q=%E6%97%A5%E6%9C%AC#%C3%BC",
    "/a b?c=d e, /a%20b?c=d%20e",
    "'/a[1]?b[2]=<\"`>#c#d', /a%5B1%5D?b%5B2%5D=%3C%22%60%3E#c%23d",
    "/a?off=100%&of=%7B, /a?off=100%25&of=%7B",
    "/\uff0fevil.example.com, /%EF%BC%8Fevil.example.com",
    "/\u2024\u2024/evil, /%E2%80%A4%E2%80%A4/evil",
    "/\u202eevil, /%E2%80%AEevil",
    "/a?u=%u2028&p=%, /a?u=%25u2028&p=%25",
    "/\ud83e\udd89#\ud83e\udd89, /%F0%9F%A6%89#%F0%9F%A6%89",
    "https://other.example.com/ö?|, https://other.example.com/%C3%B6?%7C"
  })
  void what_a_uri_cannot_hold_is_encoded(String target, String encoded) {
    assertThat(returnTarget(target)).isEqualTo(encoded);
    assertThat(URI.create(returnTarget(target)).toString()).isEqualTo(encoded);
    assertThat(returnTarget(encoded)).as("encoded twice").isEqualTo(encoded);
    assertThat(flow.start(AuthorizationRequest.returningTo(target)).location()).isNotNull();
  }

  @Test
  void a_target_that_is_too_long_is_left_out() {
    assertThat(returnTarget("/" + "x".repeat(999))).hasSize(1_000);
    assertThat(returnTarget("/" + "x".repeat(1_000))).isEqualTo("/");
    assertThat(returnTarget("/" + "ö".repeat(166))).hasSize(997);
    assertThat(returnTarget("/" + "ö".repeat(167))).as("too long once encoded").isEqualTo("/");
    assertThat(
            flow.start(AuthorizationRequest.returningTo("/" + "x".repeat(100_000))).browserState())
        .hasSizeLessThan(1_000);
  }

  @Test
  void a_browser_signs_out_at_the_domain() {
    URI logout = flow.logoutLocation();
    assertThat(logout.getPath()).isEqualTo("/logout");
    assertThat(URLDecoder.decode(logout.getRawQuery(), UTF_8))
        .isEqualTo("client_id=web&logout_uri=https://app.example.com/bye?from=here");
    AuthorizationCodeFlow without =
        AuthorizationCodeFlow.builder(cognito, validator, "web").redirectUri(CALLBACK).build();
    assertThatThrownBy(without::logoutLocation).hasMessageContaining("logoutUri");
  }

  @Test
  void the_builder_refuses_what_cannot_work() {
    AuthorizationCodeFlowBuilder builder = AuthorizationCodeFlow.builder(cognito, validator, "web");
    assertThatThrownBy(builder::build).hasMessageContaining("redirectUri");
    for (String unsafe :
        List.of("http://app.example.com/cb", "https://app.example.com/#x", "/cb", "app:cb")) {
      assertThatThrownBy(() -> builder.redirectUri(URI.create(unsafe)))
          .hasMessageContaining("redirectUri");
    }
    assertThatThrownBy(() -> builder.scopes("email")).hasMessageContaining("openid");
    assertThatThrownBy(() -> builder.loginValidity(Duration.ofHours(2)))
        .hasMessageContaining("loginValidity");
    assertThatThrownBy(() -> builder.stateKeys(new SecretKeySpec(new byte[16], "AES")))
        .hasMessageContaining("stateKeys");
    assertThatThrownBy(() -> AuthorizationRequest.returningTo("/").loginHint("x".repeat(600)))
        .hasMessageContaining("login_hint");
  }
}
