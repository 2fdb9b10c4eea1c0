package io.github.twinpool.failover;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One call of the load, and what became of it. Its wait is counted from when it was due.
 *
 * @param error why it failed, or null
 */
record MatrixCall(
    MatrixOperation operation,
    boolean async,
    long dueNanos,
    long waitedNanos,
    @Nullable Throwable error) {

  /** Without what futures wrap around it. */
  static @Nullable Throwable bare(@Nullable Throwable error) {
    Throwable it = error;
    while (it != null
        && !(it instanceof MatrixOperation.PageLost)
        && (it instanceof CompletionException || it instanceof ExecutionException)
        && it.getCause() != null) {
      it = it.getCause();
    }
    return it;
  }

  boolean movable() {
    return operation != MatrixOperation.SIGN_UP;
  }

  boolean pageLost() {
    return error instanceof MatrixOperation.PageLost;
  }

  boolean failed() {
    return error != null && !pageLost();
  }

  /** Twinpool said at once that the primary is down. */
  boolean refused() {
    return error instanceof PrimaryUnavailableException;
  }

  /** Two Regions were tried and neither answered, or the call was refused before the first try. */
  boolean namesBothOrWasRefused() {
    return error instanceof RegionsUnavailableException it
        && (it.attempts().isEmpty() || it.attempts().size() == 2);
  }

  boolean twoAttempts() {
    return error instanceof RegionsUnavailableException it && it.attempts().size() == 2;
  }

  /** What went wrong, in a few words that carry nothing of the request. */
  String problem() {
    if (error == null) {
      return "";
    }
    Throwable it = pageLost() ? bare(error.getCause()) : error;
    if (it instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return answer.statusCode() + " " + answer.awsErrorDetails().errorCode();
    }
    String what = it.getClass().getSimpleName();
    return it instanceof RegionsUnavailableException both
        ? what + both.attempts().stream().map(a -> a.role() + " " + a.failure()).toList()
        : what + (what.startsWith("Sdk") ? " " + it.getMessage() : "");
  }
}
