package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Optional;

/** {@code POST /oauth2/revoke}: ends the sign-in that a refresh token goes back to. */
final class RevokeEndpoint {
  private RevokeEndpoint() {}

  /**
   * Answers a request. A token that is not good is no error. (Source: Cognito developer guide,
   * revocation endpoint; that a wrong client is told with status 401, too.)
   *
   * @throws OAuthError invalid_request, invalid_client, unsupported_token_type
   */
  static Reply answer(DomainCall call) {
    Parameters form = Parameters.form(call.request());
    form.check();
    String sent = form.required("token");
    AppClient client = client(call, form);
    if (!client.revocationEnabled()) {
      throw OAuthError.invalidRequest();
    }
    if (sent.chars().filter(c -> c == '.').count() == 2) {
      throw new OAuthError("unsupported_token_type");
    }
    Optional<RefreshToken> token = RefreshToken.open(sent, call.pool().keys().sealer());
    token
        .filter(opened -> opened.clientId().equals(client.id()))
        .ifPresent(opened -> call.pool().revocations().revoke(call.role(), opened.originJti()));
    return DomainReply.empty();
  }

  private static AppClient client(DomainCall call, Parameters form) {
    try {
      return ClientAuthentication.of(call, form);
    } catch (OAuthError error) {
      throw error.error().equals("invalid_client") ? new OAuthError(401, error.error(), "") : error;
    }
  }
}
