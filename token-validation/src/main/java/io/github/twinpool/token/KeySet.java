package io.github.twinpool.token;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a pool as its sources published them: the union, each with where and when it was last
 * seen. Immutable. Two clocks run: a key that no source published at a fetch dies {@code
 * removedKeyGrace} later, and without a successful fetch all keys die after {@code outageMaxAge}.
 */
final class KeySet {
  private final Map<SigningKey, Sighting> sightings;
  private final Map<String, List<SigningKey>> byId;
  private final @Nullable Long lastSuccess;

  /**
   * @param source who published the key last
   * @param at when
   * @param missedAt since when no source publishes it
   */
  record Sighting(URI source, long at, @Nullable Long missedAt) {}

  private KeySet(Map<SigningKey, Sighting> sightings, @Nullable Long lastSuccess) {
    this.sightings = Map.copyOf(sightings);
    this.lastSuccess = lastSuccess;
    Map<String, List<SigningKey>> index = new LinkedHashMap<>();
    sightings
        .keySet()
        .forEach(key -> index.computeIfAbsent(key.id(), id -> new ArrayList<>()).add(key));
    index.replaceAll((id, keys) -> List.copyOf(keys));
    byId = index;
  }

  static KeySet empty() {
    return new KeySet(Map.of(), null);
  }

  /** These keys and those that a source has just published. */
  KeySet with(URI source, Collection<SigningKey> published, long now) {
    Map<SigningKey, Sighting> next = new LinkedHashMap<>(sightings);
    published.forEach(key -> next.put(key, new Sighting(source, now, null)));
    return new KeySet(next, now);
  }

  /** These keys after a refresh in which the sources together published only some of them. */
  KeySet settled(Set<SigningKey> published, long now, Duration grace) {
    Map<SigningKey, Sighting> next = new LinkedHashMap<>();
    sightings.forEach(
        (key, seen) -> {
          if (published.contains(key)) {
            next.put(key, seen);
          } else if (seen.missedAt() == null) {
            next.put(key, new Sighting(seen.source(), seen.at(), now));
          } else if (now - seen.missedAt() < grace.toNanos()) {
            next.put(key, seen);
          }
        });
    return new KeySet(next, lastSuccess);
  }

  /** Whether a fetch succeeded recently enough for these keys to say anything. */
  boolean ready(long now, Duration outageMaxAge) {
    return lastSuccess != null && now - lastSuccess < outageMaxAge.toNanos();
  }

  /** The living keys with an ID: usually one, none if there is none. */
  List<SigningKey> find(String id, long now, KeyPolicy policy) {
    List<SigningKey> keys = byId.get(id);
    if (keys == null || !ready(now, policy.outageMaxAge())) {
      return List.of();
    }
    for (SigningKey key : keys) {
      if (!alive(key, now, policy.removedKeyGrace())) {
        return keys.stream().filter(k -> alive(k, now, policy.removedKeyGrace())).toList();
      }
    }
    return keys;
  }

  /** Whether a key is here and alive. */
  boolean trusts(SigningKey key, long now, KeyPolicy policy) {
    return ready(now, policy.outageMaxAge()) && alive(key, now, policy.removedKeyGrace());
  }

  /** The keys that have not died yet, with their sightings. */
  Map<SigningKey, Sighting> alive(long now, KeyPolicy policy) {
    Map<SigningKey, Sighting> alive = new LinkedHashMap<>();
    if (ready(now, policy.outageMaxAge())) {
      sightings.forEach(
          (key, seen) -> {
            if (alive(key, now, policy.removedKeyGrace())) {
              alive.put(key, seen);
            }
          });
    }
    return alive;
  }

  /** The keys that the sources had at the last fetch. */
  List<SigningKey> published() {
    return sightings.entrySet().stream()
        .filter(entry -> entry.getValue().missedAt() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The keys that have not died yet, by ID. */
  List<ValidatorStatus.Key> status(long now, KeyPolicy policy) {
    List<ValidatorStatus.Key> status = new ArrayList<>();
    alive(now, policy)
        .forEach(
            (key, seen) -> {
              Duration age = Duration.ofNanos(now - seen.at());
              boolean removed = seen.missedAt() != null;
              status.add(new ValidatorStatus.Key(key.id(), seen.source(), age, removed));
            });
    status.sort(Comparator.comparing(ValidatorStatus.Key::id));
    return status;
  }

  /** The time since the last successful fetch, null if there was none. */
  @Nullable Duration age(long now) {
    return lastSuccess == null ? null : Duration.ofNanos(now - lastSuccess);
  }

  private boolean alive(SigningKey key, long now, Duration grace) {
    Sighting seen = sightings.get(key);
    return seen != null && (seen.missedAt() == null || now - seen.missedAt() < grace.toNanos());
  }
}
