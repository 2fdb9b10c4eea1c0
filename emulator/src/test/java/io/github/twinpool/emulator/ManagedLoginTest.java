package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.DomainFixture.LOGGED_OUT;
import static io.github.twinpool.emulator.DomainFixture.authorize;
import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** The browser's side: authorize, login, sessions and logout. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedLoginTest {
  private static final String WRONG = "Incorrect username or password.";
  private DomainFixture fixture;
  private Browser browser;

  @BeforeAll
  void start() {
    fixture = new DomainFixture();
    browser = fixture.browser;
  }

  @BeforeEach
  void freshBrowser() {
    browser.forget("");
    fixture.clock.advance(Duration.ofHours(1)); // lockouts and sessions of the test before
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private URI primary() {
    return fixture.domain(RegionRole.PRIMARY);
  }

  private Browser.Page login(Map<String, String> parameters) {
    return browser.follow(authorize(primary(), parameters));
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, , invalid_request",
    "response_type, token, unsupported_response_type",
    "response_type, code token, unsupported_response_type",
    "scope, phone openid, invalid_scope",
    "scope, email, invalid_scope",
    "scope, open\"id, invalid_scope",
    "code_challenge_method, , invalid_request",
    "code_challenge_method, plain, invalid_request",
    "code_challenge, , invalid_request",
    "code_challenge, short, invalid_request",
    "prompt, maybe, invalid_request",
    "prompt, none, login_required",
    "identity_provider, Nobody, invalid_request",
    "idp_identifier, nobody, invalid_request"
  })
  void what_is_wrong_with_a_request_is_told_to_the_application(
      String name, @Nullable String value, String error) {
    Browser.Page page = fixture.authorize(fixture.asking(name, value));

    assertThat(page.status()).isEqualTo(302);
    assertThat(page.header("location")).startsWith(CALLBACK + "?error=");
    assertThat(page.sent("error")).isEqualTo(error);
    assertThat(page.sent("state")).isEqualTo("s t&a=t/e");
  }

  @Test
  void a_client_without_the_code_flow_is_told_so() {
    Map<String, String> asking =
        fixture.asking(
            "client_id",
            fixture
                .client(
                    r ->
                        r.allowedOAuthFlows(
                            software.amazon.awssdk.services.cognitoidentityprovider.model
                                .OAuthFlowType.IMPLICIT))
                .clientId());
    assertThat(fixture.authorize(asking).sent("error")).isEqualTo("unauthorized_client");
  }

  @ParameterizedTest
  @CsvSource({
    "client_id, ",
    "client_id, nobody",
    "client_id, <script>alert(1)</script>",
    "redirect_uri, ",
    "redirect_uri, http://localhost:8080/callback/",
    "redirect_uri, http://localhost:8080/callback?x=1",
    "redirect_uri, https://evil.example.com",
    "redirect_uri, javascript:alert(1)"
  })
  void nobody_is_redirected_for_a_wrong_client_or_address(String name, @Nullable String value) {
    for (String path : List.of("/oauth2/authorize?", "/login?")) {
      Browser.Page page =
          browser.get(primary().resolve(path + Browser.form(fixture.asking(name, value))));
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.header("location")).isEmpty();
      assertThat(page.html()).doesNotContain("<script", "evil");
    }
  }

  @Test
  void a_client_that_is_not_for_the_domain_is_unknown_here() {
    Browser.Page page = fixture.authorize(fixture.asking("client_id", fixture.emulator.clientId()));
    assertThat(page.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "nonce", "scope", "response_type", "unknown"})
  void a_parameter_given_twice_or_too_long_is_an_invalid_request(String name) {
    String query = Browser.form(fixture.asking(name, "x"));
    Browser.Page twice =
        browser.get(primary().resolve("/oauth2/authorize?" + query + "&" + name + "=y"));
    assertThat(twice.sent("error")).isEqualTo("invalid_request");
    Browser.Page tooLong = fixture.authorize(fixture.asking(name, "x".repeat(5_000)));
    assertThat(tooLong.sent("error")).isEqualTo("invalid_request");
  }

  @Test
  void a_redirect_uri_or_client_given_twice_redirects_nobody() {
    String query = Browser.form(fixture.asking());
    for (String more : List.of("&redirect_uri=https://evil.example.com", "&client_id=x")) {
      Browser.Page page = browser.get(primary().resolve("/oauth2/authorize?" + query + more));
      assertThat(page.status()).isEqualTo(400);
    }
  }

  @Test
  void line_breaks_in_a_state_make_no_header() {
    Browser.Page page = fixture.authorize(fixture.asking("state", "a\r\nSet-Cookie: evil=1"));
    String code = browser.signIn(browser.get(page.location()), "ada", PASSWORD).header("location");
    assertThat(code).contains("state=a%0D%0ASet-Cookie%3A+evil%3D1");
    String refused = fixture.authorize(fixture.asking("prompt", "x")).header("location");
    assertThat(refused).doesNotContain("\r", "\n");
  }

  @Test
  void what_cannot_be_decoded_is_refused() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), primary().getPort())) {
      String request =
          "GET /oauth2/authorize?client_id=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /oauth2/token, 405",
    "GET, /oauth2/revoke, 405",
    "POST, /oauth2/authorize, 405",
    "POST, /logout, 405",
    "GET, /nothing, 404",
    "GET, /, 404"
  })
  void wrong_methods_and_paths_are_refused(String method, String path, int status) {
    Browser.Page page =
        method.equals("GET")
            ? browser.get(primary().resolve(path))
            : browser.post(primary().resolve(path), Map.of());
    assertThat(page.status()).isEqualTo(status);
  }

  @Test
  void the_login_page_escapes_what_it_shows_and_has_no_script() {
    String evil = "\"><script>alert(1)</script><x y='";
    Map<String, String> asking = fixture.asking("login_hint", evil);
    asking.put("state", evil);
    Browser.Page page = login(asking);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).doesNotContain("<script", "<x", "y='");
    assertThat(page.html())
        .contains("autocomplete=\"username\"", "autocomplete=\"current-password\"");
    assertThat(page.field("username")).isEqualTo(evil);
    assertThat(page.header("content-security-policy")).contains("default-src 'none'");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("set-cookie")).contains("HttpOnly", "SameSite=Lax");
    Browser.Page again = browser.signIn(page, "<b>" + evil, "wrong");
    assertThat(again.html()).doesNotContain("<script", "<b>");
  }

  @ParameterizedTest
  @CsvSource({"ada, wrong", "nobody, wrong", "nobody, Correct-Horse-7", "ada, ''", "'', x"})
  void a_wrong_password_shows_the_page_again_and_says_no_more(String username, String password) {
    Browser.Page page = browser.signIn(login(fixture.asking()), username, password);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).contains(WRONG);
    assertThat(browser.signIn(page, "ada", PASSWORD).status()).isEqualTo(302);
  }

  @Test
  void wrong_passwords_count_once_each_towards_the_lockout_of_the_region() {
    Browser.Page page = login(fixture.asking());
    for (int i = 0; i < 5; i++) {
      page = browser.signIn(page, "ada", "wrong" + i);
      assertThat(page.html()).contains(WRONG);
    }
    assertThat(browser.signIn(page, "ada", PASSWORD).html()).contains("Password attempts exceeded");
    SignInFixture.notAuthorized(
        () -> fixture.clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD),
        "Password attempts exceeded");
    assertThat(fixture.clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD)).isNotNull();
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(browser.signIn(page, "ada", PASSWORD).status()).isEqualTo(302);
  }

  @Test
  void a_form_without_the_token_of_its_browser_is_refused_before_the_password_is_looked_at() {
    Browser.Page page = login(fixture.asking());
    Map<String, String> fields = new HashMap<>(Map.of("username", "ada", "password", PASSWORD));
    assertThat(browser.post(page.formAction(), fields).status()).isEqualTo(403);
    fields.put("_csrf", "x");
    assertThat(browser.post(page.formAction(), fields).status()).isEqualTo(403);
    fields.put("_csrf", page.field("_csrf"));
    browser.forget("XSRF");
    assertThat(browser.post(page.formAction(), fields).status()).isEqualTo(403);
    login(fixture.asking()); // another browser's form
    assertThat(browser.post(page.formAction(), fields).status()).isEqualTo(403);
  }

  @Test
  void the_next_authorization_needs_no_password_until_logout() {
    assertThat(fixture.signIn(primary(), fixture.asking()).sent("code")).isNotEmpty();
    fixture.clock.advance(Duration.ofMinutes(10));
    assertThat(fixture.authorize(fixture.asking()).sent("code")).isNotEmpty();
    assertThat(fixture.authorize(fixture.asking("prompt", "none")).sent("code")).isNotEmpty();
    assertThat(fixture.authorize(fixture.asking("prompt", "login")).location().getPath())
        .isEqualTo("/login");

    Browser.Page out =
        browser.get(
            primary()
                .resolve(
                    "/logout?"
                        + Browser.form(
                            Map.of(
                                "client_id", fixture.web.clientId(), "logout_uri", LOGGED_OUT))));
    assertThat(out.header("location")).isEqualTo(LOGGED_OUT);
    assertThat(fixture.authorize(fixture.asking()).location().getPath()).isEqualTo("/login");
  }

  @Test
  void a_session_lives_one_hour_and_is_not_known_in_the_other_region() {
    fixture.signIn(primary(), fixture.asking());
    Browser.Page other =
        browser.get(authorize(fixture.domain(RegionRole.SECONDARY), fixture.asking()));
    assertThat(other.location().getPath()).isEqualTo("/login");
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.authorize(fixture.asking()).location().getPath()).isEqualTo("/login");
  }

  @Test
  void logout_leads_to_registered_addresses_only_or_to_the_login_page() {
    String to = "/logout?client_id=" + fixture.web.clientId();
    for (String bad : List.of("", "&logout_uri=https://evil.example.com", "&redirect_uri=x")) {
      Browser.Page page = browser.get(primary().resolve(to + bad));
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.header("location")).isEmpty();
    }
    Browser.Page page = browser.get(primary().resolve("/logout?" + Browser.form(fixture.asking())));
    assertThat(page.location().getPath()).isEqualTo("/login");
    assertThat(browser.get(page.location()).status()).isEqualTo(200);
  }

  @Test
  void whoever_needs_more_than_a_password_is_told_that_this_login_page_does_not_do_it() {
    fixture.clients.primary.adminCreateUser(
        r -> r.userPoolId(fixture.poolId).username("new").temporaryPassword(PASSWORD));
    Browser.Page page = browser.signIn(login(fixture.asking()), "new", PASSWORD);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.html()).contains("sets no passwords");

    try (DomainFixture strict = new DomainFixture()) {
      strict.clients.primary.setUserPoolMfaConfig(
          r ->
              r.userPoolId(strict.poolId)
                  .mfaConfiguration(UserPoolMfaType.ON)
                  .softwareTokenMfaConfiguration(token -> token.enabled(true)));
      Browser.Page mfa = strict.signIn(strict.domain(RegionRole.PRIMARY), strict.asking());
      assertThat(mfa.status()).isEqualTo(400);
      assertThat(mfa.html()).contains("does no second factors");
      assertThat(strict.emulator.messages("ada")).isEmpty();
    }
  }
}
