package io.github.twinpool.spring;

import io.github.twinpool.operations.Route53HealthSignalBuilder;

/**
 * A bean that changes the builder of the health signal after the properties have. A listener that
 * it sets replaces the beans that listen; a client that it sets stays its own to close.
 */
@FunctionalInterface
public interface Route53HealthSignalBuilderCustomizer {
  /** Changes the builder. */
  void customize(Route53HealthSignalBuilder builder);
}
