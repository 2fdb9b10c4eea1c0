package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /oauth2/authorize}: to the login page, or back at once for a browser that is known.
 */
final class AuthorizeEndpoint {
  private static final Set<String> PROMPTS = Set.of("none", "login", "select_account", "consent");

  private AuthorizeEndpoint() {}

  static Reply answer(DomainCall call) {
    AuthorizeRequest request = AuthorizeRequest.of(call, Parameters.parse(call.request().query()));
    try {
      return answer(call, request);
    } catch (OAuthError error) {
      return request.refuse(error);
    }
  }

  private static Reply answer(DomainCall call, AuthorizeRequest request) {
    AuthorizeRequest.Granted granted = request.check();
    String prompt = request.query().get("prompt").orElse("");
    if (!prompt.isEmpty() && !PROMPTS.contains(prompt)) {
      throw OAuthError.invalidRequest();
    }
    Optional<IdentityProvider> provider = FederationStart.named(call, request);
    Optional<LoginSessions.Session> session =
        call.session().filter(known -> isGoodFor(known, request, provider));
    if (session.isPresent() && !prompt.equals("login") && !prompt.equals("select_account")) {
      return request.grant(call, granted, session.get());
    }
    if (prompt.equals("none")) {
      throw new OAuthError("login_required");
    }
    return provider.isPresent()
        ? FederationStart.redirect(call, request, provider.get())
        : request.toLogin(call);
  }

  private static boolean isGoodFor(
      LoginSessions.Session session, AuthorizeRequest request, Optional<IdentityProvider> wanted) {
    return request.client().oauth().providers().contains(session.provider())
        && wanted.map(it -> it.name().equals(session.provider())).orElse(true);
  }
}
