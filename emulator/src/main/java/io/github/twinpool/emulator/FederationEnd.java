package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /oauth2/idpresponse}: a browser comes back from an OIDC or social provider, from Apple by
 * POST.
 */
final class FederationEnd {
  private FederationEnd() {}

  /**
   * Back to the application, with a code or with an error.
   *
   * @throws OAuthError to be shown, if the browser brings a state that was not given to it
   */
  static Reply answer(DomainCall call) {
    Parameters answer =
        call.request().method().equals("POST")
            ? Parameters.form(call.request())
            : Parameters.parse(call.request().query());
    PendingFederations.Pending pending =
        pending(call, answer.required("state")).orElseThrow(OAuthError::invalidRequest);
    AuthorizeRequest request = AuthorizeRequest.of(call, Parameters.parse(pending.query()));
    try {
      return signedIn(call, answer, pending, request);
    } catch (OAuthError error) {
      return request.refuse(error);
    }
  }

  /** The sign-in that this browser began with a state. */
  static Optional<PendingFederations.Pending> pending(DomainCall call, String state) {
    return call.cookie(call.stateCookie())
        .filter(state::equals)
        .flatMap(own -> call.pool().oauth().pending().end(own, call.role(), call.now()));
  }

  private static Reply signedIn(
      DomainCall call,
      Parameters answer,
      PendingFederations.Pending pending,
      AuthorizeRequest request) {
    AuthorizeRequest.Granted granted = request.check();
    IdentityProvider provider =
        call.pool()
            .oauth()
            .identityProviders()
            .get(call.role(), pending.provider())
            .filter(it -> it.type() != ProviderType.SAML)
            .orElseThrow(OAuthError::invalidRequest);
    if (answer.get("error").isPresent()) {
      throw refused(provider.name() + " Error - the provider declined the sign-in");
    }
    Map<String, String> claims =
        provider.type() == ProviderType.OIDC
            ? call.providers().oidc().claims(provider, pending, answer.required("code"), call.now())
            : call.providers().social().claims(provider, pending, answer, call.now());
    UserRecord user;
    try {
      user = FederatedUsers.signedIn(call, request.client(), provider, claims, Optional.empty());
    } catch (WireError error) {
      throw refused(error.text());
    }
    return LoginEndpoint.begin(
        call,
        request,
        granted,
        new LoginSessions.Session(
            user.username(), provider.name(), call.role(), call.now(), Optional.empty()));
  }

  static OAuthError refused(String description) {
    return new OAuthError(400, "invalid_request", description);
  }
}
