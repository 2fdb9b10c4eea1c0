package io.github.twinpool.failover;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.RegionRouter.CallLimits;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/** Where calls of both clients enter: what they ask for, what the service must see of them. */
final class RoutedEntry {
  private final UserPool pool;
  private final Conversations conversations = new Conversations();
  private final RequestRules rules;
  private final FailoverEngine engine;
  private final RegionRouter router;
  private final RevocationRelay revocations;

  RoutedEntry(
      UserPool pool,
      Predicate<String> rotates,
      FailoverEngine engine,
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
      Method method,
      CognitoIdentityProviderRequest request,
      CallLimits limits,
      RoutingInvocationHandler.Style style) {
    Demand demand = rules.demand(operation, request);
    Sender sender = new Sender(style, method, conversations.untagged(request), conversations);
    if (demand.revocation() && pool.roles().size() > 1) {
      return revoke(demand, limits, sender);
    }
    return router.call(demand, limits, sender);
  }

  /** The primary must learn of every revocation, whichever Region answers the caller. */
  private CompletableFuture<Object> revoke(Demand demand, CallLimits limits, Sender sender) {
    boolean primaryToo = engine.serving() == RegionRole.SECONDARY;
    if (primaryToo) {
      relayToPrimary(demand, limits, sender);
      return router.call(demand.pinnedTo(RegionRole.SECONDARY), limits, sender);
    }
    Sender watched = sender.tellingOf(() -> relayToPrimary(demand, limits, sender));
    return router.call(demand, limits, watched);
  }

  private void relayToPrimary(Demand demand, CallLimits limits, Sender sender) {
    revocations.relay(
        sender.request(), () -> router.call(demand.pinnedTo(RegionRole.PRIMARY), limits, sender));
  }

  private record Sender(
      RoutingInvocationHandler.Style style,
      Method method,
      CognitoIdentityProviderRequest request,
      Conversations conversations,
      Runnable answeredBySecondary)
      implements RegionSender {

    Sender(
        RoutingInvocationHandler.Style style,
        Method method,
        CognitoIdentityProviderRequest request,
        Conversations conversations) {
      this(style, method, request, conversations, () -> {});
    }

    Sender tellingOf(Runnable answer) {
      return new Sender(style, method, request, conversations, answer);
    }

    @Override
    public CompletableFuture<Object> send(RegionRole role) {
      return style.send(role, method, request);
    }

    @Override
    public Object answer(RegionRole role, Object answer) {
      if (role == RegionRole.SECONDARY) {
        answeredBySecondary.run();
      }
      return conversations.tagged(role, answer);
    }

    @Override
    public String toString() {
      return "Sender[" + method.getName() + "]";
    }
  }
}
