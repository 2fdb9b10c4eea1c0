package io.github.twinpool.emulator;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The Route 53 health check that the domain follows. Its checkers see the endpoint healthy or not;
 * more than 18 % of them make it healthy; a disabled one is healthy whatever they see, and an
 * inverted one the opposite of all that. (Source: Route 53 developer guide.) Thread-safe.
 */
final class HealthCheck {
  /** How many checkers report, as many as AWS has in its default Regions. */
  static final int CHECKERS = 16;

  private static final double HEALTHY_SHARE = 0.18;

  private final String id;
  private final Consumer<BooleanSupplier> follower;
  private Config config = new Config(false, false, 1);
  private int healthyCheckers = CHECKERS;

  /**
   * What UpdateHealthCheck can change here.
   *
   * @param version grows with each change
   */
  record Config(boolean inverted, boolean disabled, long version) {}

  /**
   * A healthy check.
   *
   * @param follower is told each time that it may have changed, and asks itself: so that of two
   *     changes at once the later one is followed
   */
  HealthCheck(String id, Consumer<BooleanSupplier> follower) {
    this.id = id;
    this.follower = follower;
  }

  String id() {
    return id;
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
    tell();
  }

  void change(boolean inverted, boolean disabled) {
    synchronized (this) {
      config = new Config(inverted, disabled, config.version() + 1);
    }
    tell();
  }

  /** What DNS would go by. */
  synchronized boolean healthy() {
    boolean seen = config.disabled() || (double) healthyCheckers / CHECKERS > HEALTHY_SHARE;
    return seen != config.inverted();
  }

  private void tell() {
    follower.accept(this::healthy);
  }
}
