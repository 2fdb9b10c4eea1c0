package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The KMS keys of both Regions. Thread-safe. */
final class KmsKeys {
  private static final int MAX = 1_000;

  private final InstantSource clock;
  private final Map<RegionRole, String> regions;
  private final Map<RegionRole, NavigableMap<String, KmsKey>> keys =
      new EnumMap<>(RegionRole.class);

  KmsKeys(InstantSource clock, Map<RegionRole, String> regions) {
    this.clock = clock;
    this.regions = Map.copyOf(regions);
    for (RegionRole role : RegionRole.values()) {
      keys.put(role, new TreeMap<>());
    }
  }

  String region(RegionRole role) {
    return Objects.requireNonNull(regions.get(role));
  }

  Optional<RegionRole> role(String region) {
    return regions.entrySet().stream()
        .filter(entry -> entry.getValue().equals(region))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private NavigableMap<String, KmsKey> in(RegionRole role) {
    return Objects.requireNonNull(keys.get(role));
  }

  /**
   * Adds a key.
   *
   * @throws WireError AlreadyExistsException, LimitExceededException
   */
  synchronized KmsKey add(RegionRole role, KmsKey key) {
    if (in(role).containsKey(key.id())) {
      throw WireError.of("AlreadyExistsException", "The key is in " + region(role) + " already.");
    }
    if (in(role).size() >= MAX) {
      throw WireError.limitExceeded("The emulator keeps at most " + MAX + " keys in a Region.");
    }
    in(role).put(key.id(), key);
    return key;
  }

  /** A key by its ID or ARN, once it can be seen. */
  synchronized Optional<KmsKey> of(RegionRole role, String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    boolean here = !idOrArn.startsWith("arn:") || idOrArn.equals(KmsKey.arn(region(role), id));
    return Optional.ofNullable(here ? in(role).get(id) : null).filter(this::visible);
  }

  private boolean visible(KmsKey key) {
    Instant now = clock.instant();
    return !now.isBefore(key.visible());
  }

  synchronized void update(RegionRole role, String id, UnaryOperator<KmsKey> change) {
    in(role).computeIfPresent(id, (same, key) -> change.apply(key));
  }

  /** Those that can be seen, after one, in the order of their IDs. */
  synchronized List<KmsKey> after(RegionRole role, String id, int limit) {
    return in(role).tailMap(id, false).values().stream()
        .filter(this::visible)
        .limit(limit)
        .toList();
  }

  /** Where a primary key has its replica, be it visible there or not. */
  synchronized Optional<String> replicaRegion(KmsKey key) {
    return regions.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(key.primaryRegion()))
        .filter(entry -> in(entry.getKey()).containsKey(key.id()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Refuses a key that a pool cannot be encrypted with in a Region. (Source: Cognito developer
   * guide, "Data protection"; the wording is ours, but for "is in an invalid state", which was
   * seen.)
   *
   * @throws WireError an InvalidParameterException
   */
  void checkUsable(RegionRole role, String arn, String poolArn) {
    KmsKey key =
        of(role, arn)
            .orElseThrow(
                () ->
                    WireError.invalidParameter(
                        "The KMS key " + arn + " does not exist in " + region(role) + "."));
    if (!key.enabled()) {
      throw WireError.invalidParameter("The KMS key " + arn + " is in an invalid state.");
    }
    if (!key.symmetric()) {
      throw WireError.invalidParameter("The KMS key " + arn + " is not symmetric.");
    }
    if (!KeyPolicy.letsCognitoUse(key.policy(), poolArn)) {
      throw WireError.invalidParameter(
          "Amazon Cognito is not authorized to use the KMS key " + arn + ".");
    }
  }
}
