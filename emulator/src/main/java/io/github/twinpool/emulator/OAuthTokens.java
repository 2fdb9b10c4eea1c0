package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the answers of the domain's token endpoint. */
final class OAuthTokens {
  private OAuthTokens() {}

  /** The tokens of a sign-in at managed login. */
  static ObjectNode forCode(
      Call call, Pool pool, AppClient client, UserRecord user, AuthorizationCode code) {
    String originJti = pool.mint().freshId();
    pool.revocations().signedIn(user.sub(), originJti);
    RefreshToken first =
        new RefreshToken(
            pool.mint().freshId(),
            originJti,
            user.username(),
            user.sub(),
            client.id(),
            null,
            false,
            code.scopes().toString(),
            code.authTime(),
            call.now(),
            call.now().plus(client.lifetimes().refresh()),
            call.role());
    return answer(call, pool, client, user, first, code.nonce())
        .put("refresh_token", first.seal(pool.keys().sealer()));
  }

  /** The tokens of a refresh; a rotating client gets a new refresh token, too. */
  static ObjectNode forRefresh(
      Call call, Pool pool, AppClient client, UserRecord user, RefreshToken old) {
    ObjectNode answer = answer(call, pool, client, user, old, Optional.empty());
    if (client.rotationGrace().isPresent()) {
      RefreshToken next = old.rotated(pool.mint().freshId(), call.now(), call.role());
      answer.put("refresh_token", next.seal(pool.keys().sealer()));
    }
    return answer;
  }

  /** The token of an app client that stands for itself. */
  static ObjectNode forMachine(Call call, Pool pool, AppClient client, Scopes scopes) {
    String token = pool.mint().machineToken(pool.issuer(call.role()), client, scopes, call.now());
    return bearer(client, token);
  }

  private static ObjectNode bearer(AppClient client, String accessToken) {
    return WireJson.object()
        .put("access_token", accessToken)
        .put("expires_in", client.lifetimes().access().toSeconds())
        .put("token_type", "Bearer");
  }

  private static ObjectNode answer(
      Call call,
      Pool pool,
      AppClient client,
      UserRecord user,
      RefreshToken origin,
      Optional<String> nonce) {
    TokenMint.Occasion occasion = TokenMint.Occasion.of(call, pool, client, user, origin);
    String accessToken = pool.mint().accessToken(occasion);
    ObjectNode answer = bearer(client, accessToken);
    String scope = origin.scope();
    // Sign-ins by the API have no openid scope, and an ID token all the same.
    if (scope == null || Scopes.of(scope).contains(Scopes.OPENID)) {
      Map<String, String> more = new HashMap<>();
      more.put("at_hash", hash(accessToken));
      nonce.ifPresent(value -> more.put("nonce", value));
      answer.put("id_token", pool.mint().idToken(occasion, more));
    }
    return answer;
  }

  /** The left half of the hash. (Source: OpenID Connect Core, 3.1.3.6.) */
  private static String hash(String accessToken) {
    byte[] half = Arrays.copyOf(AuthorizationCode.sha256(accessToken), 16);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
  }
}
