package io.github.twinpool.token;

import io.github.twinpool.token.HttpTransport.Response;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A key set behind a URL.
 *
 * @param ofUpdatedIssuer whether it is the host of the UPDATED issuer, which answers 403 for pools
 *     that do not use it
 */
record HttpKeySource(URI uri, HttpTransport transport, boolean ofUpdatedIssuer)
    implements KeySource {
  private static final int FORBIDDEN = 403;

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // only passes a cancellation on
  public CompletableFuture<Jwks> fetch() {
    CompletableFuture<Response> response = transport.get(uri);
    CompletableFuture<Jwks> keys = response.thenApply(this::keys);
    keys.whenComplete(
        (done, failure) -> {
          if (keys.isCancelled()) {
            response.cancel(true);
          }
        });
    return keys;
  }

  private Jwks keys(Response response) {
    int status = response.status();
    if (status == 200) {
      return Jwks.parse(response.body());
    }
    if (status == FORBIDDEN && ofUpdatedIssuer) {
      throw new KeySourceException(Reason.ISSUER_NOT_IN_USE, "HTTP 403");
    }
    Reason reason = status >= 300 && status < 400 ? Reason.REDIRECT : Reason.HTTP_STATUS;
    throw new KeySourceException(reason, "HTTP " + status);
  }
}
