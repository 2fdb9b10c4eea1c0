package io.github.twinpool.token;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** HTTP, reduced to what fetching keys needs: one GET, no redirects, a bounded body. */
interface HttpTransport extends AutoCloseable {
  /**
   * Sends a GET request.
   *
   * @return the answer, whatever its status; fails with a {@link KeySourceException} when there is
   *     none. Cancelling it closes the connection.
   */
  CompletableFuture<Response> get(URI uri);

  @Override
  void close();

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param body the body, within the limit
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else holds the array
  record Response(int status, byte[] body) {}
}
