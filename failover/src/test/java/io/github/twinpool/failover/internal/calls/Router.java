package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.FailoverStatus;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.ProbeResult;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.Prober;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** A real router, engine and state machine in virtual time; what is sent ends as the test says. */
final class Router {
  static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
  static final CallLimits DEFAULTS = new CallLimits(Duration.ofSeconds(12), null);

  /** One attempt that was begun. */
  record Sent(RegionRole role, CompletableFuture<Object> future, long at) {}

  final VirtualTime time = new VirtualTime();
  final List<Sent> sent = new ArrayList<>();
  final Set<RegionRole> probesFail = EnumSet.noneOf(RegionRole.class);
  final GuardedFailover engine;
  final RegionRouter router;
  final ListenerDispatcher listeners;

  Router() {
    this(FailoverPolicy.defaults(), 1_000);
  }

  Router(FailoverPolicy policy, int maxConcurrentCalls, FailoverListener... listeners) {
    this.listeners = new ListenerDispatcher(List.of(listeners));
    FailoverStateMachine machine = new FailoverStateMachine(policy, true, new Random(1), 0);
    Prober prober =
        (role, kind, result) ->
            time.execute(
                () ->
                    result.accept(
                        probesFail.contains(role) ? ProbeResult.FAILED : ProbeResult.ALIVE));
    engine = new GuardedFailover(POOL, machine, time::now, prober, this.listeners);
    router = new RegionRouter(POOL, engine, policy.hedgeAfter(), time, time, maxConcurrentCalls);
    pass(Duration.ofSeconds(1));
  }

  static FailoverPolicy hedging() {
    return FailoverPolicy.builder().hedgeAfter(Duration.ofMillis(300)).build();
  }

  void pass(Duration duration) {
    long end = time.now() + duration.toNanos();
    while (time.now() < end) {
      time.passTo(Math.min(end, time.now() + Machine.TICK));
      engine.tick();
      router.tick();
      time.runDue();
    }
  }

  CompletableFuture<Object> call(String operation) {
    return call(RoutingNeeds.of(OperationSupport.of(operation)), DEFAULTS);
  }

  CompletableFuture<Object> call(RoutingNeeds needs) {
    return call(needs, DEFAULTS);
  }

  CompletableFuture<Object> call(RoutingNeeds needs, CallLimits limits) {
    return router.call(needs, limits, sender());
  }

  RegionSender sender() {
    return new RegionSender() {
      @Override
      public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
        Sent it = new Sent(role, new CompletableFuture<>(), time.now());
        sent.add(it);
        return it.future();
      }

      @Override
      public Object answer(RegionRole role, Object answer) {
        return answer;
      }
    };
  }

  static RoutingNeeds rotating() {
    return new RoutingNeeds(
        OperationSupport.of("GetTokensFromRefreshToken"), null, false, null, true, false, false);
  }

  static RoutingNeeds hedgeable() {
    return new RoutingNeeds(OperationSupport.of("GetUser"), null, false, null, false, true, false);
  }

  static RoutingNeeds challengeAnswer(RegionRole role) {
    return new RoutingNeeds(
        OperationSupport.of("RespondToAuthChallenge"), role, true, null, false, false, false);
  }

  List<RegionRole> asked() {
    return sent.stream().map(Sent::role).toList();
  }

  CompletableFuture<Object> attempt(int index) {
    return sent.get(index).future();
  }

  void fail(int index, Throwable error) {
    attempt(index).completeExceptionally(error);
    time.runDue();
  }

  void succeed(int index, Object answer) {
    attempt(index).complete(answer);
    time.runDue();
  }

  int inFlight() {
    return engine.status().regions().values().stream()
        .mapToInt(FailoverStatus.Region::callsInFlight)
        .sum();
  }

  FailoverMode mode() {
    return engine.status().mode();
  }

  /** Lets the primary refuse until the secondary serves, and forgets what was sent meanwhile. */
  void primaryDies() {
    probesFail.add(PRIMARY);
    for (int i = 0; mode() == FailoverMode.PRIMARY && i < 100; i++) {
      pass(Duration.ofMillis(250));
    }
    if (mode() != FailoverMode.SECONDARY) {
      throw new IllegalStateException("still " + engine.status());
    }
    sent.clear();
  }

  void bothDie() {
    probesFail.add(PRIMARY);
    probesFail.add(SECONDARY);
    pass(Duration.ofSeconds(20));
    if (!engine.allDown()) {
      throw new IllegalStateException("still " + engine.status());
    }
    sent.clear();
  }

  // ---- how attempts end

  static SdkClientException refused() {
    return SdkClientException.create("x", new ConnectException("Connection refused"));
  }

  static SdkClientException readTimeout() {
    return SdkClientException.create("x", new SocketTimeoutException("Read timed out"));
  }

  static CognitoIdentityProviderException internalError() {
    return (CognitoIdentityProviderException)
        CognitoIdentityProviderException.builder()
            .statusCode(500)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("InternalErrorException").build())
            .build();
  }

  static NotAuthorizedException wrongPassword() {
    return NotAuthorizedException.builder()
        .message("Incorrect username or password.")
        .statusCode(400)
        .build();
  }

  static TooManyRequestsException throttled() {
    return TooManyRequestsException.builder()
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("TooManyRequestsException").build())
        .build();
  }

  static CognitoIdentityProviderException notEnabled() {
    return (CognitoIdentityProviderException)
        CognitoIdentityProviderException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("OperationNotEnabledException").build())
            .build();
  }
}
