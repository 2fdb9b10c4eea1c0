package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sign-in carries from one request to the next, sealed into a Session or a SECRET_BLOCK:
 * whose it is, where and until when it is good, and what the challenge is about.
 *
 * @param username the user's own name, or for a simulated user the one that was typed
 * @param data what the challenge needs to know again
 */
record SealedState(
    String id,
    String username,
    boolean simulated,
    String clientId,
    RegionRole issuedBy,
    Instant expires,
    ObjectNode data) {
  /** Sealed, this makes the 1,500 characters or so that sessions of Cognito have. */
  private static final int PADDED = 1_040;

  String seal(Pool pool, String purpose) {
    ObjectNode content =
        WireJson.object()
            .put("id", id)
            .put("user", username)
            .put("simulated", simulated)
            .put("client", clientId)
            .put("by", issuedBy.name())
            .put("exp", expires.toEpochMilli());
    content.set("data", data);
    int padding = Math.max(0, PADDED - WireJson.write(content).length);
    return pool.keys().sealer().seal(purpose, content.put("pad", "x".repeat(padding)));
  }

  /**
   * Opens what {@link #seal} made, if it is good for this request.
   *
   * @throws WireError a NotAuthorizedException in Cognito's words for forged, foreign, expired and
   *     used ones
   */
  static SealedState open(Call call, Pool pool, AppClient client, String purpose, String sealed) {
    SealedState state =
        pool.keys()
            .sealer()
            .open(purpose, sealed)
            .map(SealedState::of)
            .filter(opened -> opened.clientId.equals(client.id()))
            .filter(opened -> opened.isGoodIn(call))
            .orElseThrow(SealedState::invalid);
    if (!call.now().isBefore(state.expires)) {
      throw WireError.notAuthorized("Invalid session for the user, session is expired.");
    }
    pool.usedStates().check(state.id);
    return state;
  }

  /** That a session is bound to its Region is an assumption, which the builder can switch off. */
  private boolean isGoodIn(Call call) {
    return issuedBy == call.role()
        || call.cognito().assumptions().hold(Unpublished.SESSIONS_PORTABLE);
  }

  /** Whether the one who answers says to be the user of this state. */
  boolean isOf(Pool pool, RegionRole role, String claimedUsername) {
    Optional<UserRecord> claimed = pool.user(role, claimedUsername);
    if (claimed.isPresent()) {
      return !simulated && claimed.get().username().equals(username);
    }
    String key = pool.key(username);
    return simulated
        && (pool.key(claimedUsername).equals(key)
            || pool.key(pool.simulatedName(role, claimedUsername)).equals(key));
  }

  static WireError invalid() {
    return WireError.notAuthorized("Invalid session for the user.");
  }

  private static SealedState of(ObjectNode content) {
    return new SealedState(
        content.path("id").asText(),
        content.path("user").asText(),
        content.path("simulated").asBoolean(),
        content.path("client").asText(),
        RegionRole.valueOf(content.path("by").asText()),
        Instant.ofEpochMilli(content.path("exp").asLong()),
        content.path("data") instanceof ObjectNode data ? data : WireJson.object());
  }

  @Override
  public String toString() {
    return "SealedState[…]";
  }
}
