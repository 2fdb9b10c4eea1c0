package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Which user pool it is. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "twinpool.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TwinpoolProperties.class)
final class TwinpoolAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  TwinpoolConnectionDetails twinpoolConnectionDetails(TwinpoolProperties properties) {
    return new PropertiesConnectionDetails(properties);
  }

  @Bean
  @ConditionalOnMissingBean
  UserPool userPool(TwinpoolConnectionDetails details) {
    return details.userPool();
  }

  /** Before any other bean, and so before anything that the misspelt property was meant for. */
  @Bean
  static UnknownProperties twinpoolUnknownProperties(Environment environment) {
    return new UnknownProperties(environment);
  }

  @Bean
  @Lazy(false) // Nobody injects it, and it works by being there.
  StartReport twinpoolStartReport(
      ConfigurableListableBeanFactory beans, UserPool pool, Environment environment) {
    return new StartReport(beans, pool, environment, beans.getBeanClassLoader());
  }
}
