package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Makes the AuthenticationResult of sign-ins and refreshes. */
final class TokenSet {
  private TokenSet() {}

  /** The tokens of a new sign-in. */
  static ObjectNode forSignIn(SignInAttempt attempt) {
    Call call = attempt.call();
    Pool pool = attempt.pool();
    UserRecord user = attempt.user();
    Optional<ObjectNode> begun = Devices.begin(attempt);
    String proved = Devices.of(attempt).map(Device::key).orElse(null);
    String device = begun.map(metadata -> metadata.path("DeviceKey").asText()).orElse(proved);
    String originJti = pool.mint().freshId();
    pool.revocations().signedIn(user.sub(), originJti);
    RefreshToken first =
        new RefreshToken(
            pool.mint().freshId(),
            originJti,
            user.username(),
            user.sub(),
            attempt.client().id(),
            device,
            proved != null,
            null,
            call.now(),
            call.now(),
            call.now().plus(attempt.client().lifetimes().refresh()),
            call.role());
    ObjectNode answer =
        answer(
            call,
            pool,
            attempt.client(),
            user,
            first,
            Optional.of(first.seal(pool.keys().sealer())));
    begun.ifPresent(
        metadata -> answer.withObject("AuthenticationResult").set("NewDeviceMetadata", metadata));
    return answer;
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
                    old.rotated(pool.mint().freshId(), call.now(), call.role())
                        .seal(pool.keys().sealer()));
    return answer(call, pool, client, user, old, rotated);
  }

  private static ObjectNode answer(
      Call call,
      Pool pool,
      AppClient client,
      UserRecord user,
      RefreshToken origin,
      Optional<String> refreshToken) {
    TokenMint.Occasion occasion = TokenMint.Occasion.of(call, pool, client, user, origin);
    ObjectNode answer = WireJson.object();
    ObjectNode result =
        answer
            .putObject("AuthenticationResult")
            .put("AccessToken", pool.mint().accessToken(occasion))
            .put("ExpiresIn", client.lifetimes().access().toSeconds())
            .put("IdToken", pool.mint().idToken(occasion, Map.of()))
            .put("TokenType", "Bearer");
    refreshToken.ifPresent(token -> result.put("RefreshToken", token));
    return answer;
  }
}
