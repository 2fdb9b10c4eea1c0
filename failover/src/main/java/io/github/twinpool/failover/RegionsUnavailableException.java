package io.github.twinpool.failover;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * No Region that may serve the call has answered it. Carries every attempt. Says nothing about the
 * caller's credentials or tokens: it is an outage, and worth a later retry.
 */
public final class RegionsUnavailableException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  private final transient List<Attempt> attempts;
  private final boolean retryable;

  /**
   * Made by the routed client, and by applications in their tests.
   *
   * @param reason one phrase for people
   * @param attempts in their order
   * @param retryable whether it is safe to make the call again
   */
  public RegionsUnavailableException(
      String operation,
      String reason,
      List<Attempt> attempts,
      boolean retryable,
      @Nullable Throwable cause) {
    super(SdkClientException.builder().message(message(operation, reason, attempts)).cause(cause));
    this.attempts = List.copyOf(attempts);
    this.retryable = retryable;
  }

  /** The attempts in their order; empty if the call was refused before the first. */
  public List<Attempt> attempts() {
    return attempts == null ? List.of() : attempts;
  }

  /** Whether any Region can have acted on the request. */
  public RequestState requestState() {
    return stateOf(attempts());
  }

  /** Whether any Region can have acted on a request that was tried like this. */
  public static RequestState stateOf(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::requestState)
        .reduce(RequestState.NOT_SENT, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /**
   * Whether the call can be made again without doing something twice: false if a Region may have
   * acted on it, unless it only reads, or only signs in.
   */
  @Override
  public boolean retryable() {
    return retryable;
  }

  private static String message(String operation, String reason, List<Attempt> attempts) {
    String tried = attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
    return operation + ": " + reason + (tried.isEmpty() ? "" : " [" + tried + "]");
  }
}
