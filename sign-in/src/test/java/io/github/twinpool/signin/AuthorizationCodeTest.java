package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.RejectionCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link AuthorizationCodeFlow} and a browser at the emulator's domains. */
class AuthorizationCodeTest {
  private static final DomainWorld DOMAIN = new DomainWorld();
  private static final SignInWorld WORLD = DOMAIN.world;
  private final AuthorizationCodeFlow flow = DOMAIN.flow();

  @AfterAll
  static void close() {
    DOMAIN.close();
  }

  @AfterEach
  void recover() {
    WORLD.cognito.endOverride();
  }

  private static String code(String query) {
    return URLUtils.parseParameters(query).get("code").get(0);
  }

  private static String state(String query) {
    return URLUtils.parseParameters(query).get("state").get(0);
  }

  @Test
  void a_person_signs_in_and_the_tokens_are_good() {
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/orders?page=2"));
    String person = WORLD.person();
    String query = DOMAIN.browser().signIn(start.location(), person, SignInWorld.PASSWORD);
    AuthorizationResult result = flow.finish(query, start.browserState());
    assertThat(result.returnTarget()).isEqualTo("/orders?page=2");
    assertThat(result.idToken().username()).contains(person);
    assertThat(result.idToken().email()).contains(person + "@example.com");
    assertThat(DOMAIN.validator.validateAccessToken(result.tokens().accessToken()).scopes())
        .containsExactlyInAnyOrder("openid", "email", "profile");
    assertThat(result.tokens().expiresAt()).isEqualTo(WORLD.now.get().plusSeconds(3600));
    assertThat(result.toString()).doesNotContain(result.tokens().accessToken());
  }

  @Test
  void an_async_sign_in_in_the_secondary_gives_tokens_of_the_same_issuer() {
    WORLD.onSecondary();
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/"));
    assertThat(start.location().toString())
        .startsWith(WORLD.emulator.domain(RegionRole.SECONDARY).toString());
    String query = DOMAIN.browser().signIn(start.location(), WORLD.person(), SignInWorld.PASSWORD);
    WORLD.cognito.endOverride();
    AuthorizationResult result = flow.finishAsync(query, start.browserState()).join();
    assertThat(result.idToken().issuer()).contains("us-east-1");
  }

  @Test
  void a_code_of_another_browser_is_refused_because_the_verifier_is_not_its_own() {
    AuthorizationStart attacker = flow.start(AuthorizationRequest.returningTo("/"));
    AuthorizationStart victim = flow.start(AuthorizationRequest.returningTo("/"));
    String stolen =
        code(DOMAIN.browser().signIn(attacker.location(), WORLD.person(), SignInWorld.PASSWORD));
    String state = URLUtils.parseParameters(victim.location().getRawQuery()).get("state").get(0);
    assertThatThrownBy(
            () -> flow.finish("code=" + stolen + "&state=" + state, victim.browserState()))
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CODE))
        .satisfies(it -> assertThat(it.getMessage()).doesNotContain(stolen));
  }

  @Test
  void an_id_token_of_another_sign_in_is_refused_by_its_nonce() {
    TokenSet genuine = DOMAIN.signedIn(flow).tokens();
    try (FakeDomain lying = new FakeDomain();
        MultiRegionCognito cognito = cognitoAt(lying)) {
      AuthorizationCodeFlow deceived = DOMAIN.flow(cognito, DOMAIN.web);
      lying.answers(200, tokenResponse(genuine.accessToken(), genuine.idToken()));
      AuthorizationStart start = deceived.start(AuthorizationRequest.returningTo("/"));
      assertThatThrownBy(() -> deceived.finish(answer(start), start.browserState()))
          .asInstanceOf(type(AuthorizationException.class))
          .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.ID_TOKEN))
          .satisfies(
              it ->
                  assertThat(it.getCause())
                      .asInstanceOf(type(InvalidTokenException.class))
                      .satisfies(
                          why -> assertThat(why.code()).isEqualTo(RejectionCode.WRONG_NONCE)));
    }
  }

  @Test
  void an_id_token_that_does_not_belong_to_the_access_token_is_refused() {
    String foreign = DOMAIN.signedIn(flow).tokens().accessToken();
    try (FakeDomain relay = new FakeDomain();
        MultiRegionCognito cognito = cognitoAt(relay)) {
      relay.answers(
          (exchange, number) ->
              FakeDomain.send(
                  exchange,
                  200,
                  "application/json",
                  relayed(relay.asked.get(number - 1))
                      .replaceFirst("(\"access_token\" ?: ?\")[^\"]*", "$1" + foreign)));
      AuthorizationCodeFlow deceived = DOMAIN.flow(cognito, DOMAIN.web);
      AuthorizationStart start = deceived.start(AuthorizationRequest.returningTo("/"));
      URI genuine =
          WORLD
              .emulator
              .domain(RegionRole.PRIMARY)
              .resolve(start.location().getRawPath() + "?" + start.location().getRawQuery());
      String query = DOMAIN.browser().signIn(genuine, WORLD.person(), SignInWorld.PASSWORD);
      assertThatThrownBy(() -> deceived.finish(query, start.browserState()))
          .hasNoCause()
          .asInstanceOf(type(AuthorizationException.class))
          .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.ID_TOKEN));
    }
  }

  /** What the genuine token endpoint answers to a request that went astray. */
  private static String relayed(FakeDomain.Asked asked) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      WORLD.emulator.domain(RegionRole.PRIMARY).resolve(asked.path()))
                  .header("Authorization", asked.authorization())
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(asked.body()))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String answer(AuthorizationStart start) {
    return "code=any&state="
        + URLUtils.parseParameters(start.location().getRawQuery()).get("state").get(0);
  }

  private static String tokenResponse(String accessToken, String idToken) {
    return "{\"access_token\":\"%s\",\"id_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
        .formatted(accessToken, idToken);
  }

  private static MultiRegionCognito cognitoAt(FakeDomain domain) {
    UserPool pool =
        WORLD.emulator.userPool().toBuilder()
            .domainEndpoint(RegionRole.PRIMARY, domain.uri())
            .domainEndpoint(RegionRole.SECONDARY, domain.uri())
            .build();
    return MultiRegionCognito.builder(pool).build();
  }

  @Test
  void a_session_refreshes_at_the_domain_in_either_region() {
    AuthorizationResult result = DOMAIN.signedIn(flow);
    TokenSession session = flow.session(result.tokens());
    long before = DOMAIN.tokenRequests();
    WORLD.pass(Duration.ofHours(2));
    TokenSet second = session.tokens();
    assertThat(second.accessToken()).isNotEqualTo(result.tokens().accessToken());
    WORLD.onSecondary();
    WORLD.pass(Duration.ofHours(2));
    TokenSet third = session.tokens();
    assertThat(third.accessToken()).isNotEqualTo(second.accessToken());
    assertThat(DOMAIN.tokenRequests()).isEqualTo(before + 2);
    assertThat(DOMAIN.validator.validateIdToken(third.idToken()).subject())
        .isEqualTo(result.idToken().subject());
    assertThat(WORLD.emulator.region(RegionRole.PRIMARY).calls("GetTokensFromRefreshToken"))
        .isZero();
  }

  @Test
  void signing_out_revokes_the_refresh_token() {
    AuthorizationResult result = DOMAIN.signedIn(flow);
    TokenSession session = flow.session(result.tokens());
    session.signOut();
    assertThatThrownBy(session::tokens).isInstanceOf(SessionEndedException.class);
    TokenSession copy = flow.session(result.tokens());
    WORLD.pass(Duration.ofHours(2));
    assertThatThrownBy(copy::tokens)
        .hasCauseInstanceOf(OAuthErrorException.class)
        .asInstanceOf(type(SessionEndedException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(SessionEndedException.Reason.REFUSED));
  }

  @Test
  void user_info_is_about_the_person_who_signed_in() {
    AuthorizationResult ada = DOMAIN.signedIn(flow);
    AuthorizationResult eve = DOMAIN.signedIn(flow);
    Map<String, Object> claims = flow.userInfo(ada.tokens().accessToken(), ada.idToken());
    assertThat(claims)
        .containsEntry("sub", ada.idToken().subject())
        .containsEntry("email", ada.idToken().email().orElseThrow());
    assertThatThrownBy(() -> flow.userInfo(eve.tokens().accessToken(), ada.idToken()))
        .isInstanceOf(SignInProtocolException.class);
    assertThatThrownBy(() -> flow.userInfo("forged", ada.idToken()))
        .asInstanceOf(type(OAuthErrorException.class))
        .satisfies(it -> assertThat(it.status()).isEqualTo(401));
  }

  @Test
  void a_browser_that_signed_out_is_asked_again() {
    Browser browser = DOMAIN.browser();
    String person = WORLD.person();
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/"));
    browser.signIn(start.location(), person, SignInWorld.PASSWORD);
    AuthorizationStart again = flow.start(AuthorizationRequest.returningTo("/"));
    String query = browser.open(again.location()).uri().getRawQuery();
    assertThat(flow.finish(query, again.browserState()).idToken().username()).contains(person);
    browser.open(flow.logoutLocation());
    AuthorizationStart third = flow.start(AuthorizationRequest.returningTo("/"));
    assertThat(browser.open(third.location()).body()).contains("<form");
  }

  @Test
  void a_wrong_password_is_asked_for_again_by_the_domain() {
    Browser browser = DOMAIN.browser();
    String person = WORLD.person();
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/"));
    Browser.Page again =
        browser.submit(
            browser.open(start.location()), Map.of("username", person, "password", "Wrong-1234"));
    assertThat(again.body()).contains("Incorrect username or password");
    String query = browser.submit(again, DomainWorld.credentials(person)).uri().getRawQuery();
    assertThat(state(query)).isNotEmpty();
    assertThat(flow.finish(query, start.browserState()).idToken().username()).contains(person);
  }

  @Test
  void a_machine_gets_a_token_that_is_good_for_its_scope_in_either_region() {
    for (RegionRole role : List.of(RegionRole.PRIMARY, RegionRole.SECONDARY)) {
      WORLD.cognito.override(role, Duration.ofHours(1));
      MachineToken token = DOMAIN.machineTokens().token("orders/read");
      assertThat(DOMAIN.validator.validateAccessToken(token.accessToken()))
          .satisfies(it -> assertThat(it.scopes()).containsExactly("orders/read"))
          .satisfies(it -> assertThat(it.isMachine()).isTrue());
    }
    assertThatThrownBy(() -> DOMAIN.machineTokens().token("orders/write"))
        .isInstanceOf(OAuthErrorException.class);
  }

  @Test
  void a_federated_person_signs_in_at_the_secondary_once_the_primary_knows_them() {
    WORLD.emulator.identityProvider().addUser("e-17", "eve@corp.example");
    WORLD.onSecondary();
    assertThatThrownBy(this::federated)
        .asInstanceOf(type(AuthorizationException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.REFUSED))
        .satisfies(it -> assertThat(it.error()).isPresent());
    WORLD.cognito.override(RegionRole.PRIMARY, Duration.ofHours(1));
    AuthorizationResult first = federated();
    assertThat(first.idToken().email()).contains("eve@corp.example");
    WORLD.onSecondary();
    assertThat(federated().idToken().subject()).isEqualTo(first.idToken().subject());
  }

  private AuthorizationResult federated() {
    AuthorizationStart start =
        flow.start(AuthorizationRequest.returningTo("/").identityProvider(DomainWorld.PROVIDER));
    Browser browser = DOMAIN.browser();
    Browser.Page end =
        browser.submit(browser.open(start.location()), Map.of("username", "eve@corp.example"));
    return flow.finish(end.uri().getRawQuery(), start.browserState());
  }

  @Test
  void a_custom_domain_signs_in_wherever_cognito_has_it_served() {
    UserPool pool =
        WORLD.emulator.userPool().toBuilder()
            .domainEndpoint(RegionRole.PRIMARY, WORLD.emulator.customDomain())
            .domainEndpoint(RegionRole.SECONDARY, WORLD.emulator.customDomain())
            .build();
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build()) {
      AuthorizationCodeFlow custom = DOMAIN.flow(cognito, DOMAIN.web);
      for (boolean healthy : new boolean[] {true, false}) {
        WORLD.emulator.domainHealth(healthy);
        assertThat(DOMAIN.signedIn(custom).tokens().refreshToken()).isPresent();
      }
    } finally {
      WORLD.emulator.domainHealth(true);
    }
  }
}
