package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Map;
import java.util.Optional;

/** {@code GET /oauth2/idpresponse}: a browser comes back from an identity provider. */
final class FederationEnd {
  private FederationEnd() {}

  /**
   * Back to the application, with a code or with an error.
   *
   * @throws OAuthError to be shown, if the browser brings a state that was not given to it
   */
  static Reply answer(DomainCall call) {
    Parameters query = Parameters.parse(call.request().query());
    String state = query.required("state");
    PendingFederations.Pending pending =
        call.cookie(call.stateCookie())
            .filter(state::equals)
            .flatMap(own -> call.pool().oauth().pending().end(own, call.role(), call.now()))
            .orElseThrow(OAuthError::invalidRequest);
    AuthorizeRequest request = AuthorizeRequest.of(call, Parameters.parse(pending.query()));
    try {
      return signedIn(call, query, pending, request);
    } catch (OAuthError error) {
      return request.refuse(error);
    }
  }

  private static Reply signedIn(
      DomainCall call,
      Parameters query,
      PendingFederations.Pending pending,
      AuthorizeRequest request) {
    AuthorizeRequest.Granted granted = request.check();
    IdentityProvider provider =
        call.pool()
            .oauth()
            .identityProviders()
            .get(call.role(), pending.provider())
            .orElseThrow(OAuthError::invalidRequest);
    if (query.get("error").isPresent()) {
      throw refused(provider.name() + " Error - the provider declined the sign-in");
    }
    Map<String, String> claims =
        call.oidc().claims(provider, pending, query.required("code"), call.now());
    UserRecord user = user(call, provider, claims);
    if (!user.enabled()) {
      throw refused("User is disabled.");
    }
    return LoginEndpoint.begin(
        call,
        request,
        granted,
        new LoginSessions.Session(user.username(), provider.name(), call.role(), call.now()));
  }

  /** Makes or changes the user in the primary; the secondary takes them as they are. */
  private static UserRecord user(
      DomainCall call, IdentityProvider provider, Map<String, String> claims) {
    String sub = claims.getOrDefault("sub", "");
    String username = provider.name() + "_" + sub;
    Map<String, String> mapped = FederatedUsers.mapped(provider, claims);
    Optional<UserRecord> known = call.pool().user(call.role(), username);
    if (call.role() == RegionRole.SECONDARY) {
      // That there are no new users is documented, what the application is told is an assumption.
      return known.orElseThrow(
          () -> refused("A first sign-in with " + provider.name() + " wants the primary Region."));
    }
    AttributeRules rules = AttributeRules.of(call.call(), call.pool());
    try {
      return known.isPresent()
          ? call.pool()
              .update(
                  username, user -> user.withAttributes(rules.forUpdate(user, mapped), call.now()))
          : FederatedUsers.create(call, provider, username, sub, rules.forNewUser(mapped));
    } catch (WireError error) {
      throw refused(error.text());
    }
  }

  static OAuthError refused(String description) {
    return new OAuthError(400, "invalid_request", description);
  }
}
