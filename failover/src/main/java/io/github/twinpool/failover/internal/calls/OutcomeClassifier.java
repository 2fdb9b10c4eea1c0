package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Secondary;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.regions.Causes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/**
 * What the end of an attempt means (the table <em>What an outcome means</em> of {@code
 * docs/outage.md}). A failure is a Region's only if something was sent there: anything else would
 * let a full connection pool or missing credentials look like an outage.
 */
public final class OutcomeClassifier {
  private final String poolId;
  private final String unknownPool;

  OutcomeClassifier(String poolId) {
    this.poolId = poolId;
    // [assume] What the service says of a pool that it does not have.
    this.unknownPool = "User pool " + poolId + " does not exist.";
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
    if (Causes.isLocal(error) || error instanceof AbortedException) {
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
    if (answer.statusCode() >= 500) {
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
            && !carries.test(poolId));
  }

  public RequestState requestState(AttemptOutcome outcome, @Nullable Throwable error) {
    if (outcome == AttemptOutcome.LOCAL_FAILURE) {
      return RequestState.NOT_SENT;
    }
    if (outcome == AttemptOutcome.NOT_SERVING) {
      return RequestState.REJECTED;
    }
    return error == null ? RequestState.UNKNOWN : requestStateOf(error);
  }

  public static RequestState requestStateOf(Throwable error) {
    if (Causes.isBeforeSending(error) || Causes.isPoolTimeout(error)) {
      return RequestState.NOT_SENT;
    }
    boolean refused =
        (error instanceof SdkServiceException answer && answer.statusCode() == 503)
            || (error instanceof SdkException it && RetryUtils.isThrottlingException(it));
    return refused ? RequestState.REJECTED : RequestState.UNKNOWN;
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
