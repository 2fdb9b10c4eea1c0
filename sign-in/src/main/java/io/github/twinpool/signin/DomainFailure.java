package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.twinpool.failover.RequestState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Why an attempt at a host of the domain gave no answer to hand on.
 *
 * @param state whether the Region can have acted on the request
 * @param words what went wrong, without anything that the answer said
 * @param regional whether the Region is to blame
 */
record DomainFailure(RequestState state, String words, boolean regional) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  /** What an error means; empty if it has nothing to do with the Region. */
  static Optional<DomainFailure> of(Throwable error) {
    boolean dead = error instanceof DeadConnectionException;
    if (!(dead || error instanceof IOException || error instanceof TimeoutException)) {
      return Optional.empty();
    }
    boolean beforeSending =
        error instanceof ConnectException
            || error instanceof HttpConnectTimeoutException
            || error instanceof UnknownHostException
            || error instanceof SSLHandshakeException;
    return Optional.of(
        new DomainFailure(
            beforeSending ? RequestState.NOT_SENT : RequestState.UNKNOWN,
            error.getClass().getSimpleName(),
            !dead));
  }

  /** What an answer means; empty if it is one to hand on. */
  static Optional<DomainFailure> of(HTTPResponse answer) {
    int status = answer.getStatusCode();
    if (status < 500) {
      return Optional.empty();
    }
    RequestState state =
        status == SERVICE_UNAVAILABLE ? RequestState.REJECTED : RequestState.UNKNOWN;
    return Optional.of(new DomainFailure(state, "status " + status, true));
  }

  /**
   * The same of an answer of the secondary's that may not be the last word. It is asked after the
   * primary has failed, or first while the primary is failing: what it refuses may not have been
   * replicated yet, and an outage must not look like a bad secret or token. The primary knows.
   */
  static Optional<DomainFailure> ofSecondary(HTTPResponse answer) {
    int status = answer.getStatusCode();
    return status >= 400 && status < 500 && status != TOO_MANY_REQUESTS
        ? Optional.of(new DomainFailure(RequestState.REJECTED, "status " + status, false))
        : of(answer);
  }
}
