package io.github.twinpool.spring;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Keeps Twinpool's secrets out of the actuator, whatever it is told to show. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
final class TwinpoolSanitizingAutoConfiguration {
  @Bean
  SecretsSanitizer twinpoolSecretsSanitizer() {
    return new SecretsSanitizer();
  }
}
