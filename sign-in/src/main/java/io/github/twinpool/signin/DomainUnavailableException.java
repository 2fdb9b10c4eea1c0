package io.github.twinpool.signin;

import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.RequestState;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No host of the pool's domain that may serve the request has answered it. An outage, worth a later
 * retry: it says nothing about a token, a code or a client's secret. When the secondary refused the
 * request, and the primary, which knows, did not answer, the cause is that {@link
 * OAuthErrorException}.
 */
public final class DomainUnavailableException extends SignInException {
  private static final long serialVersionUID = 1L;

  private final transient List<Attempt> attempts;

  DomainUnavailableException(String endpoint, List<Attempt> attempts, @Nullable Throwable cause) {
    super(
        endpoint
            + ": no answer ["
            + attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "))
            + "]",
        cause);
    this.attempts = List.copyOf(attempts);
  }

  /** The attempts in their order. */
  public List<Attempt> attempts() {
    return attempts == null ? List.of() : attempts;
  }

  /** Whether any Region can have acted on the request. */
  public RequestState requestState() {
    return attempts().stream()
        .map(Attempt::requestState)
        .reduce(RequestState.NOT_SENT, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }
}
