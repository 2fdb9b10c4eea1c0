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

  /** Made by the routed client, and by applications in their tests. */
  public RegionsUnavailableException(
      String operation, String reason, List<Attempt> attempts, @Nullable Throwable cause) {
    super(SdkClientException.builder().message(message(operation, reason, attempts)).cause(cause));
    this.attempts = List.copyOf(attempts);
  }

  /** The attempts in their order; empty if the call was refused before the first. */
  public List<Attempt> attempts() {
    return attempts == null ? List.of() : attempts;
  }

  /** Whether any Region can have acted on the request. */
  public RequestState requestState() {
    return attempts().stream()
        .map(Attempt::requestState)
        .reduce(RequestState.NOT_SENT, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /** True: the request was not refused, it was not answered. */
  @Override
  public boolean retryable() {
    return true;
  }

  private static String message(String operation, String reason, List<Attempt> attempts) {
    String tried = attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
    return operation + ": " + reason + (tried.isEmpty() ? "" : " [" + tried + "]");
  }
}
