package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.twinpool.RegionRole;
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
  private static final int SERVICE_UNAVAILABLE = 503;

  /** What an error means; empty if it has nothing to do with the Region. */
  static Optional<DomainFailure> of(Throwable error) {
    if (!(error instanceof IOException || error instanceof TimeoutException)) {
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
            true));
  }

  /**
   * What an answer means; empty if it is one to hand on. A 4xx that the secondary gives after the
   * primary has failed is none: what it refuses may not have been replicated yet, and an outage
   * must not look like a bad secret.
   */
  static Optional<DomainFailure> of(HTTPResponse answer, RegionRole role, boolean afterAnother) {
    int status = answer.getStatusCode();
    if (status >= 500) {
      RequestState state =
          status == SERVICE_UNAVAILABLE ? RequestState.REJECTED : RequestState.UNKNOWN;
      return Optional.of(new DomainFailure(state, "status " + status, true));
    }
    return status >= 400 && afterAnother && role == RegionRole.SECONDARY
        ? Optional.of(new DomainFailure(RequestState.REJECTED, "status " + status, false))
        : Optional.empty();
  }
}
