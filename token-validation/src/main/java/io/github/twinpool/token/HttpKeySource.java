package io.github.twinpool.token;

import io.github.twinpool.token.HttpTransport.Response;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A key set behind a URL. */
record HttpKeySource(URI uri, HttpTransport transport) implements KeySource {
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // only passes a cancellation on
  public CompletableFuture<Jwks> fetch() {
    CompletableFuture<Response> response = transport.get(uri);
    CompletableFuture<Jwks> keys = response.thenApply(HttpKeySource::keys);
    keys.whenComplete(
        (done, failure) -> {
          if (keys.isCancelled()) {
            response.cancel(true);
          }
        });
    return keys;
  }

  private static Jwks keys(Response response) {
    int status = response.status();
    if (status == 200) {
      return Jwks.parse(response.body());
    }
    Reason reason = status >= 300 && status < 400 ? Reason.REDIRECT : Reason.HTTP_STATUS;
    throw new KeySourceException(reason, "HTTP " + status);
  }
}
