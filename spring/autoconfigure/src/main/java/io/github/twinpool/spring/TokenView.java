package io.github.twinpool.spring;

import java.util.Map;

/** The token validator as actuators see it: they also work where its classes are missing. */
interface TokenView {
  /** Pools with the age of their keys; nothing secret. */
  Map<String, Object> details();

  /** Whether tokens cannot be validated though keys should have been fetched by now. */
  boolean isOutOfService();
}
