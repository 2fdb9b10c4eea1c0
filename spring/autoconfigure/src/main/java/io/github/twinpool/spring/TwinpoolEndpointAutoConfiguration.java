package io.github.twinpool.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** The actuator endpoint {@code twinpool}. */
@AutoConfiguration(
    after = {TwinpoolFailoverAutoConfiguration.class, TwinpoolTokenAutoConfiguration.class})
@ConditionalOnClass({
  Endpoint.class,
  AuditApplicationEvent.class,
  ConditionalOnAvailableEndpoint.class
})
@ConditionalOnBean(TwinpoolConnectionDetails.class)
@ConditionalOnAvailableEndpoint(TwinpoolEndpoint.class)
final class TwinpoolEndpointAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  TwinpoolEndpoint twinpoolEndpoint(
      ObjectProvider<FailoverView> failover,
      ObjectProvider<TokenView> tokens,
      ApplicationEventPublisher publisher) {
    return new TwinpoolEndpoint(failover.getIfAvailable(), tokens.getIfAvailable(), publisher);
  }
}
