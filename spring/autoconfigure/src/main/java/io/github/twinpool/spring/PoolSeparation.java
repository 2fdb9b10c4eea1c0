package io.github.twinpool.spring;

import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;

/**
 * Exists where authorities are made by Boot's converter, which knows nothing of pools: a group or a
 * name of one pool would pass for that of another. An application that accepts tokens of several
 * pools must not start with it.
 */
final class PoolSeparation implements InitializingBean {
  private final Set<String> additionalPools;
  private final List<String> properties;

  PoolSeparation(Set<String> additionalPools, List<String> properties) {
    this.additionalPools = Set.copyOf(additionalPools);
    this.properties = List.copyOf(properties);
  }

  @Override
  public void afterPropertiesSet() {
    if (!additionalPools.isEmpty() && !properties.isEmpty()) {
      throw new InvalidTwinpoolPropertyException(
          "twinpool.additional-pools",
          "with "
              + String.join(", ", properties)
              + ", groups, scopes and names of "
              + additionalPools
              + " would pass for those of the main pool. Remove the property and use"
              + " twinpool.authorities, or declare a JwtAuthenticationConverter bean"
              + " (ReactiveJwtAuthenticationConverter in reactive applications) that tells the"
              + " pools apart",
          null);
    }
  }
}
