package io.github.twinpool.emulator;

import java.net.URI;

/**
 * Where programs in any language switch outages of an emulator: a port of its own, with a token.
 *
 * <pre>{@code
 * curl -H "X-Twinpool-Token: $TOKEN" -d '{"target":"PRIMARY","outage":"hang"}' $ENDPOINT/outages
 * }</pre>
 *
 * <p>{@code GET /outages} lists all outages and what is on now. {@code POST /outages} takes a JSON
 * object: {@code target} is {@code PRIMARY} or {@code SECONDARY}, or one of them with {@code
 * _DOMAIN} for that Region's side of the domain only; {@code outage} is a name of the list; {@code
 * duration}, {@code share}, {@code seed} and {@code status} are parameters that some outages have.
 * {@code DELETE /outages} ends all. Status 400 says what is wrong with a request, 401 that the
 * token is, 409 that this emulator cannot have the outage. Thread-safe.
 */
public final class EmulatedControl {
  private final EmulatorHttpServer server;
  private final String token;

  EmulatedControl(EmulatorHttpServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /** Where it answers, by default {@code http://127.0.0.1:{port}}. */
  public URI endpoint() {
    return server.uri();
  }

  /** What each request must have in its header {@code X-Twinpool-Token}. */
  public String token() {
    return token;
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "outages at " + endpoint();
  }
}
