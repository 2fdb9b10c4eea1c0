package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The passkeys of one pool's users, which replicate, and what each Region keeps to itself: begun
 * registrations and signature counters. Thread-safe.
 */
final class WebAuthnCredentials {
  /** Source: Cognito developer guide, quotas. */
  static final int MOST_PER_USER = 20;

  private static final int MOST = 100_000;

  /** Comes in no user name and sorts before all that does. */
  private static final char END = '\0';

  private final ReplicationLog log;
  private final ReplicatedMap<WebAuthnCredential> credentials;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Registration> begun = new BoundedMap<>(MOST);
  private final Map<RegionRole, Map<String, Long>> counters = new EnumMap<>(RegionRole.class);

  /** What StartWebAuthnRegistration leaves behind. */
  record Registration(String challenge, String clientId, Instant expires) {}

  WebAuthnCredentials(ReplicationLog log) {
    this.log = log;
    this.credentials = new ReplicatedMap<>(log);
    for (RegionRole role : RegionRole.values()) {
      counters.put(role, new BoundedMap<>(MOST));
    }
  }

  /** Remembers a registration; the user's one before is forgotten. */
  synchronized void begin(String username, Registration registration) {
    begun.put(username, registration);
  }

  synchronized Optional<Registration> begun(String username, Instant now) {
    return Optional.ofNullable(begun.get(username)).filter(it -> now.isBefore(it.expires()));
  }

  /** Ends a registration; whether nobody was faster. */
  synchronized boolean end(String username, Registration registration) {
    return begun.remove(username, registration);
  }

  Optional<WebAuthnCredential> find(RegionRole role, String username, String id) {
    return credentials.get(role, username + END + id);
  }

  /** All credentials of a user that were made for a relying party. */
  List<WebAuthnCredential> of(RegionRole role, String username, RelyingParty party) {
    return after(role, username, "", MOST_PER_USER).stream()
        .filter(credential -> credential.rpId().equals(party.id()))
        .toList();
  }

  /** Up to {@code limit} credentials of a user whose IDs come after one. */
  List<WebAuthnCredential> after(RegionRole role, String username, String id, int limit) {
    return credentials.after(role, username + END + id, limit).stream()
        .filter(credential -> credential.username().equals(username))
        .toList();
  }

  /**
   * Adds a credential. What Cognito says of one that is registered already is unpublished.
   *
   * @throws WireError a LimitExceededException, an InvalidParameterException
   */
  void add(WebAuthnCredential added) {
    log.atomically(
        () -> {
          int known = after(RegionRole.PRIMARY, added.username(), "", MOST_PER_USER).size();
          if (known >= MOST_PER_USER || ids.size() >= MOST) {
            throw WireError.limitExceeded("The user has as many credentials as there may be.");
          }
          if (!ids.add(added.id())) {
            throw WireError.invalidParameter("The credential is registered already.");
          }
          credentials.put(added.username() + END + added.id(), added);
          return added;
        });
  }

  /**
   * Removes a credential.
   *
   * @throws WireError a ResourceNotFoundException
   */
  void remove(String username, String id) {
    boolean removed =
        log.atomically(() -> credentials.remove(username + END + id) && ids.remove(id));
    if (!removed) {
      throw WireError.of("ResourceNotFoundException", "Credential does not exist.");
    }
  }

  /** Removes the credentials of a user who is deleted. */
  void removeAll(String username) {
    after(RegionRole.PRIMARY, username, "", MOST_PER_USER)
        .forEach(credential -> remove(username, credential.id()));
  }

  /**
   * Moves a signature counter on, in one Region. Whether the counters of Cognito replicate is
   * unpublished: that they do not is an assumption.
   *
   * @return whether the counter is above the last one, or the authenticator does not count
   */
  synchronized boolean count(RegionRole role, WebAuthnCredential credential, long signCount) {
    Map<String, Long> known = Objects.requireNonNull(counters.get(role));
    long last = Math.max(credential.signCount(), known.getOrDefault(credential.id(), 0L));
    boolean counts = signCount != 0 || last != 0;
    if (counts && signCount <= last) {
      return false;
    }
    known.put(credential.id(), signCount);
    return true;
  }
}
