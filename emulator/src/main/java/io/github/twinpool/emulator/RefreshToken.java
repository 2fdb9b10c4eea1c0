package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh token says to the pool that minted it.
 *
 * @param id tells the tokens of one rotation apart
 * @param originJti names the sign-in; revocation is by it
 * @param sub whose it is, since another user may get the same name later
 * @param device the key of the device that was signed in with, or given to confirm
 * @param scope what a grant of the domain's endpoints allowed, or null after a sign-in by the API
 * @param deviceProved whether the device proved itself, rather than being new
 * @param mintedBy the Region, since the other one sees the token a replication lag later
 */
record RefreshToken(
    String id,
    String originJti,
    String username,
    String sub,
    String clientId,
    @Nullable String device,
    boolean deviceProved,
    @Nullable String scope,
    Instant authTime,
    Instant issuedAt,
    Instant expiresAt,
    RegionRole mintedBy) {
  private static final String PURPOSE = "refresh";

  /** The token that takes the place of this one, and expires as this one would. */
  RefreshToken rotated(String newId, Instant now, RegionRole by) {
    return new RefreshToken(
        newId,
        originJti,
        username,
        sub,
        clientId,
        device,
        deviceProved,
        scope,
        authTime,
        now,
        expiresAt,
        by);
  }

  String seal(Sealer sealer) {
    return sealer.seal(
        PURPOSE,
        WireJson.object()
            .put("id", id)
            .put("origin", originJti)
            .put("user", username)
            .put("sub", sub)
            .put("client", clientId)
            .put("device", device)
            .put("proved", deviceProved)
            .put("scope", scope)
            .put("auth", authTime.toEpochMilli())
            .put("iat", issuedAt.toEpochMilli())
            .put("exp", expiresAt.toEpochMilli())
            .put("by", mintedBy.name()));
  }

  static Optional<RefreshToken> open(String sealed, Sealer sealer) {
    return sealer.open(PURPOSE, sealed).map(RefreshToken::of);
  }

  private static RefreshToken of(ObjectNode content) {
    return new RefreshToken(
        content.path("id").asText(),
        content.path("origin").asText(),
        content.path("user").asText(),
        content.path("sub").asText(),
        content.path("client").asText(),
        content.path("device").textValue(),
        content.path("proved").asBoolean(),
        content.path("scope").textValue(),
        Instant.ofEpochMilli(content.path("auth").asLong()),
        Instant.ofEpochMilli(content.path("iat").asLong()),
        Instant.ofEpochMilli(content.path("exp").asLong()),
        RegionRole.valueOf(content.path("by").asText()));
  }

  @Override
  public String toString() {
    return "RefreshToken[…]";
  }
}
