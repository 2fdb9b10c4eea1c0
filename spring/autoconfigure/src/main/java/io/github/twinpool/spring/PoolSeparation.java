package io.github.twinpool.spring;

import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.ValidatorStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Exists where authorities are made by Boot's converter, which knows nothing of pools: a group or a
 * name of one pool would pass for that of another. An application that accepts tokens of several
 * pools must not start with it.
 */
@Lazy(false) // It refuses by being made, also where beans are lazy.
final class PoolSeparation implements InitializingBean {
  private final Set<String> additionalPools;
  private final List<String> properties;

  /**
   * @param pools with the additional ones by their names
   * @param environment with Boot's properties, which make its converter
   * @param validators whose pools may also come from a customizer or the application's own bean;
   *     several can only be used by a decoder of the application's own
   */
  PoolSeparation(
      TwinpoolProperties pools,
      Environment environment,
      ObjectProvider<TokenValidator> validators) {
    Set<String> named = pools.additionalPools().keySet();
    TokenValidator validator = validators.getIfUnique();
    additionalPools =
        named.isEmpty() && validator != null
            ? validator.status().pools().stream()
                .skip(1)
                .map(ValidatorStatus.Pool::id)
                .collect(Collectors.toUnmodifiableSet())
            : Set.copyOf(named);
    properties = BootsJwtProperties.of(environment).authorities();
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
