package io.github.twinpool.failover;

import java.net.SocketException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * What the SDK may retry by itself inside a Region: throttling, clock skew, and once the reset of a
 * connection, since a pooled one may have gone stale. Not 5xx and not time-outs: the second attempt
 * of a call that can move is the other Region.
 */
final class RetryWithinRegion {
  private RetryWithinRegion() {}

  static RetryStrategy strategy(CurrentAttempt current) {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .maxAttempts(3)
        .retryOnException(error -> isAnswerWorthRetrying(error) || isFirstReset(error, current))
        .treatAsThrottling(
            error -> error instanceof SdkException it && RetryUtils.isThrottlingException(it))
        .useClientDefaults(false)
        .build();
  }

  private static boolean isAnswerWorthRetrying(Throwable error) {
    return error instanceof SdkException it
        && (RetryUtils.isThrottlingException(it) || RetryUtils.isClockSkewException(it));
  }

  /** On the async client nobody can tell the first from the second: it retries none. */
  private static boolean isFirstReset(Throwable error, CurrentAttempt current) {
    SyncAttempt attempt = current.get();
    return attempt != null && isReset(error) && attempt.firstReset();
  }

  private static boolean isReset(Throwable error) {
    Throwable it = error;
    for (int depth = 0; it != null && depth < 20; depth++) {
      boolean reset = it.getClass() == SocketException.class;
      if (reset || it.getClass().getSimpleName().equals("NoHttpResponseException")) {
        return true;
      }
      it = it.getCause();
    }
    return false;
  }
}
