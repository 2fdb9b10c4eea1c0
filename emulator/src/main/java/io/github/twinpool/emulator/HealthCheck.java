package io.github.twinpool.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A health check of Route 53: healthy when more than 18 % of the checkers say so, or always when it
 * is disabled, and the opposite when it is inverted. (Source: Route 53 developer guide, "How Route
 * 53 determines whether a health check is healthy".) Thread-safe.
 */
final class HealthCheck {
  /** How many checkers report, three in each of six Regions. */
  static final int CHECKERS = 18;

  private static final double HEALTHY_SHARE = 0.18;
  private static final String INVERTED = "Inverted";
  private static final String DISABLED = "Disabled";

  private final String id;
  private final String callerReference;
  private final Map<String, String> created;
  private final Runnable changed;
  private Config config;
  private int healthyCheckers = CHECKERS;

  /**
   * How it was made or last changed.
   *
   * @param settings the members of HealthCheckConfig
   * @param version goes up with each change
   */
  record Config(Map<String, String> settings, long version) {
    boolean flag(String member) {
      return Boolean.parseBoolean(settings.get(member));
    }

    boolean inverted() {
      return flag(INVERTED);
    }

    boolean disabled() {
      return flag(DISABLED);
    }
  }

  /**
   * A healthy check.
   *
   * @param settings the members of its HealthCheckConfig
   * @param changed runs each time that it may have changed, under no lock
   */
  HealthCheck(String id, String callerReference, Map<String, String> settings, Runnable changed) {
    this.id = id;
    this.callerReference = callerReference;
    this.created = Map.copyOf(settings);
    this.changed = changed;
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putIfAbsent(INVERTED, "false");
    all.putIfAbsent(DISABLED, "false");
    config = new Config(all, 1);
  }

  String id() {
    return id;
  }

  String callerReference() {
    return callerReference;
  }

  /** Whether a repeated CreateHealthCheck asks for the same. */
  boolean sameSettings(Map<String, String> settings) {
    return created.equals(settings);
  }

  synchronized Config config() {
    return config;
  }

  synchronized int healthyCheckers() {
    return healthyCheckers;
  }

  void see(int healthy) {
    synchronized (this) {
      healthyCheckers = healthy;
    }
    changed.run();
  }

  void change(Map<String, String> settings) {
    synchronized (this) {
      Map<String, String> all = new LinkedHashMap<>(config.settings());
      all.putAll(settings);
      config = new Config(all, config.version() + 1);
    }
    changed.run();
  }

  /** What DNS would go by. */
  synchronized boolean healthy() {
    boolean seen = config.disabled() || (double) healthyCheckers / CHECKERS > HEALTHY_SHARE;
    return seen != config.inverted();
  }
}
