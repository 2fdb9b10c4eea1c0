package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends a browser to an identity provider. */
final class FederationStart {
  private static final Pattern OWN_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost):[0-9]{1,5}");
  static final String RESPONSE = "/oauth2/idpresponse";

  private FederationStart() {}

  /**
   * The provider that an authorization request names; empty for the pool itself and for none.
   *
   * @throws OAuthError invalid_request for one that the client does not support
   */
  static Optional<IdentityProvider> named(DomainCall call, AuthorizeRequest request) {
    Optional<String> name = request.query().get("identity_provider");
    Optional<String> identifier = request.query().get("idp_identifier");
    if (name.isEmpty() && identifier.isEmpty()) {
      return Optional.empty();
    }
    if (name.filter(OAuthSettings.COGNITO::equals).isPresent()
        && request.client().oauth().allowsPasswords()) {
      return Optional.empty();
    }
    PoolOAuth oauth = call.pool().oauth();
    Optional<IdentityProvider> provider =
        name.isPresent()
            ? oauth.identityProviders().get(call.role(), name.get())
            : identifier.flatMap(it -> oauth.providerOf(call.role(), it));
    return Optional.of(
        provider
            .filter(it -> request.client().oauth().providers().contains(it.name()))
            .orElseThrow(OAuthError::invalidRequest));
  }

  /**
   * The way to the provider.
   *
   * @throws OAuthError to be sent back to the application if the provider cannot be asked where
   */
  static Reply redirect(DomainCall call, AuthorizeRequest request, IdentityProvider provider) {
    String host = call.request().header("host");
    if (!OWN_HOST.matcher(host).matches()) {
      throw OAuthError.invalidRequest();
    }
    String url = call.oidc().endpoint(provider, "authorize_url", "authorization_endpoint");
    String state = call.freshId();
    String nonce = call.freshId();
    String scheme = call.call().cognito().domain(call.pool()).map(URI::getScheme).orElse("http");
    String redirectUri = scheme + "://" + host + RESPONSE;
    call.pool()
        .oauth()
        .pending()
        .begin(
            state,
            new PendingFederations.Pending(
                call.request().query(),
                provider.name(),
                redirectUri,
                nonce,
                call.role(),
                call.now().plus(PendingFederations.LIFETIME)));
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_id", provider.detail("client_id"));
    parameters.put("redirect_uri", redirectUri);
    parameters.put("scope", provider.detail("authorize_scopes"));
    parameters.put("response_type", "code");
    parameters.put("state", state);
    parameters.put("nonce", nonce);
    request.query().get("login_hint").ifPresent(hint -> parameters.put("login_hint", hint));
    return DomainReply.withCookie(
        DomainReply.redirect(DomainReply.with(url, parameters)), call.stateCookie(), state);
  }
}
