package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.LogoutRequest;
import io.github.twinpool.emulator.internal.saml.LogoutResponse;
import io.github.twinpool.emulator.internal.saml.RedirectBinding;
import io.github.twinpool.emulator.internal.saml.SamlRefusal;
import java.util.Optional;

/**
 * Single logout: {@code /logout} leads by way of the SAML provider, and {@code POST /saml2/logout}
 * comes back from there. (Source: developer guide, SAML sign-out flow.)
 */
final class SamlSignOut {
  private static final String RESPONSE = "/saml2/logout";

  private SamlSignOut() {}

  /**
   * The way to the provider that a session is of, if that provider signs out, too.
   *
   * @param destination where the browser goes in the end
   */
  static Optional<Reply> begin(DomainCall call, LoginSessions.Session session, String destination) {
    Optional<IdentityProvider> provider =
        provider(call, session.provider()).filter(it -> it.is("IDPSignout"));
    if (provider.isEmpty() || session.atProvider().isEmpty()) {
      return Optional.empty();
    }
    IdpMetadata metadata = call.providers().metadata().current(provider.get(), call.now());
    return metadata
        .signOut()
        .map(url -> redirect(call, provider.get(), session.atProvider().get(), url, destination));
  }

  private static Reply redirect(
      DomainCall call,
      IdentityProvider provider,
      LoginSessions.AtProvider session,
      String url,
      String destination) {
    PoolSaml saml = call.pool().oauth().saml();
    String id = "_" + call.freshId();
    String relayState = call.freshId();
    saml.begin(
        relayState,
        new PoolSaml.SignOut(
            provider.name(),
            id,
            FederationStart.origin(call) + RESPONSE,
            destination,
            call.role(),
            call.now().plus(PendingFederations.LIFETIME)));
    String request =
        new LogoutRequest(
                id, saml.entityId(), url, session.nameId(), session.sessionIndex(), call.now())
            .toXml();
    return DomainReply.redirect(
        RedirectBinding.address(
            url, request, relayState, Optional.of(saml.signingKey(call.now()))));
  }

  private static Optional<IdentityProvider> provider(DomainCall call, String name) {
    return call.pool()
        .oauth()
        .identityProviders()
        .get(call.role(), name)
        .filter(it -> it.type() == ProviderType.SAML);
  }

  /**
   * To where the sign-out leads.
   *
   * @throws OAuthError to be shown, if the provider's answer belongs to no sign-out or is not
   *     believed
   */
  static Reply end(DomainCall call) {
    Parameters form = Parameters.form(call.request(), SamlEnd.LONGEST_RESPONSE);
    byte[] response = SamlEnd.decoded(form.get("SAMLResponse"));
    PoolSaml.SignOut signOut =
        call.pool()
            .oauth()
            .saml()
            .end(form.required("RelayState"), call.role(), call.now())
            .orElseThrow(OAuthError::invalidRequest);
    IdentityProvider provider =
        provider(call, signOut.provider()).orElseThrow(OAuthError::invalidRequest);
    try {
      LogoutResponse.check(
          response,
          call.providers().metadata().current(provider, call.now()),
          signOut.answerTo(),
          signOut.requestId());
    } catch (SamlRefusal e) {
      throw OAuthError.invalidRequest();
    }
    return DomainReply.redirect(signOut.destination());
  }
}
