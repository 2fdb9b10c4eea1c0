package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/** Where calls of both clients enter: what they ask for, what the service must see of them. */
final class RoutedEntry {
  /** Makes of a request, as the service must see it, what sends it to a Region. */
  interface Sending extends Function<CognitoIdentityProviderRequest, Attempts> {}

  /** Begins an attempt, as {@link RegionSender#send} says. */
  interface Attempts {
    CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves);
  }

  private final UserPool pool;
  private final Conversations conversations = new Conversations();
  private final RequestRules rules;
  private final GuardedFailover engine;
  private final RegionRouter router;
  private final RevocationRelay revocations;

  RoutedEntry(
      UserPool pool,
      Predicate<String> rotates,
      GuardedFailover engine,
      RegionRouter router,
      RevocationRelay revocations) {
    this.pool = pool;
    this.rules = new RequestRules(pool, conversations, rotates);
    this.engine = engine;
    this.router = router;
    this.revocations = revocations;
  }

  CompletableFuture<Object> call(
      OperationSupport operation,
      CognitoIdentityProviderRequest request,
      CallLimits limits,
      Sending sending) {
    RoutingNeeds needs = rules.needs(operation, request);
    CognitoIdentityProviderRequest sent = conversations.untagged(operation, request);
    Sender sender = new Sender(sent, sending.apply(sent), conversations, () -> {});
    return needs.revocation() && pool.roles().size() > 1
        ? revoke(needs, sent, limits, sender)
        : router.call(needs, limits, sender);
  }

  /**
   * The primary must learn of every revocation, whichever Region answers the caller; in the
   * background, again and again, of what the secondary accepted. What it refused needs no room
   * there: strangers can send any number of tokens that are none.
   */
  private CompletableFuture<Object> revoke(
      RoutingNeeds needs,
      CognitoIdentityProviderRequest request,
      CallLimits limits,
      Sender sender) {
    Supplier<CompletableFuture<Object>> toPrimary = () -> toPrimary(needs, limits, sender);
    if (engine.serving() == RegionRole.PRIMARY) {
      return router.call(
          needs, limits, sender.tellingOf(() -> revocations.relay(request, toPrimary)));
    }
    CompletableFuture<Object> primary = toPrimary.get();
    CompletableFuture<Object> secondary =
        router.call(
            needs.pinnedTo(RegionRole.SECONDARY),
            limits,
            sender.tellingOf(() -> revocations.relay(request, firstly(primary, toPrimary))));
    return firstChoice(secondary, primary);
  }

  private CompletableFuture<Object> toPrimary(
      RoutingNeeds needs, CallLimits limits, Sender sender) {
    return engine.primaryDown()
        ? CompletableFuture.failedFuture(SdkClientException.create("The primary is down"))
        : router.callLater(needs.pinnedTo(RegionRole.PRIMARY), limits, sender);
  }

  /** An attempt that has begun, and only then new ones. */
  private static Supplier<CompletableFuture<Object>> firstly(
      CompletableFuture<Object> begun, Supplier<CompletableFuture<Object>> next) {
    AtomicBoolean taken = new AtomicBoolean();
    return () -> taken.getAndSet(true) ? next.get() : begun;
  }

  /** What the secondary says; if it says nothing, the primary's success will do. */
  private static CompletableFuture<Object> firstChoice(
      CompletableFuture<Object> secondary, CompletableFuture<Object> primary) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    secondary.whenComplete(
        (value, error) -> {
          if (error == null) {
            result.complete(value);
          } else if (!RevocationRelay.isUnanswered(error)) {
            result.completeExceptionally(error);
          } else {
            primary.whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    result.complete(answer);
                  } else {
                    result.completeExceptionally(error);
                  }
                });
          }
        });
    result.whenComplete((value, error) -> secondary.cancel(true));
    return result;
  }

  private record Sender(
      CognitoIdentityProviderRequest request,
      Attempts attempts,
      Conversations conversations,
      Runnable acceptedBySecondary)
      implements RegionSender {

    Sender tellingOf(Runnable acceptance) {
      return new Sender(request, attempts, conversations, acceptance);
    }

    @Override
    public boolean carries(String text) {
      return CallersValues.contain(request, text);
    }

    @Override
    public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
      return attempts.send(role, throttlingMoves);
    }

    @Override
    public Object answer(RegionRole role, Object answer) {
      if (role == RegionRole.SECONDARY) {
        acceptedBySecondary.run();
      }
      return conversations.tagged(role, answer);
    }

    @Override
    public String toString() {
      return "Sender";
    }
  }
}
