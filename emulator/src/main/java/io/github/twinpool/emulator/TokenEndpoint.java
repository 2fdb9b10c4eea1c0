package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.List;
import java.util.Optional;

/** {@code POST /oauth2/token}: codes, refresh tokens and client credentials for tokens. */
final class TokenEndpoint {
  private TokenEndpoint() {}

  /**
   * Answers a request.
   *
   * @throws OAuthError as RFC 6749 5.2 has them
   */
  static Reply answer(DomainCall call, ServedCalls.Entry entry) {
    try {
      Parameters form = Parameters.form(call.request());
      form.check();
      String grant = form.required("grant_type");
      entry.granting(grant);
      AppClient client = ClientAuthentication.of(call, form);
      ObjectNode tokens =
          switch (grant) {
            case "authorization_code" -> code(call, client, form);
            case "refresh_token" -> refresh(call, client, form);
            case "client_credentials" -> machine(call, client, form);
            default -> throw new OAuthError("unsupported_grant_type");
          };
      entry.ended("");
      return DomainReply.json(200, tokens);
    } catch (OAuthError error) {
      entry.ended(error.error());
      throw error;
    } catch (WireError refusal) {
      entry.ended("invalid_grant");
      throw OAuthError.invalidGrant();
    }
  }

  private static ObjectNode code(DomainCall call, AppClient client, Parameters form) {
    if (!client.oauth().allowsCodes()) {
      throw new OAuthError("unauthorized_client");
    }
    String sent = form.required("code");
    String redirectUri = form.required("redirect_uri");
    Optional<String> verifier = form.get("code_verifier");
    AuthorizationCodes codes = call.pool().oauth().codes();
    if (codes.isUsed(sent)) {
      call.isDuplicate();
      throw OAuthError.invalidGrant();
    }
    AuthorizationCode code =
        codes
            .find(sent, call.role(), call.now())
            .filter(found -> found.clientId().equals(client.id()))
            .filter(found -> found.redirectUri().equals(redirectUri))
            .filter(found -> found.isProvedBy(verifier))
            .orElseThrow(OAuthError::invalidGrant);
    UserRecord user =
        call.pool()
            .user(call.role(), code.username())
            .filter(UserRecord::enabled)
            .orElseThrow(OAuthError::invalidGrant);
    if (!codes.use(sent)) {
      call.isDuplicate();
      throw OAuthError.invalidGrant();
    }
    return OAuthTokens.forCode(call.call(), call.pool(), client, user, code);
  }

  private static ObjectNode refresh(DomainCall call, AppClient client, Parameters form) {
    String sent = form.required("refresh_token");
    if (!client.oauth().enabled()) {
      throw new OAuthError("unauthorized_client");
    }
    Pool pool = call.pool();
    RefreshToken token = TokenOperations.open(call.call(), pool, client, sent);
    UserRecord user = TokenOperations.owner(call.call(), pool, token);
    Devices.checkRefresh(call.call(), pool, token, Optional.empty());
    client
        .rotationGrace()
        .ifPresent(
            grace -> {
              if (pool.rotations().isUsed(call.role(), token.id())) {
                call.isDuplicate();
              }
              pool.rotations().use(call.role(), token.id(), grace, call.now());
            });
    return OAuthTokens.forRefresh(call.call(), pool, client, user, token);
  }

  private static ObjectNode machine(DomainCall call, AppClient client, Parameters form) {
    if (!client.oauth().allowsMachines() || client.secrets().isEmpty()) {
      throw new OAuthError("unauthorized_client");
    }
    List<String> allowed =
        client.oauth().scopes().stream()
            .filter(call.pool().oauth().customScopes(call.role())::contains)
            .toList();
    Scopes scopes = Scopes.granted(form.get("scope").orElse(""), allowed);
    return OAuthTokens.forMachine(call.call(), call.pool(), client, scopes);
  }
}
