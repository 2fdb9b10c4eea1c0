package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import io.github.twinpool.emulator.internal.saml.ResponseCheck;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import io.github.twinpool.emulator.internal.saml.SamlRefusal;
import io.github.twinpool.emulator.internal.saml.VerifiedAssertion;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /saml2/idpresponse}: a browser brings the response of a SAML provider, to a request
 * of the domain or, if the provider may, unasked.
 */
final class SamlEnd {
  static final String RESPONSE = "/saml2/idpresponse";

  /** What the endpoint takes at most. (Source: developer guide.) */
  static final int LONGEST_RESPONSE = 100_000;

  private SamlEnd() {}

  /**
   * Back to the application, with a code or with an error.
   *
   * @throws OAuthError to be shown, if the response belongs to no sign-in
   */
  static Reply answer(DomainCall call) {
    Parameters form = Parameters.form(call.request(), LONGEST_RESPONSE);
    byte[] response = decoded(form.get("SAMLResponse"));
    String relayState = form.get("RelayState").orElseThrow(SamlEnd::unknown);
    Optional<PendingFederations.Pending> pending = FederationEnd.pending(call, relayState);
    Parameters query = Parameters.parse(pending.map(it -> it.query()).orElse(relayState));
    if (query.get("client_id").isEmpty()) {
      throw unknown();
    }
    AuthorizeRequest request = AuthorizeRequest.of(call, query);
    try {
      AuthorizeRequest.Granted granted = request.check();
      IdentityProvider provider = provider(call, request, pending);
      return signedIn(call, request, granted, provider, pending, response);
    } catch (OAuthError error) {
      return request.refuse(error);
    }
  }

  static byte[] decoded(Optional<String> base64) {
    try {
      return Base64.getMimeDecoder().decode(base64.orElseThrow(SamlEnd::unknown));
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  /** In the service's words, as public reports quote them. */
  private static OAuthError unknown() {
    return new OAuthError("Invalid samlResponse or relayState from identity provider");
  }

  /** The provider that the browser was sent to, or that the relay state names by itself. */
  private static IdentityProvider provider(
      DomainCall call, AuthorizeRequest request, Optional<PendingFederations.Pending> pending) {
    Optional<IdentityProvider> provider =
        pending.isPresent()
            ? call.pool().oauth().identityProviders().get(call.role(), pending.get().provider())
            : FederationStart.named(call, request).filter(it -> it.is("IDPInit"));
    return provider
        .filter(it -> it.type() == ProviderType.SAML)
        .orElseThrow(OAuthError::invalidRequest);
  }

  private static Reply signedIn(
      DomainCall call,
      AuthorizeRequest request,
      AuthorizeRequest.Granted granted,
      IdentityProvider provider,
      Optional<PendingFederations.Pending> pending,
      byte[] response) {
    VerifiedAssertion assertion = verified(call, provider, pending, response);
    Map<String, String> claims = new LinkedHashMap<>();
    assertion
        .attributes()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                claims.put(name, Claims.text(values));
              }
            });
    claims.put(provider.type().subject(), assertion.nameId().value());
    UserRecord user;
    try {
      user =
          FederatedUsers.signedIn(
              call,
              request.client(),
              provider,
              claims,
              provider.metadata().map(it -> it.entityId()));
    } catch (WireError error) {
      throw invalid(
          "Invalid user attributes: "
              + error.text().replaceFirst("^Attributes did not conform to the schema: ", ""));
    }
    return LoginEndpoint.begin(
        call,
        request,
        granted,
        new LoginSessions.Session(
            user.username(),
            provider.name(),
            call.role(),
            call.now(),
            Optional.of(
                new LoginSessions.AtProvider(assertion.nameId(), assertion.sessionIndex()))));
  }

  private static VerifiedAssertion verified(
      DomainCall call,
      IdentityProvider provider,
      Optional<PendingFederations.Pending> pending,
      byte[] response) {
    PoolSaml saml = call.pool().oauth().saml();
    ResponseCheck check =
        new ResponseCheck(
            call.providers().metadata().current(provider, call.now()),
            saml.entityId(),
            pending
                .map(it -> it.redirectUri())
                .orElseGet(() -> FederationStart.origin(call) + RESPONSE),
            pending.map(it -> it.expected()),
            provider
                .encryption()
                .filter(key -> provider.is("EncryptedResponses"))
                .map(SamlKey::privateKey),
            call.now());
    VerifiedAssertion assertion;
    try {
      assertion = check.verified(response);
    } catch (SamlRefusal refusal) {
      if (refusal.isDenied()) {
        throw new OAuthError(
            400,
            "access_denied",
            "Error in SAML Identity Provider; "
                + refusal.text()
                + ": No SAML assertion found in the SAML response.");
      }
      throw invalid(refusal.text());
    }
    if (!saml.use(provider.name(), assertion.id())) {
      throw invalid("The assertion was used before.");
    }
    return assertion;
  }

  private static OAuthError invalid(String reason) {
    return new OAuthError(400, "server_error", "Invalid SAML response received: " + reason);
  }
}
