package io.github.twinpool.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The part {@code twinpool} of the application's health. */
@AutoConfiguration(
    after = {TwinpoolFailoverAutoConfiguration.class, TwinpoolTokenAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(TwinpoolConnectionDetails.class)
@ConditionalOnEnabledHealthIndicator("twinpool")
final class TwinpoolHealthAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "twinpoolHealthIndicator")
  TwinpoolHealthIndicator twinpoolHealthIndicator(
      ObjectProvider<FailoverView> failover, ObjectProvider<TokenView> tokens) {
    return new TwinpoolHealthIndicator(failover.getIfAvailable(), tokens.getIfAvailable());
  }
}
