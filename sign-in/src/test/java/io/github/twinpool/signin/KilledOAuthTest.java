package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.signin.AuthorizationException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * Each request to the domain is killed in each way, with the other Region up and down: it ends in
 * success or in a typed reason that says to try again, and nothing that is good once is sent twice.
 */
@Order(1) // long: first, so that nobody waits for it alone
class KilledOAuthTest {
  private static final DomainWorld DOMAIN = new DomainWorld();
  private static final SignInWorld WORLD = DOMAIN.world;
  private static final UserPoolClientType ROTATING = DOMAIN.webClient(true);

  private static final Map<String, Outage> OUTAGES =
      Map.ofEntries(
          Map.entry("refused", Outage.refused()),
          Map.entry("blackhole", Outage.blackhole()),
          Map.entry("hang", Outage.hang()),
          Map.entry("sign-in plane hangs", Outage.signInPlaneHang()),
          Map.entry("reset", Outage.reset()),
          Map.entry("500", Outage.internalErrors()),
          Map.entry("503", Outage.serviceUnavailable()),
          Map.entry("answer lost", Outage.answerLost()),
          Map.entry("drips", Outage.drippingBody(Duration.ofMillis(500))));

  /** Those in which a request is worked on, and its client waits for the rest of the answer. */
  private static final Set<String> WORKED_ON = Set.of("answer lost", "drips");

  /** A step of a flow, which is prepared while all is well. */
  enum Step {
    CODE,
    REFRESH,
    ROTATING_REFRESH,
    USER_INFO,
    CLIENT_CREDENTIALS
  }

  /** What every build tries: each kind of end, before and after the request was worked on. */
  private static final List<String> USUAL = List.of("500", "answer lost", "refused");

  static Stream<Arguments> usualCases() {
    return cases(USUAL);
  }

  static Stream<Arguments> allCases() {
    return cases(OUTAGES.keySet().stream().sorted().toList());
  }

  private static Stream<Arguments> cases(List<String> outages) {
    List<Arguments> cases = new ArrayList<>();
    for (Step step : Step.values()) {
      for (String outage : outages) {
        cases.add(Arguments.of(step, outage, false));
        cases.add(Arguments.of(step, outage, true));
      }
    }
    return cases.stream();
  }

  @AfterAll
  static void close() {
    DOMAIN.close();
  }

  @AfterEach
  void recover() {
    for (RegionRole role : RegionRole.values()) {
      WORLD.emulator.region(role).recover();
    }
    WORLD.cognito.endOverride();
  }

  @ParameterizedTest(name = "{0}, {1}, both Regions: {2}")
  @MethodSource("usualCases")
  void a_killed_request_ends_in_success_or_says_to_try_again(
      Step step, String outage, boolean both) {
    kill(step, outage, both);
  }

  @Tag("matrix")
  @ParameterizedTest(name = "{0}, {1}, both Regions: {2}")
  @MethodSource("allCases")
  void a_request_killed_in_any_way_ends_in_success_or_says_to_try_again(
      Step step, String outage, boolean both) {
    kill(step, outage, both);
  }

  private void kill(Step step, String outage, boolean both) {
    // What is killed is where the flow begins, whatever the evidence of the last case says.
    WORLD.cognito.override(RegionRole.PRIMARY, Duration.ofHours(1));
    Callable<?> prepared = prepare(step);
    long duplicates = WORLD.emulator.duplicates();
    Map<RegionRole, Long> before = tokenRequests();

    WORLD.emulator.region(RegionRole.PRIMARY).outage(OUTAGES.get(outage));
    if (both) {
      WORLD.emulator.region(RegionRole.SECONDARY).outage(OUTAGES.get(outage));
    }
    Throwable error = outcome(prepared, outage, both);
    if (error == null) {
      assertThat(both && !answersAnyway(step, outage)).as("somebody answered").isFalse();
    } else {
      assertThat(saysToTryAgain(step, error)).as(error.toString()).isTrue();
    }
    if (!both
        && (step == Step.USER_INFO || step == Step.CLIENT_CREDENTIALS || step == Step.REFRESH)) {
      assertThat(error).as("the other Region is up").isNull();
    }
    if (step == Step.CODE) {
      assertThat(tokenRequests().get(RegionRole.SECONDARY))
          .as("a code is not sent to the other Region")
          .isEqualTo(before.get(RegionRole.SECONDARY));
    }
    recover();
    assertThat(outcome(prepare(step))).as("after the outage").isNull();
    assertThat(WORLD.emulator.duplicates()).isEqualTo(duplicates);
  }

  /** While the sign-in plane hangs, reads are answered. */
  private static boolean answersAnyway(Step step, String outage) {
    return step == Step.USER_INFO && outage.equals("sign-in plane hangs");
  }

  private static Map<RegionRole, Long> tokenRequests() {
    Map<RegionRole, Long> calls = new EnumMap<>(RegionRole.class);
    for (RegionRole role : RegionRole.values()) {
      calls.put(role, WORLD.emulator.region(role).calls("oauth2/token"));
    }
    return calls;
  }

  private static boolean saysToTryAgain(Step step, Throwable error) {
    return switch (step) {
      case CODE ->
          error instanceof AuthorizationException it
              && it.reason() == Reason.INTERRUPTED
              && it.reason().restartable()
              && it.getCause() instanceof DomainUnavailableException;
      case ROTATING_REFRESH ->
          error instanceof DomainUnavailableException
              || (error instanceof SessionEndedException it
                  && it.reason() == SessionEndedException.Reason.ROTATION_OUTCOME_UNKNOWN);
      default -> error instanceof DomainUnavailableException;
    };
  }

  private static Throwable outcome(Callable<?> step) {
    try {
      step.call();
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  /**
   * The outcome; where a request is worked on and gets no whole answer, its time passes at once.
   */
  private static Throwable outcome(Callable<?> step, String outage, boolean both) {
    if (!WORKED_ON.contains(outage)) {
      return outcome(step);
    }
    Map<RegionRole, Long> before = workedOn();
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(() -> outcome(step), it -> new Thread(it, "step").start());
    for (RegionRole role : both ? RegionRole.values() : new RegionRole[] {RegionRole.PRIMARY}) {
      await().until(() -> outcome.isDone() || workedOn().get(role) > before.get(role));
      if (!outcome.isDone()) {
        DOMAIN.limits.pass();
      }
    }
    return outcome.join();
  }

  private static Map<RegionRole, Long> workedOn() {
    Map<RegionRole, Long> calls = tokenRequests();
    calls.replaceAll(
        (role, tokens) -> tokens + WORLD.emulator.region(role).calls("oauth2/userInfo"));
    return calls;
  }

  private static Callable<?> prepare(Step step) {
    return switch (step) {
      case CODE -> {
        AuthorizationCodeFlow flow = DOMAIN.flow();
        AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/"));
        String query =
            DOMAIN.browser().signIn(start.location(), WORLD.person(), SignInWorld.PASSWORD);
        yield () -> flow.finish(query, start.browserState());
      }
      case REFRESH -> expiredSession(DOMAIN.flow());
      case ROTATING_REFRESH -> {
        AuthorizationCodeFlow flow = DOMAIN.flow(WORLD.cognito, ROTATING);
        TokenSession session = flow.session(DOMAIN.signedIn(flow).tokens());
        WORLD.pass(Duration.ofHours(2));
        session.tokens(); // From the first rotation on it is known that they rotate.
        WORLD.pass(Duration.ofHours(2));
        yield session::tokens;
      }
      case USER_INFO -> {
        AuthorizationCodeFlow flow = DOMAIN.flow();
        AuthorizationResult result = DOMAIN.signedIn(flow);
        yield () -> flow.userInfo(result.tokens().accessToken(), result.idToken());
      }
      case CLIENT_CREDENTIALS -> {
        MachineTokens machine = DOMAIN.machineTokens();
        yield () -> machine.token("orders/read");
      }
    };
  }

  private static Callable<?> expiredSession(AuthorizationCodeFlow flow) {
    TokenSession session = flow.session(DOMAIN.signedIn(flow).tokens());
    WORLD.pass(Duration.ofHours(2));
    return session::tokens;
  }

  @ParameterizedTest
  @MethodSource("outages")
  void a_rotating_token_that_was_sent_is_not_sent_again_by_the_next_call(String outage) {
    WORLD.cognito.override(RegionRole.PRIMARY, Duration.ofHours(1));
    Callable<?> refresh = prepare(Step.ROTATING_REFRESH);
    long before = DOMAIN.tokenRequests();
    WORLD.emulator.region(RegionRole.PRIMARY).outage(OUTAGES.get(outage));
    outcome(refresh, outage, false);
    recover();
    assertThatThrownBy(refresh::call).isInstanceOf(SessionEndedException.class);
    assertThat(DOMAIN.tokenRequests() - before).isLessThanOrEqualTo(1);
  }

  static Stream<String> outages() {
    return Stream.of("answer lost", "500", "drips");
  }
}
