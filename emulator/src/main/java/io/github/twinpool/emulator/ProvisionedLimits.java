package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests a second the account may make in each Region, by category of operations. They
 * are told and changed, and not enforced. Thread-safe.
 */
final class ProvisionedLimits {
  /** (Source: Cognito developer guide, "Quotas": each of them per account and Region.) */
  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "UserAuthentication", 120,
          "UserFederation", 25,
          "UserCreation", 50,
          "UserRead", 120,
          "UserToken", 120,
          "UserUpdate", 25,
          "UserAccountRecovery", 30,
          "UserList", 30,
          "UserPoolRead", 15);

  /** Up to which multiple of the default Service Quotas lets this account go, as we have it. */
  private static final int MOST = 10;

  private final Map<RegionRole, Map<String, Integer>> raised = new EnumMap<>(RegionRole.class);

  ProvisionedLimits() {
    for (RegionRole role : RegionRole.values()) {
      raised.put(role, new ConcurrentHashMap<>());
    }
  }

  private Map<String, Integer> in(RegionRole role) {
    return Objects.requireNonNull(raised.get(role));
  }

  /** What a category has without being raised, if there is such a category. */
  Optional<Integer> free(String category) {
    return Optional.ofNullable(DEFAULTS.get(category));
  }

  int of(RegionRole role, String category, int free) {
    return in(role).getOrDefault(category, free);
  }

  /**
   * Changes a limit.
   *
   * @throws WireError InvalidParameterException, ServiceQuotaExceededException
   */
  void set(RegionRole role, String category, int free, int requested) {
    if (requested < free) {
      throw WireError.invalidParameter("The limit is below the default of " + free + ".");
    }
    if (requested > free * MOST) {
      throw WireError.of(
          "ServiceQuotaExceededException",
          "The limit exceeds the account's quota in Service Quotas.");
    }
    in(role).put(category, requested);
  }
}
