package io.github.twinpool.spring;

import java.util.Map;

/**
 * Somebody else's health check as actuators see it: they also work where its classes are missing.
 */
interface HealthCheckView {
  /** What it says, and why it cannot be read; nothing secret. */
  Map<String, Object> details();
}
