package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.ServedCall;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.signin.ScriptedFlow.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/**
 * A Region is killed before, during or after each request of each sign-in. The person signs in, or
 * gets a reason that an application can tell by its type: never a hang, and nothing that looks like
 * a wrong password. What Cognito has answered is not sent again, as the emulator counts it.
 */
@Order(1) // long: first, so that nobody waits for it alone
class KilledSignInTest {
  private static final int AT_ONCE = 8;

  /** How the Region dies when a request is about to leave. */
  @SuppressWarnings("ImmutableEnumChecker") // Its suppliers hold nothing.
  enum Kill {
    BEFORE(Outage::refused),
    DURING(Outage::hang),
    AFTER(Outage::answerLost),
    WITH_ERRORS(Outage::internalErrors);

    final Supplier<Outage> outage;

    Kill(Supplier<Outage> outage) {
      this.outage = outage;
    }
  }

  /** Where the failover stands when the sign-in begins. */
  enum State {
    PRIMARY,
    /** Failed over, the primary still down: both are down after the kill. */
    FAILED_OVER,
    /** Failed over, the primary well again but not yet believed. */
    PRIMARY_IS_BACK,
    /** Failback at 50 %, by a person whom it sends to the primary. */
    FAILBACK_TO_PRIMARY,
    /** Failback at 50 %, by a person whom it leaves at the secondary. */
    FAILBACK_AT_SECONDARY;

    boolean isFailback() {
      return this == FAILBACK_TO_PRIMARY || this == FAILBACK_AT_SECONDARY;
    }
  }

  record Case(ScriptedFlow flow, int request, Kill kill, State state) {}

  private static Stream<Case> cases(List<ScriptedFlow> flows, List<State> states) {
    return flows.stream()
        .flatMap(
            flow ->
                Stream.iterate(1, it -> it + 1)
                    .limit(flow.requests)
                    .flatMap(
                        request ->
                            Stream.of(Kill.values())
                                .flatMap(
                                    kill ->
                                        states.stream()
                                            .map(s -> new Case(flow, request, kill, s)))));
  }

  @Test
  @Tag("slow")
  void a_sign_in_killed_in_each_way() throws Exception {
    run(
        Stream.concat(
                cases(List.of(ScriptedFlow.SRP), List.of(State.PRIMARY)),
                Stream.of(new Case(ScriptedFlow.SRP, 2, Kill.AFTER, State.FAILBACK_TO_PRIMARY)))
            .toList());
  }

  @Test
  @Tag("slow")
  void sign_ins_with_a_second_factor_and_in_other_modes() throws Exception {
    run(
        Stream.concat(
                cases(
                    List.of(ScriptedFlow.SRP_AND_SMS, ScriptedFlow.CHOICE_OF_SRP),
                    List.of(State.PRIMARY)),
                Stream.of(
                    new Case(ScriptedFlow.SRP, 2, Kill.DURING, State.FAILED_OVER),
                    new Case(ScriptedFlow.SRP, 2, Kill.AFTER, State.PRIMARY_IS_BACK),
                    new Case(ScriptedFlow.SRP, 2, Kill.AFTER, State.FAILBACK_TO_PRIMARY),
                    new Case(ScriptedFlow.SRP, 2, Kill.DURING, State.FAILBACK_AT_SECONDARY)))
            .toList());
  }

  @Test
  @Tag("matrix")
  void every_sign_in_at_each_request() throws Exception {
    String only = System.getProperty("twinpool.matrix.only", "");
    run(
        cases(List.of(ScriptedFlow.values()), List.of(State.values()))
            .filter(it -> it.toString().matches(only.isEmpty() ? ".*" : only))
            .toList());
  }

  private static void run(List<Case> cases) throws Exception {
    assertThat(cases).isNotEmpty();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (Case one : cases) {
        results.add(threads.submit(() -> complaint(one)));
      }
      SoftAssertions all = new SoftAssertions();
      for (int i = 0; i < results.size(); i++) {
        all.assertThat(results.get(i).get(10, TimeUnit.MINUTES)).as("%s", cases.get(i)).isEmpty();
      }
      all.assertAll();
    } finally {
      threads.shutdownNow();
    }
  }

  private static String complaint(Case one) {
    try (World world = new World(one)) {
      world.prepare();
      return world.run();
    } catch (RuntimeException | AssertionError e) {
      return "not even prepared: " + e;
    }
  }

  private static final class World implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Case one;
    private final SignInWorld world;
    private final AtomicInteger requests = new AtomicInteger(Integer.MIN_VALUE);
    private final MultiRegionCognito cognito;
    private final SignIn signIn;
    private volatile @Nullable Visitor visitor;

    World(Case one) {
      this.one = one;
      world = new SignInWorld(TestEmulators.builder().customChallenges(SignInWorld.challenges()));
      cognito =
          world
              .cognitoBuilder()
              .policy(policy(one.state))
              .clients(
                  (role, client) ->
                      client.overrideConfiguration(it -> it.addExecutionInterceptor(killer(role))))
              .build();
      signIn = SignIn.builder(cognito, world.clientId).clock(world.clock()).build();
    }

    private static FailoverPolicy policy(State state) {
      return FailoverPolicy.builder()
          .dwell(state.isFailback() ? Duration.ofSeconds(1) : Duration.ofMinutes(10))
          .failbackStep(Duration.ofSeconds(2))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();
    }

    private ExecutionInterceptor killer(RegionRole role) {
      return new ExecutionInterceptor() {
        @Override
        public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
          if (requests.incrementAndGet() == one.request) {
            world.emulator.region(role).outage(one.kill.outage.get());
          }
        }
      };
    }

    void prepare() {
      Visitor person = new Visitor(world, signIn, name());
      visitor = person;
      one.flow.prepare(person);
      EmulatedRegion primary = world.emulator.region(RegionRole.PRIMARY);
      if (one.state == State.PRIMARY) {
        return;
      }
      primary.outage(Outage.refused());
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                anyCall();
                return cognito.status().mode() == FailoverMode.SECONDARY;
              });
      if (one.state == State.FAILED_OVER) {
        return;
      }
      primary.recover();
      if (one.state.isFailback()) {
        await().pollInterval(Duration.ofMillis(20)).atMost(LONGEST).until(this::isAtFiftyPercent);
      }
    }

    /**
     * Whether somebody is sent to the primary who is among the first 50 %, but not the first 10.
     */
    private boolean isAtFiftyPercent() {
      String somebody =
          Stream.iterate(0, it -> it + 1)
              .map(it -> "nobody-" + it)
              .filter(it -> Math.floorMod(it.hashCode(), 100) >= 10)
              .filter(it -> Math.floorMod(it.hashCode(), 100) < 50)
              .findFirst()
              .orElseThrow();
      try {
        cognito
            .client()
            .initiateAuth(
                it ->
                    it.clientId(world.clientId)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", somebody, "PASSWORD", "none")));
      } catch (SdkException expected) {
        // There is no such user.
      }
      // Probes are calls, too.
      List<ServedCall> served =
          world.emulator.served().stream()
              .filter(it -> it.operation().equals("InitiateAuth"))
              .toList();
      return cognito.status().mode() == FailoverMode.FAILBACK
          && served.get(served.size() - 1).role() == RegionRole.PRIMARY;
    }

    /** People with such a name hash to the half that a failback of 50 % sends to the primary. */
    private String name() {
      String name;
      boolean primarys;
      do {
        name = world.person();
        primarys = Math.floorMod(name.hashCode(), 100) < 50;
      } while (one.state.isFailback() && primarys != (one.state == State.FAILBACK_TO_PRIMARY));
      return name;
    }

    private void anyCall() {
      try {
        cognito.client().getUser(it -> it.accessToken("no token"));
      } catch (SdkException expected) {
        // What it says does not matter here.
      }
    }

    String run() {
      int before = world.emulator.served().size();
      requests.set(0);
      String outcome = outcome();
      if (requests.get() < one.request && one.state == State.PRIMARY) {
        return "the flow has no request " + one.request + ": " + outcome;
      }
      List<ServedCall> refused =
          world.emulator.served().stream()
              .skip(before)
              .filter(it -> it.errorType().equals("NotAuthorizedException"))
              .filter(it -> it.operation().contains("Auth"))
              .toList();
      long repeated =
          world.emulator.region(RegionRole.PRIMARY).duplicates("RespondToAuthChallenge")
              + world.emulator.region(RegionRole.SECONDARY).duplicates("RespondToAuthChallenge");
      String complaint = complaint(outcome);
      if (!refused.isEmpty()) {
        complaint += " refused: " + refused;
      }
      if (repeated > 0) {
        complaint += " answers sent again: " + repeated;
      }
      return complaint;
    }

    private String outcome() {
      Visitor person = visitor;
      if (person == null) {
        throw new IllegalStateException("not prepared");
      }
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        return thread
            .submit(
                () -> {
                  try {
                    one.flow.run(person);
                    return "SIGNED_IN";
                  } catch (RuntimeException e) {
                    return e.getClass().getSimpleName();
                  }
                })
            .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      } catch (Exception e) {
        return "HANG";
      } finally {
        thread.shutdownNow();
      }
    }

    private String complaint(String outcome) {
      List<String> typed = new ArrayList<>();
      boolean otherRegionIsWell = one.state != State.FAILED_OVER;
      if (outcome.equals("SIGNED_IN")) {
        return "";
      }
      if (!otherRegionIsWell) {
        typed.add(RegionsUnavailableException.class.getSimpleName());
      }
      if (!otherRegionIsWell || one.flow.needs != Needs.NOTHING) {
        typed.add(SignInInterruptedException.class.getSimpleName());
      }
      if (one.flow.needs == Needs.PRIMARY) {
        typed.add(CapabilityUnavailableException.class.getSimpleName());
        // Setting up goes to the primary alone, and is not sent elsewhere when it fails.
        typed.add(RegionsUnavailableException.class.getSimpleName());
        typed.add("InternalErrorException");
      }
      return typed.contains(outcome) ? "" : "ended with " + outcome;
    }

    @Override
    public void close() {
      cognito.close();
      world.close();
    }
  }
}
