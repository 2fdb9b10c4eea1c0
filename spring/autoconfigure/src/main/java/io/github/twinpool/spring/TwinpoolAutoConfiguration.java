package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

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
}
