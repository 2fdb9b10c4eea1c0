package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Map;
import java.util.Optional;

/** {@code GET /logout}: ends the browser's session, at a SAML provider, too. */
final class LogoutEndpoint {
  private LogoutEndpoint() {}

  /**
   * To the application's sign-out address, or to the login page for another user.
   *
   * @throws OAuthError to be shown
   */
  static Reply answer(DomainCall call) {
    Parameters query = Parameters.parse(call.request().query());
    query.check();
    Optional<String> logoutUri = query.get("logout_uri");
    Reply reply =
        logoutUri.isPresent() ? toUri(call, query, logoutUri.get()) : toLogin(call, query);
    Reply first =
        call.session()
            .flatMap(
                session ->
                    SamlSignOut.begin(call, session, reply.headers().getOrDefault("Location", "")))
            .orElse(reply);
    call.endSession();
    return DomainReply.withCookie(first, call.sessionCookie(), "");
  }

  private static Reply toUri(DomainCall call, Parameters query, String uri) {
    boolean registered =
        query
            .get("client_id")
            .flatMap(call::client)
            .filter(client -> client.oauth().logoutUrls().contains(uri))
            .isPresent();
    if (!registered) {
      throw OAuthError.invalidRequest();
    }
    Map<String, String> state = query.get("state").map(it -> Map.of("state", it)).orElse(Map.of());
    return DomainReply.redirect(DomainReply.with(uri, state));
  }

  private static Reply toLogin(DomainCall call, Parameters query) {
    AuthorizeRequest request = AuthorizeRequest.of(call, query);
    return request.toLogin(call);
  }
}
