package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** One request to a pool's domain on its way through an endpoint. */
final class DomainCall {
  private final Call call;
  private final Pool pool;
  private final ReceivedRequest request;
  private final ProviderClients providers;
  private final Runnable duplicate;
  private boolean counted;

  /** A request whose processing says by {@code duplicate} that it was processed before. */
  DomainCall(
      Call call,
      Pool pool,
      ReceivedRequest request,
      ProviderClients providers,
      Runnable duplicate) {
    this.call = call;
    this.pool = pool;
    this.request = request;
    this.providers = providers;
    this.duplicate = duplicate;
  }

  /** The same request as an operation sees it. */
  Call call() {
    return call;
  }

  /** As an operation with other members would see it. */
  Call callWith(ObjectNode members) {
    return new Call(call.cognito(), call.role(), new JsonRequest(members));
  }

  Pool pool() {
    return pool;
  }

  RegionRole role() {
    return call.role();
  }

  Instant now() {
    return call.now();
  }

  ReceivedRequest request() {
    return request;
  }

  /** A code, a session, or another secret that cannot be guessed. */
  String freshId() {
    return pool.mint().freshId();
  }

  /** An app client of this pool. */
  Optional<AppClient> client(String id) {
    return call.cognito()
        .client(call.role(), id)
        .filter(client -> client.poolId().equals(pool.id()));
  }

  /** Counts this request among the duplicates, once. */
  void isDuplicate() {
    if (!counted) {
      duplicate.run();
    }
    counted = true;
  }

  /** The browser's session, if it has one that is good here. */
  Optional<LoginSessions.Session> session() {
    return cookie(sessionCookie())
        .flatMap(id -> pool.oauth().sessions().find(id, call.role(), call.now()));
  }

  /** Ends the browser's session. */
  void endSession() {
    cookie(sessionCookie()).ifPresent(pool.oauth().sessions()::end);
  }

  /** Each Region has its own name, since all hosts of an emulator share one browser's cookies. */
  String sessionCookie() {
    return "cognito-" + call.cognito().region(call.role());
  }

  /** How identity providers are reached. */
  ProviderClients providers() {
    return providers;
  }

  /** Binds a sign-in at an identity provider to the browser that began it. */
  String stateCookie() {
    return "csrf-state-" + call.cognito().region(call.role());
  }

  String csrfCookie() {
    return "XSRF-TOKEN-" + call.cognito().region(call.role());
  }

  /** What a form must carry that this browser was given: bound to its cookie. */
  String csrfToken(String cookie) {
    byte[] token = pool.keys().sealer().pseudonym("csrf " + cookie);
    return java.util.HexFormat.of().formatHex(token);
  }

  /** Whether a form was made for the browser that sends it. */
  boolean isOwnForm(Parameters form) {
    Optional<String> sent = form.get("_csrf");
    Optional<String> expected = cookie(csrfCookie()).map(this::csrfToken);
    return sent.isPresent()
        && expected.isPresent()
        && MessageDigest.isEqual(
            sent.get().getBytes(StandardCharsets.UTF_8),
            expected.get().getBytes(StandardCharsets.UTF_8));
  }

  Optional<String> cookie(String name) {
    return cookie(request, name);
  }

  static Optional<String> cookie(ReceivedRequest request, String name) {
    for (String pair : request.header("cookie").split("[;,]", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(name) && !parts[1].isEmpty()) {
        return Optional.of(parts[1]);
      }
    }
    return Optional.empty();
  }
}
