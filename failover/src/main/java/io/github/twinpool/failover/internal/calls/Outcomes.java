package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.OperationSupport.Secondary;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.failover.internal.calls.Call.InFlight;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.NextStep.GivenUp;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.Causes;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/**
 * What the end of an attempt means, and what the caller is told of it (the table <em>What an
 * outcome means</em> of {@code docs/outage.md}). A failure is a Region's only if something was sent
 * there: anything else would let a full connection pool or missing credentials look like an outage.
 */
public final class Outcomes {
  private final UserPool pool;
  private final String unknownPool;

  Outcomes(UserPool pool) {
    this.pool = pool;
    // [assume] What the service says of a pool that it does not have.
    this.unknownPool = "User pool " + pool.id() + " does not exist.";
  }

  /**
   * @param carries whether the request has a text in a value that may be a stranger's: what the
   *     service then says with this text in it proves nothing
   */
  AttemptOutcome classify(
      RegionRole role,
      OperationSupport operation,
      @Nullable Throwable error,
      Predicate<String> carries) {
    if (error == null) {
      return AttemptOutcome.ANSWER;
    }
    if (error instanceof AbortedException) {
      return AttemptOutcome.LOCAL_FAILURE;
    }
    if (error instanceof SdkServiceException answer) {
      return ofAnswer(role, operation, answer, carries);
    }
    if (Causes.isPoolTimeout(error)) {
      return AttemptOutcome.LOCAL_FAILURE;
    }
    return Causes.isTransport(error)
        ? AttemptOutcome.REGIONAL_FAILURE
        : AttemptOutcome.LOCAL_FAILURE;
  }

  private AttemptOutcome ofAnswer(
      RegionRole role,
      OperationSupport operation,
      SdkServiceException answer,
      Predicate<String> carries) {
    if (!(answer instanceof CognitoIdentityProviderException)) {
      // Another service: STS, for one, on behalf of a credentials provider.
      return AttemptOutcome.LOCAL_FAILURE;
    }
    // A redirect, a 403 or a 429 that has no error code is not Cognito's: a proxy's, for one, or
    // that of a captive portal. Nothing behind it has answered.
    if (answer.statusCode() >= 500 || !Causes.hasErrorCode((AwsServiceException) answer)) {
      return AttemptOutcome.REGIONAL_FAILURE;
    }
    return role == RegionRole.SECONDARY && shouldServe(operation) && notServing(answer, carries)
        ? AttemptOutcome.NOT_SERVING
        : AttemptOutcome.ANSWER;
  }

  /**
   * A sign-in or a read. On a challenge's answer, a secondary that declines declines the challenge:
   * TOTP, for one.
   */
  private static boolean shouldServe(OperationSupport operation) {
    return operation.secondary() != Secondary.NEVER
        && operation.routing().moves()
        && !Conversations.isConversation(operation);
  }

  private boolean notServing(SdkServiceException answer, Predicate<String> carries) {
    if (!(answer instanceof AwsServiceException it) || it.awsErrorDetails() == null) {
      return false;
    }
    String code = it.awsErrorDetails().errorCode();
    return "OperationNotEnabledException".equals(code)
        // An unknown app client, group or device has this code, too, and a text that quotes what
        // the caller sent: only this very sentence is about the pool, if the caller did not send
        // it.
        || ("ResourceNotFoundException".equals(code)
            && unknownPool.equals(it.awsErrorDetails().errorMessage())
            && !carries.test(pool.id()));
  }

  /** How an attempt ended. */
  AttemptOutcome outcome(
      InFlight attempt,
      PreparedCall prepared,
      @Nullable Object value,
      @Nullable Throwable error,
      @Nullable GivenUp givenUp) {
    AttemptOutcome byItself =
        classify(attempt.role, prepared.needs().operation(), error, prepared::carries);
    // An answer that arrives after all is one, although the attempt was given up.
    if (givenUp == null || value != null) {
      return attempt.isLocal(error) ? AttemptOutcome.LOCAL_FAILURE : byItself;
    }
    if (error != null && Causes.isAnswer(error) && byItself != AttemptOutcome.LOCAL_FAILURE) {
      return byItself;
    }
    // What never reached HTTP says nothing about the Region.
    boolean unsent = givenUp == GivenUp.TIMED_OUT && attempt.sentAt == InFlight.NOT_SENT;
    return unsent ? AttemptOutcome.ABANDONED : givenUp.outcome;
  }

  /** What is known of its request. */
  static RequestState state(
      InFlight attempt,
      AttemptOutcome outcome,
      @Nullable Throwable error,
      @Nullable GivenUp givenUp) {
    if (outcome == AttemptOutcome.NOT_SERVING) {
      return RequestState.REJECTED;
    }
    if (attempt.sentAt == InFlight.NOT_SENT || error == null) {
      return attempt.http.stateWhenAborted();
    }
    return givenUp != null && !Causes.isAnswer(error)
        ? attempt.http.stateWhenAborted()
        : attempt.http.stateAfter(error);
  }

  /** The request ID that AWS gave it, or null. */
  static @Nullable String requestId(@Nullable Object value, @Nullable Throwable error) {
    if (value instanceof AwsResponse it && it.responseMetadata() != null) {
      return it.responseMetadata().requestId();
    }
    return error instanceof AwsServiceException it ? it.requestId() : null;
  }

  /** Why a call was refused before its first attempt. */
  SdkClientException refusal(RoutingNeeds needs, Route route) {
    String operation = needs.operation().operation();
    RegionRole pinned = needs.pinned();
    if (needs.conversation() && pinned != null) {
      return new SignInInterruptedException(operation, pool.region(pinned), null);
    }
    return needs.operation().routing().moves() || needs.excluded() != null
        ? new RegionsUnavailableException(operation, route.refusal(), List.of(), true, null)
        : primaryUnavailable(needs, RequestState.NOT_SENT, null);
  }

  /**
   * What the caller is told of a call that no Region answered. A single attempt's service exception
   * passes unchanged, as the SDK's own client would throw it.
   *
   * @param primaryGone whether only the primary could have answered, and it is down
   * @param raced whether it is half of a hedged call
   */
  Throwable failure(
      RoutingNeeds needs,
      List<Attempt> attempts,
      boolean primaryGone,
      boolean raced,
      @Nullable Throwable cause) {
    String operation = needs.operation().operation();
    RequestState state = RegionsUnavailableException.stateOf(attempts);
    if (needs.conversation()) {
      return new SignInInterruptedException(operation, attempts.get(0).region(), cause);
    }
    if (primaryGone) {
      return primaryUnavailable(needs, state, cause);
    }
    boolean alone = attempts.size() == 1 && !raced;
    return alone && cause instanceof AwsServiceException && Causes.requestState(cause) == state
        ? cause
        : new RegionsUnavailableException(
            operation, why(needs, attempts), attempts, retryable(needs, state), cause);
  }

  private PrimaryUnavailableException primaryUnavailable(
      RoutingNeeds needs, RequestState state, @Nullable Throwable cause) {
    OperationSupport operation = needs.operation();
    return new PrimaryUnavailableException(
        operation.operation(), operation.capability(), pool.primaryRegion(), state, cause);
  }

  private static String why(RoutingNeeds needs, List<Attempt> attempts) {
    if (needs.pinned() != null && needs.operation().routing() == Routing.SAME_REGION) {
      return "the Region that issued its page token did not answer; start the listing again";
    }
    return attempts.size() == 1 ? "its Region did not answer" : "no Region answered";
  }

  /** What may have changed something is not for generic retries to do twice. */
  private static boolean retryable(RoutingNeeds needs, RequestState state) {
    return state != RequestState.UNKNOWN
        || needs.read()
        || (needs.operation().routing().moves() && !needs.onlyIfNotSent());
  }

  /** A word for an error that repeats nothing of what the caller sent. */
  static String describe(Throwable error) {
    if (error instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return answer.statusCode() + " " + answer.awsErrorDetails().errorCode();
    }
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }
}
