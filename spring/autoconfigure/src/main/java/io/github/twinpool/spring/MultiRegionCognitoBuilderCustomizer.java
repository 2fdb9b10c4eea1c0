package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognitoBuilder;

/** A bean that changes the builder of the failover client after the properties have. */
@FunctionalInterface
public interface MultiRegionCognitoBuilderCustomizer {
  /** Changes the builder. */
  void customize(MultiRegionCognitoBuilder builder);
}
