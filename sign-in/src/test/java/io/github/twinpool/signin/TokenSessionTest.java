package io.github.twinpool.signin;

import static io.github.twinpool.signin.SignInWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.signin.SessionEndedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** One person's tokens over hours, at the emulator, whose clock the test holds. */
class TokenSessionTest {
  private SignInWorld world;
  private SignIn signIn;
  private String person;
  private final List<Reason> ends = new CopyOnWriteArrayList<>();
  private final List<TokenSet> refreshes = new CopyOnWriteArrayList<>();
  private final TokenSessionListener listener =
      new TokenSessionListener() {
        @Override
        public void refreshed(TokenSet tokens) {
          refreshes.add(tokens);
        }

        @Override
        public void ended(Reason reason) {
          ends.add(reason);
        }
      };

  @BeforeEach
  void start() {
    world = new SignInWorld();
    signIn = world.signIn();
    person = world.person();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private TokenSet signedIn(SignIn how) {
    SignInStep step = how.start(SignInRequest.password(person, PASSWORD.toCharArray()));
    return ((SignedIn) step).tokens();
  }

  private TokenSession session() {
    return signIn.session(signedIn(signIn), listener);
  }

  private long refreshesAsked() {
    return world.emulator.region(RegionRole.PRIMARY).calls("GetTokensFromRefreshToken")
        + world.emulator.region(RegionRole.SECONDARY).calls("GetTokensFromRefreshToken");
  }

  @Test
  void valid_tokens_are_served_and_nobody_asks_for_others() {
    TokenSession session = session();
    String first = session.tokens().accessToken();
    world.pass(Duration.ofMinutes(50));
    assertThat(session.tokens().accessToken()).isEqualTo(first);
    assertThat(refreshesAsked()).isZero();
    assertThat(session.toString()).doesNotContain(first);
  }

  @Test
  void shortly_before_they_expire_new_ones_are_fetched_while_nobody_waits() {
    TokenSession session = session();
    String first = session.tokens().accessToken();
    world.pass(Duration.ofMinutes(56));
    assertThat(session.tokens().accessToken()).isEqualTo(first);
    await().until(() -> refreshes.size() == 1);
    assertThat(session.tokens().accessToken())
        .isNotEqualTo(first)
        .isEqualTo(refreshes.get(0).accessToken());
    assertThat(refreshesAsked()).isEqualTo(1);
  }

  @Test
  void a_crowd_that_finds_them_expired_waits_for_one_refresh() throws Exception {
    TokenSession session = session();
    world.pass(Duration.ofHours(2));
    world.emulator.region(RegionRole.PRIMARY).latency(Duration.ofMillis(300));
    ExecutorService threads = Executors.newFixedThreadPool(100);
    try {
      List<CompletableFuture<TokenSet>> asked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asked.add(CompletableFuture.supplyAsync(session::tokens, threads));
      }
      Set<String> served =
          asked.stream().map(it -> it.join().accessToken()).collect(Collectors.toSet());
      assertThat(served).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(refreshesAsked()).isEqualTo(1);
  }

  @Test
  void a_failover_goes_unnoticed() {
    TokenSession session = session();
    world.emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    world.pass(Duration.ofHours(2));
    assertThat(session.tokens().expiresAt()).isAfter(world.now.get());
    assertThat(world.emulator.region(RegionRole.SECONDARY).calls("GetTokensFromRefreshToken"))
        .isEqualTo(1);
    assertThat(ends).isEmpty();
  }

  @Test
  void while_both_regions_are_down_valid_tokens_are_served_and_expired_ones_are_an_outage() {
    TokenSession session = session();
    world.emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    world.emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
    String first = session.tokens().accessToken();
    world.pass(Duration.ofMinutes(59));
    for (int i = 0; i < 20; i++) {
      assertThat(session.tokens().accessToken()).isEqualTo(first);
    }
    world.pass(Duration.ofMinutes(1));
    assertThatThrownBy(session::tokens).isInstanceOf(RegionsUnavailableException.class);
    assertThat(session.ended()).isEmpty();

    world.emulator.region(RegionRole.SECONDARY).recover();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(session.tokens().accessToken()).isNotEqualTo(first));
    assertThat(ends).isEmpty();
  }

  @Test
  void a_refused_refresh_ends_the_session_once() {
    TokenSession session = session();
    world.primary().adminUserGlobalSignOut(it -> it.userPoolId(world.poolId).username(person));
    world.pass(Duration.ofHours(2));
    assertThatThrownBy(session::tokens)
        .hasCauseInstanceOf(NotAuthorizedException.class)
        .asInstanceOf(type(SessionEndedException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.REFUSED));
    assertThatThrownBy(session::tokens).isInstanceOf(SessionEndedException.class);
    assertThat(refreshesAsked()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(ends).containsExactly(Reason.REFUSED));
    assertThat(session.ended()).contains(Reason.REFUSED);
  }

  @Test
  void signing_out_revokes_the_tokens_and_ends_the_session() {
    TokenSession session = session();
    TokenSet last = session.tokens();
    session.signOut();
    assertThat(ends).containsExactly(Reason.SIGNED_OUT);
    assertThatThrownBy(session::tokens).isInstanceOf(SessionEndedException.class);
    TokenSession copy = signIn.session(last);
    world.pass(Duration.ofHours(2));
    assertThatThrownBy(copy::tokens)
        .asInstanceOf(type(SessionEndedException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.REFUSED));
  }

  @Test
  void signing_out_during_a_failover_reaches_both_regions() {
    TokenSession session = session();
    world.onSecondary();
    session.signOut();
    await()
        .untilAsserted(
            () -> {
              assertThat(world.emulator.region(RegionRole.PRIMARY).calls("RevokeToken"))
                  .isEqualTo(1);
              assertThat(world.emulator.region(RegionRole.SECONDARY).calls("RevokeToken"))
                  .isEqualTo(1);
            });
  }

  @Test
  void signing_out_everywhere_ends_other_sessions_too() {
    TokenSession session = session();
    TokenSession other = session();
    session.signOutEverywhere();
    world.pass(Duration.ofHours(2));
    assertThatThrownBy(other::tokens).isInstanceOf(SessionEndedException.class);
  }

  @Test
  void a_session_is_over_here_even_when_nobody_can_be_told() {
    TokenSession session = session();
    world.emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    world.emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
    assertThatThrownBy(session::signOut).isInstanceOf(RegionsUnavailableException.class);
    assertThatThrownBy(session::tokens).isInstanceOf(SessionEndedException.class);
    world.emulator.region(RegionRole.PRIMARY).recover();
    await().ignoreExceptions().untilAsserted(session::signOut);
  }

  @Test
  void without_a_refresh_token_the_session_ends_with_its_tokens() {
    TokenSet tokens = signedIn(signIn);
    TokenSession session =
        signIn.session(
            TokenSet.of(tokens.accessToken(), tokens.idToken(), null, tokens.expiresAt(), null));
    world.pass(Duration.ofMinutes(59));
    assertThat(session.tokens().accessToken()).isEqualTo(tokens.accessToken());
    world.pass(Duration.ofMinutes(1));
    assertThatThrownBy(session::tokens)
        .asInstanceOf(type(SessionEndedException.class))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NO_REFRESH_TOKEN));
  }

  /** A session that holds the tokens of another one until they expire, and cannot refresh them. */
  private TokenSession withoutRefreshToken() {
    TokenSet tokens = signedIn(signIn);
    return signIn.session(
        TokenSet.of(tokens.accessToken(), tokens.idToken(), null, tokens.expiresAt(), null),
        listener);
  }

  @Test
  void a_session_without_a_refresh_token_knows_of_its_end_and_tells_once() {
    TokenSession session = withoutRefreshToken();
    assertThat(session.ended()).isEmpty();
    world.pass(Duration.ofMinutes(60));
    assertThat(session.ended()).contains(Reason.NO_REFRESH_TOKEN);
    assertThat(session.toString()).contains("NO_REFRESH_TOKEN");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(session::tokens).isInstanceOf(SessionEndedException.class);
    }
    session.signOut();
    assertThat(session.ended()).contains(Reason.NO_REFRESH_TOKEN);
    assertThat(ends).containsExactly(Reason.NO_REFRESH_TOKEN);
  }

  @Test
  void a_wrong_client_secret_is_a_refusal_of_the_client_and_no_end_of_the_session() {
    UserPoolClientType client = secretClient();
    AtomicReference<String> vault = new AtomicReference<>(client.clientSecret());
    SignIn confidential =
        SignIn.builder(world.cognito, client.clientId())
            .clientSecret(vault::get)
            .clock(world.clock())
            .build();
    TokenSession session = confidential.session(signedIn(confidential), listener);
    world.pass(Duration.ofHours(2));
    vault.set("the_secret_of_yesterday_1234");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(session::tokens).isInstanceOf(NotAuthorizedException.class);
      assertThat(session.ended()).isEmpty();
    }
    vault.set(client.clientSecret());
    assertThat(session.tokens().expiresAt()).isAfter(world.now.get());
    assertThat(ends).isEmpty();
  }

  private UserPoolClientType secretClient() {
    String clientId = world.client(true);
    return world
        .primary()
        .describeUserPoolClient(it -> it.userPoolId(world.poolId).clientId(clientId))
        .userPoolClient();
  }

  @Test
  void a_listener_that_throws_changes_nothing() {
    TokenSession session =
        signIn.session(
            signedIn(signIn),
            new TokenSessionListener() {
              @Override
              public void refreshed(TokenSet tokens) {
                throw new IllegalStateException("not today");
              }
            });
    world.pass(Duration.ofHours(2));
    assertThat(session.tokens().expiresAt()).isAfter(world.now.get());
  }

  private String rotatingClient() {
    return world
        .primary()
        .createUserPoolClient(
            it ->
                it.userPoolId(world.poolId)
                    .clientName("rotating")
                    .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH")
                    .refreshTokenRotation(r -> r.feature("ENABLED").retryGracePeriodSeconds(0)))
        .userPoolClient()
        .clientId();
  }

  @Test
  void a_rotated_refresh_token_replaces_the_one_before() {
    SignIn rotating = SignIn.builder(world.cognito, rotatingClient()).clock(world.clock()).build();
    TokenSet first = signedIn(rotating);
    TokenSession session = rotating.session(first, listener);
    for (int i = 1; i <= 3; i++) {
      world.pass(Duration.ofHours(2));
      session.tokens();
      assertThat(refreshesAsked()).isEqualTo(i);
    }
    assertThat(session.tokens().refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(ends).isEmpty();
  }

  @Test
  void a_rotated_token_that_arrives_after_the_sign_out_is_revoked_too() {
    SignIn rotating = SignIn.builder(world.cognito, rotatingClient()).clock(world.clock()).build();
    TokenSession session = rotating.session(signedIn(rotating), listener);
    world.pass(Duration.ofHours(2));
    session.tokens();
    world.pass(Duration.ofHours(2));
    EmulatedRegion primary = world.emulator.region(RegionRole.PRIMARY);
    primary.latency(Duration.ofMillis(500));
    CompletableFuture<TokenSet> underWay = session.tokensAsync();
    await().until(() -> refreshesAsked() == 2); // and the answer is on its way
    session.signOut();
    assertThatThrownBy(underWay::join).hasCauseInstanceOf(SessionEndedException.class);
    await().untilAsserted(() -> assertThat(primary.calls("RevokeToken")).isEqualTo(2));
    assertThat(ends).containsExactly(Reason.SIGNED_OUT);
  }

  @Test
  void a_rotating_token_whose_answer_was_lost_is_not_sent_again() {
    String clientId = rotatingClient();
    try (MultiRegionCognito cognito =
        world.cognitoBuilder().policy(SignInWorld.QUICK).refreshRotation(clientId).build()) {
      SignIn rotating = SignIn.builder(cognito, clientId).clock(world.clock()).build();
      TokenSession session = rotating.session(signedIn(rotating), listener);
      // The first refresh makes the async client. Later ones are sent at once, before a probe can
      // find the outage and the refresh begin in the secondary.
      world.pass(Duration.ofHours(2));
      session.tokens();
      world.emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
      world.pass(Duration.ofMinutes(57));
      String last = session.tokens().accessToken();
      await().until(() -> !ends.isEmpty());
      world.emulator.region(RegionRole.PRIMARY).recover();
      assertThat(session.tokens().accessToken()).isEqualTo(last);
      assertThat(session.ended()).as("while it serves the last tokens").isEmpty();
      world.pass(Duration.ofMinutes(3));
      assertThat(session.ended()).contains(Reason.ROTATION_OUTCOME_UNKNOWN);
      assertThatThrownBy(session::tokens)
          .asInstanceOf(type(SessionEndedException.class))
          .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.ROTATION_OUTCOME_UNKNOWN));
      assertThat(session.ended()).contains(Reason.ROTATION_OUTCOME_UNKNOWN);
      assertThat(ends).containsExactly(Reason.ROTATION_OUTCOME_UNKNOWN);
      assertThat(world.emulator.region(RegionRole.SECONDARY).calls("GetTokensFromRefreshToken"))
          .isZero();
    }
  }

  @Test
  void a_rotating_token_that_was_not_sent_moves() {
    String clientId = rotatingClient();
    try (MultiRegionCognito cognito =
        world.cognitoBuilder().policy(SignInWorld.QUICK).refreshRotation(clientId).build()) {
      SignIn rotating = SignIn.builder(cognito, clientId).clock(world.clock()).build();
      TokenSession session = rotating.session(signedIn(rotating), listener);
      world.emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
      world.pass(Duration.ofHours(2));
      assertThat(session.tokens().expiresAt()).isAfter(world.now.get());
      assertThat(ends).isEmpty();
    }
  }
}
