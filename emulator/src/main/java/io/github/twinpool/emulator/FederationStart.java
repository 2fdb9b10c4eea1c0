package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import io.github.twinpool.emulator.internal.saml.AuthnRequest;
import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.RedirectBinding;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends a browser to an identity provider. */
final class FederationStart {
  private static final Pattern OWN_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost):[0-9]{1,5}");
  private static final String RESPONSE = "/oauth2/idpresponse";

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
    return provider.type() == ProviderType.SAML
        ? toSaml(call, provider)
        : toOAuth(call, request, provider);
  }

  private static Reply toOAuth(
      DomainCall call, AuthorizeRequest request, IdentityProvider provider) {
    String url =
        provider.type() == ProviderType.OIDC
            ? call.providers().oidc().endpoint(provider, "authorize_url", "authorization_endpoint")
            : call.providers().social().at(provider, provider.site().authorize());
    String nonce = call.freshId();
    String redirectUri = origin(call) + RESPONSE;
    String state = begin(call, provider, redirectUri, nonce);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_id", provider.detail("client_id"));
    parameters.put("redirect_uri", redirectUri);
    parameters.put("scope", provider.detail("authorize_scopes"));
    parameters.put("response_type", "code");
    parameters.put("state", state);
    parameters.put("nonce", nonce);
    // Hints go to OIDC providers only, prompts to all but SAML's. (Source: developer guide.)
    if (provider.type() == ProviderType.OIDC) {
      request.query().get("login_hint").ifPresent(hint -> parameters.put("login_hint", hint));
    }
    if (provider.type() == ProviderType.APPLE) {
      parameters.put("response_mode", "form_post");
    }
    request.query().get("prompt").ifPresent(prompt -> parameters.put("prompt", prompt));
    return DomainReply.withCookie(
        DomainReply.redirect(DomainReply.with(url, parameters)), call.stateCookie(), state);
  }

  private static Reply toSaml(DomainCall call, IdentityProvider provider) {
    IdpMetadata metadata = call.providers().metadata().current(provider, call.now());
    PoolSaml saml = call.pool().oauth().saml();
    String id = "_" + call.freshId();
    String answerTo = origin(call) + SamlEnd.RESPONSE;
    String relayState = begin(call, provider, answerTo, id);
    Optional<SamlKey> key =
        provider.detail("RequestSigningAlgorithm").isEmpty()
            ? Optional.empty()
            : Optional.of(saml.signingKey(call.now()));
    String request =
        new AuthnRequest(id, saml.entityId(), metadata.signOn(), answerTo, call.now()).toXml();
    return DomainReply.withCookie(
        DomainReply.redirect(RedirectBinding.address(metadata.signOn(), request, relayState, key)),
        call.stateCookie(),
        relayState);
  }

  /** Remembers the sign-in, and returns the state that the browser will come back with. */
  private static String begin(
      DomainCall call, IdentityProvider provider, String redirectUri, String expected) {
    String state = call.freshId();
    call.pool()
        .oauth()
        .pending()
        .begin(
            state,
            new PendingFederations.Pending(
                call.request().query(),
                provider.name(),
                redirectUri,
                expected,
                call.role(),
                call.now().plus(PendingFederations.LIFETIME)));
    return state;
  }

  /**
   * The address of the domain as the browser names it.
   *
   * @throws OAuthError invalid_request
   */
  static String origin(DomainCall call) {
    String host = call.request().header("host");
    if (!OWN_HOST.matcher(host).matches()) {
      throw OAuthError.invalidRequest();
    }
    return "http://" + host;
  }
}
