package io.github.twinpool.failover.internal.regions;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
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
 * once; clock skew; and once a reset, of a read or of what was not written. Not 5xx and not
 * time-outs: the second attempt of a call that can go elsewhere is the other Region's. A user's own
 * strategy decides instead, but it too ends with the attempt and with the deadline.
 *
 * <p>The strategy below decides when and how often. It sees failures only, so the token that the
 * SDK carries from retry to retry also carries the attempt.
 */
final class RetryWithinRegion implements RetryStrategy {
  private final RetryStrategy strategy;
  private final boolean ours;
  private final HttpAttempt.Current current;
  private final LongSupplier nanoTime;

  private RetryWithinRegion(
      RetryStrategy strategy, boolean ours, HttpAttempt.Current current, LongSupplier nanoTime) {
    this.strategy = strategy;
    this.ours = ours;
    this.current = current;
    this.nanoTime = nanoTime;
  }

  /** Our own. */
  static RetryWithinRegion ours(HttpAttempt.Current current, LongSupplier nanoTime) {
    return new RetryWithinRegion(
        DefaultRetryStrategy.standardStrategyBuilder()
            .maxAttempts(3)
            .retryOnException(
                error -> isThrottling(error) || isClockSkew(error) || Causes.isReset(error))
            .treatAsThrottling(RetryWithinRegion::isThrottling)
            .useClientDefaults(false)
            .build(),
        true,
        current,
        nanoTime);
  }

  /** A user's. */
  static RetryWithinRegion of(
      RetryStrategy users, HttpAttempt.Current current, LongSupplier nanoTime) {
    RetryStrategy complete =
        users.useClientDefaults() ? AwsRetryStrategy.addRetryConditions(users) : users;
    return new RetryWithinRegion(complete, false, current, nanoTime);
  }

  private static final class Token implements RetryToken {
    private final RetryToken inner;
    private final @Nullable HttpAttempt attempt;
    private final boolean resetSeen;

    Token(RetryToken inner, @Nullable HttpAttempt attempt, boolean resetSeen) {
      this.inner = inner;
      this.attempt = attempt;
      this.resetSeen = resetSeen;
    }
  }

  /** Asked on the thread that begins the attempt, by the blocking and by the async client. */
  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    AcquireInitialTokenResponse response = strategy.acquireInitialToken(request);
    return AcquireInitialTokenResponse.create(
        new Token(response.token(), current.get(), false), response.delay());
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Token token = (Token) request.token();
    HttpAttempt attempt = token.attempt;
    Throwable failure = request.failure();
    if (attempt != null && attempt.isGivenUp()) {
      throw refused("This attempt was given up", token, failure);
    }
    boolean reset = ours && Causes.isReset(failure);
    if (reset && (token.resetSeen || !mayRepeat(attempt, failure))) {
      throw refused("A reset is not retried here", token, failure);
    }
    if (ours && attempt != null && attempt.throttlingGoesElsewhere() && isThrottling(failure)) {
      throw refused("The other Region is asked", token, failure);
    }
    RefreshRetryTokenResponse response = inner(request, token, failure);
    if (attempt != null
        && nanoTime.getAsLong() + response.delay().toNanos() - attempt.deadline() >= 0) {
      throw refused("There is no time left for a retry", token, failure);
    }
    if (attempt != null) {
      attempt.failed(failure);
    }
    return RefreshRetryTokenResponse.create(
        new Token(response.token(), attempt, token.resetSeen || reset), response.delay());
  }

  /** What a Region may have acted on is not sent again, unless it only reads. */
  private static boolean mayRepeat(@Nullable HttpAttempt attempt, Throwable failure) {
    return attempt == null || attempt.repeatable() || !attempt.maybeReceived(failure);
  }

  private RefreshRetryTokenResponse inner(
      RefreshRetryTokenRequest request, Token token, Throwable failure) {
    try {
      return strategy.refreshRetryToken(request.toBuilder().token(token.inner).build());
    } catch (TokenAcquisitionFailedException e) {
      throw refused(e.getMessage(), token, failure);
    }
  }

  private static TokenAcquisitionFailedException refused(
      @Nullable String why, Token token, Throwable failure) {
    return new TokenAcquisitionFailedException(String.valueOf(why), token, failure);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    Token token = (Token) request.token();
    RecordSuccessResponse response =
        strategy.recordSuccess(RecordSuccessRequest.create(token.inner));
    return RecordSuccessResponse.create(
        new Token(response.token(), token.attempt, token.resetSeen));
  }

  @Override
  public int maxAttempts() {
    return strategy.maxAttempts();
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

  /** Cognito's own; a 429 of something in between has no error code, and is no Region's word. */
  private static boolean isThrottling(Throwable error) {
    return error instanceof SdkException it
        && RetryUtils.isThrottlingException(it)
        && !(it instanceof AwsServiceException answer && !Causes.hasErrorCode(answer));
  }

  private static boolean isClockSkew(Throwable error) {
    return error instanceof SdkException it && RetryUtils.isClockSkewException(it);
  }
}
