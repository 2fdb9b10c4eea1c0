package io.github.twinpool.spring;

import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.ValidatorStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;

/**
 * Exists where authorities are made by Boot's converter, which knows nothing of pools: a group or a
 * name of one pool would pass for that of another. An application that accepts tokens of several
 * pools must not start with it.
 */
final class PoolSeparation implements InitializingBean {
  private final Set<String> additionalPools;
  private final List<String> properties;

  /**
   * @param additionalPools by their names in the properties
   * @param validator whose pools may also come from a customizer or the application's own bean;
   *     null if it has several, which only a decoder of its own can use
   * @param properties Boot's, which make its converter
   */
  PoolSeparation(
      Set<String> additionalPools, @Nullable TokenValidator validator, List<String> properties) {
    this.additionalPools =
        additionalPools.isEmpty() && validator != null
            ? validator.status().pools().stream()
                .skip(1)
                .map(ValidatorStatus.Pool::id)
                .collect(Collectors.toUnmodifiableSet())
            : Set.copyOf(additionalPools);
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
