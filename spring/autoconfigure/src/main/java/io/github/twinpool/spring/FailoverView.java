package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;

/** The failover as actuators see it: they also work where its classes are missing. */
interface FailoverView {
  /** Mode, Regions, clients that are not routed, what a health check says; nothing secret. */
  Map<String, Object> details();

  /** Which capabilities the application can offer now. */
  Map<String, Boolean> capabilities();

  /** Whether no Region serves. */
  boolean isOutOfService();

  /**
   * Sends calls to one Region for a while.
   *
   * @throws IllegalArgumentException if the duration is not positive, or too long
   * @throws IllegalStateException if there is no other Region, or overrides are not allowed here
   */
  void override(RegionRole role, Duration duration, boolean strict);

  /**
   * Ends an override before its time.
   *
   * @throws IllegalStateException if overrides are not allowed here
   */
  void endOverride();
}
