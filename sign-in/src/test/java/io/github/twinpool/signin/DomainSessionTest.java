package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that refresh at the domain, at hosts that do what they are told. */
class DomainSessionTest {
  private static final String ID_TOKEN = "eyJhbGciOiJub25lIn0.e30.";

  private final FakeDomain east = new FakeDomain();
  private final FakeDomain west = new FakeDomain();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final TestLimits limits = new TestLimits();
  private final AtomicReference<Supplier<String>> vault =
      new AtomicReference<>(() -> "secret-of-the-web-application");
  private final UserPool pool =
      UserPool.builder("us-east-1_EXAMPLE")
          .secondaryRegion("us-west-2")
          .endpoint(RegionRole.PRIMARY, east.uri())
          .endpoint(RegionRole.SECONDARY, west.uri())
          .updatedIssuerEndpoint(east.uri())
          .domainEndpoint(RegionRole.PRIMARY, domains().east)
          .domainEndpoint(RegionRole.SECONDARY, domains().west)
          .build();
  private final MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build();
  private final TokenValidator validator = TokenValidator.builder(pool).clientId("web").build();
  private final AuthorizationCodeFlow flow =
      AuthorizationCodeFlow.builder(cognito, validator, "web")
          .clientSecret(() -> vault.get().get())
          .redirectUri(URI.create("https://app.example.com/callback"))
          .requestTimeout(DomainWorld.TIMEOUT)
          .timeLimit(limits)
          .clock(now::get)
          .build();
  private FakeDomain eastDomain;
  private FakeDomain westDomain;

  private record Addresses(URI east, URI west) {}

  /** Hosts apart from those of the API, whose probes are to go on. */
  private Addresses domains() {
    if (eastDomain == null) {
      eastDomain = new FakeDomain();
      westDomain = new FakeDomain();
    }
    return new Addresses(eastDomain.uri(), westDomain.uri());
  }

  @AfterEach
  void close() {
    validator.close();
    cognito.close();
    east.close();
    west.close();
    eastDomain.close();
    westDomain.close();
  }

  private TokenSession session(String refreshToken) {
    return flow.session(
        TokenSet.of("access-token", ID_TOKEN, refreshToken, now.get().minusSeconds(1), null));
  }

  private static FakeDomain.Answer tokens(String refreshToken) {
    return (exchange, number) ->
        FakeDomain.send(
            exchange,
            200,
            "application/json",
            "{\"access_token\":\"fresh-%d\",\"id_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600%s}"
                .formatted(
                    number,
                    ID_TOKEN,
                    refreshToken == null ? "" : ",\"refresh_token\":\"" + refreshToken + "\""));
  }

  private void rotationIsSeen() {
    eastDomain.answers(tokens("rotated"));
    session("first-of-somebody-else").tokens();
  }

  private long sent(String refreshToken) {
    return java.util.stream.Stream.of(eastDomain, westDomain)
        .flatMap(it -> it.asked.stream())
        .filter(it -> it.body().contains(refreshToken))
        .count();
  }

  @Test
  void a_secret_that_cannot_be_had_ends_no_session_because_nothing_was_sent() {
    rotationIsSeen();
    TokenSession session = session("token-of-ada");
    vault.set(
        () -> {
          throw new IllegalStateException("the vault is closed");
        });
    assertThatThrownBy(session::tokens)
        .isInstanceOf(ClientSecretUnavailableException.class)
        .hasRootCauseMessage("the vault is closed");
    assertThat(session.ended()).isEmpty();
    vault.set(() -> "secret-of-the-web-application");
    assertThat(session.tokens().accessToken()).startsWith("fresh-");
  }

  @Test
  void rotation_that_another_session_has_seen_is_known_to_those_made_before() {
    TokenSession ada = session("token-of-ada");
    rotationIsSeen();
    eastDomain.stopsInTheMiddle();
    CompletableFuture<TokenSet> tokens = ada.tokensAsync();
    await().until(() -> eastDomain.stoppedInTheMiddle() == 1);
    limits.pass();
    assertThatThrownBy(() -> Calls.join(tokens))
        .isInstanceOfSatisfying(
            SessionEndedException.class,
            it ->
                assertThat(it.reason())
                    .isEqualTo(SessionEndedException.Reason.ROTATION_OUTCOME_UNKNOWN));
    now.updateAndGet(it -> it.plusSeconds(10));
    eastDomain.answers(tokens("rotated"));
    assertThatThrownBy(ada::tokens).isInstanceOf(SessionEndedException.class);
    assertThat(sent("token-of-ada")).isEqualTo(1);
  }

  @Test
  void a_lag_of_replication_ends_no_session_while_the_primary_is_down() {
    TokenSession session = session("young-token");
    eastDomain.answers(500, "");
    westDomain.answers(400, "{\"error\":\"invalid_grant\"}");
    for (int i = 0; i < 3; i++) { // The primary is asked last from the second time on.
      assertThatThrownBy(session::tokens).isInstanceOf(DomainUnavailableException.class);
      now.updateAndGet(it -> it.plusSeconds(5));
    }
    assertThat(session.ended()).isEmpty();
    eastDomain.answers(tokens(null));
    assertThat(session.tokens().accessToken()).startsWith("fresh-");
  }

  @Test
  void what_the_primary_refuses_ends_the_session_also_when_the_secondary_was_asked_first() {
    eastDomain.answers(503, "");
    westDomain.answers(tokens(null));
    session("of-somebody-else").tokens();
    eastDomain.answers(400, "{\"error\":\"invalid_grant\"}");
    westDomain.answers(400, "{\"error\":\"invalid_grant\"}");
    assertThatThrownBy(session("revoked-token")::tokens)
        .isInstanceOfSatisfying(
            SessionEndedException.class,
            it -> assertThat(it.reason()).isEqualTo(SessionEndedException.Reason.REFUSED));
  }
}
