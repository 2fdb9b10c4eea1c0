package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that waits for its answer.
 *
 * @param username what the answers are signed for: the name that Cognito told, not the alias
 * @param session as the routed client hands it out, so it knows its Region
 */
record Pending(
    String challenge,
    @Nullable String session,
    String username,
    Map<String, String> parameters,
    List<String> choices,
    Instant expiresAt,
    Person person) {

  Pending {
    parameters = Map.copyOf(parameters);
    choices = List.copyOf(choices);
  }

  RegionRole region() {
    return session == null ? RegionRole.PRIMARY : MultiRegionCognito.regionOfSession(session);
  }

  /** The challenge that follows when another operation has given the conversation a new Session. */
  Pending followedBy(String nextChallenge, @Nullable String nextSession) {
    return new Pending(
        nextChallenge, nextSession, username, Map.of(), List.of(), expiresAt, person);
  }

  Pending of(Person other) {
    return new Pending(challenge, session, username, parameters, choices, expiresAt, other);
  }

  @Override
  public String toString() {
    return "Pending[" + challenge + "]";
  }
}
