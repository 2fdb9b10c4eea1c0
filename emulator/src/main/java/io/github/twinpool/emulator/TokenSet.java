package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Makes the AuthenticationResult of sign-ins and refreshes. */
final class TokenSet {
  private TokenSet() {}

  /** The tokens of a new sign-in. */
  static ObjectNode forSignIn(Call call, Pool pool, AppClient client, UserRecord user) {
    String originJti = pool.mint().freshId();
    pool.revocations().signedIn(user.sub(), originJti);
    Instant expiry = call.now().plus(client.lifetimes().refresh());
    String refreshToken = refreshToken(call, pool, client, user, originJti, call.now(), expiry);
    return answer(call, pool, client, user, originJti, call.now(), Optional.of(refreshToken));
  }

  /**
   * The tokens of a refresh; a rotating client gets a new refresh token that expires as the old.
   */
  static ObjectNode forRefresh(
      Call call, Pool pool, AppClient client, UserRecord user, RefreshToken old) {
    Optional<String> rotated =
        client
            .rotationGrace()
            .map(
                grace ->
                    refreshToken(
                        call,
                        pool,
                        client,
                        user,
                        old.originJti(),
                        old.authTime(),
                        old.expiresAt()));
    return answer(call, pool, client, user, old.originJti(), old.authTime(), rotated);
  }

  private static String refreshToken(
      Call call,
      Pool pool,
      AppClient client,
      UserRecord user,
      String originJti,
      Instant authTime,
      Instant expiresAt) {
    return new RefreshToken(
            pool.mint().freshId(),
            originJti,
            user.username(),
            client.id(),
            authTime,
            call.now(),
            expiresAt,
            call.role())
        .seal(pool.keys().sealer());
  }

  private static ObjectNode answer(
      Call call,
      Pool pool,
      AppClient client,
      UserRecord user,
      String originJti,
      Instant authTime,
      Optional<String> refreshToken) {
    TokenMint.Occasion occasion =
        new TokenMint.Occasion(
            pool.issuer(call.role()),
            client,
            user,
            originJti,
            authTime,
            pool.mint().freshId(),
            call.now());
    ObjectNode answer = WireJson.object();
    ObjectNode result =
        answer
            .putObject("AuthenticationResult")
            .put("AccessToken", pool.mint().accessToken(occasion))
            .put("ExpiresIn", client.lifetimes().access().toSeconds())
            .put("IdToken", pool.mint().idToken(occasion))
            .put("TokenType", "Bearer");
    refreshToken.ifPresent(token -> result.put("RefreshToken", token));
    return answer;
  }
}
