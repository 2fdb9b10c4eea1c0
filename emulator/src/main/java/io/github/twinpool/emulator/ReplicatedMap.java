package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Immutable values that the primary writes and that the secondary sees a lag later. Thread-safe.
 */
final class ReplicatedMap<V> {
  private final ReplicationLog log;
  private final NavigableMap<String, V> primary = new TreeMap<>();
  private final NavigableMap<String, V> secondary = new TreeMap<>();

  ReplicatedMap(ReplicationLog log) {
    this.log = log;
  }

  /** What a Region has under a key. */
  Optional<V> get(RegionRole role, String key) {
    synchronized (log) {
      return Optional.ofNullable(in(role).get(key));
    }
  }

  /** Up to {@code limit} values of a Region whose keys come after one, in the order of the keys. */
  List<V> after(RegionRole role, String key, int limit) {
    synchronized (log) {
      return in(role).tailMap(key, false).values().stream().limit(limit).toList();
    }
  }

  int size(RegionRole role) {
    synchronized (log) {
      return in(role).size();
    }
  }

  /** Writes in the primary. The secondary will see it. */
  void put(String key, V value) {
    synchronized (log) {
      primary.put(key, value);
      log.append(() -> secondary.put(key, value));
    }
  }

  /** Writes in both Regions at once, as if the lag were over. */
  void putEverywhere(String key, V value) {
    synchronized (log) {
      primary.put(key, value);
      secondary.put(key, value);
    }
  }

  /**
   * Changes a value in the primary.
   *
   * @return the new value, empty if there was none to change
   */
  Optional<V> update(String key, UnaryOperator<V> change) {
    synchronized (log) {
      V old = primary.get(key);
      if (old == null) {
        return Optional.empty();
      }
      V changed = change.apply(old);
      put(key, changed);
      return Optional.of(changed);
    }
  }

  /** Removes a value in the primary; whether there was one. The secondary will see it. */
  boolean remove(String key) {
    synchronized (log) {
      boolean removed = primary.remove(key) != null;
      log.append(() -> secondary.remove(key));
      return removed;
    }
  }

  private NavigableMap<String, V> in(RegionRole role) {
    return role == RegionRole.PRIMARY ? primary : secondary;
  }
}
