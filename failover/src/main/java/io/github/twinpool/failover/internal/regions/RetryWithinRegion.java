package io.github.twinpool.failover.internal.regions;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * What the SDK may retry by itself inside a Region: throttling, unless the other Region is asked at
 * once; clock skew; and once the reset of a connection, since a pooled one may have gone stale. Not
 * 5xx and not time-outs: the second attempt of a call that can move is the other Region.
 *
 * <p>The SDK's standard strategy decides when and how often. It sees failures only, so the token
 * that the SDK carries from attempt to attempt also carries what is to be known of the call.
 */
public final class RetryWithinRegion implements RetryStrategy {
  private final RetryStrategy standard =
      DefaultRetryStrategy.standardStrategyBuilder()
          .maxAttempts(3)
          .retryOnException(
              error -> isThrottling(error) || isClockSkew(error) || Causes.isReset(error))
          .treatAsThrottling(RetryWithinRegion::isThrottling)
          .useClientDefaults(false)
          .build();

  @SuppressWarnings("ThreadLocalUsage") // One per client: two clients share nothing mutable.
  private final ThreadLocal<Boolean> throttlingMoves = new ThreadLocal<>();

  private record Token(RetryToken standard, boolean throttlingMoves, AtomicBoolean resetSeen)
      implements RetryToken {
    Token with(RetryToken next) {
      return new Token(next, throttlingMoves, resetSeen);
    }
  }

  /**
   * Begins a call of the SDK.
   *
   * @param throttlingMoves whether throttling is not to be retried here
   */
  public <T> T begin(boolean throttlingMoves, Callable<T> call) throws Exception {
    if (!throttlingMoves) {
      return call.call();
    }
    this.throttlingMoves.set(true);
    try {
      return call.call();
    } finally {
      this.throttlingMoves.remove();
    }
  }

  /** Asked on the thread that begins the call, by the blocking and by the async client. */
  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    AcquireInitialTokenResponse response = standard.acquireInitialToken(request);
    boolean moves = throttlingMoves.get() != null;
    return AcquireInitialTokenResponse.create(
        new Token(response.token(), moves, new AtomicBoolean()), response.delay());
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Token token = (Token) request.token();
    Throwable failure = request.failure();
    if (token.throttlingMoves() && isThrottling(failure)) {
      throw new TokenAcquisitionFailedException("The other Region is asked", token, failure);
    }
    if (Causes.isReset(failure) && token.resetSeen().getAndSet(true)) {
      throw new TokenAcquisitionFailedException("Reset again", token, failure);
    }
    try {
      RefreshRetryTokenResponse response =
          standard.refreshRetryToken(request.toBuilder().token(token.standard()).build());
      return RefreshRetryTokenResponse.create(token.with(response.token()), response.delay());
    } catch (TokenAcquisitionFailedException e) {
      throw new TokenAcquisitionFailedException(e.getMessage(), token, failure);
    }
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    Token token = (Token) request.token();
    RecordSuccessResponse response =
        standard.recordSuccess(RecordSuccessRequest.create(token.standard()));
    return RecordSuccessResponse.create(token.with(response.token()));
  }

  @Override
  public int maxAttempts() {
    return standard.maxAttempts();
  }

  /** Or else the SDK would add its own reasons to retry. */
  @Override
  public boolean useClientDefaults() {
    return false;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    throw new UnsupportedOperationException("This strategy is complete as it is");
  }

  private static boolean isThrottling(Throwable error) {
    return error instanceof SdkException it && RetryUtils.isThrottlingException(it);
  }

  private static boolean isClockSkew(Throwable error) {
    return error instanceof SdkException it && RetryUtils.isClockSkewException(it);
  }
}
