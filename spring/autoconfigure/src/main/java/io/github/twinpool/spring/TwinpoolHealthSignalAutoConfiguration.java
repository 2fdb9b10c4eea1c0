package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.Route53HealthSignal;
import io.github.twinpool.operations.Route53HealthSignalBuilder;
import io.github.twinpool.operations.Route53HealthSignalListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.route53.Route53Client;

/** The Route 53 health check that the pool's domain follows, told to the failover. */
@AutoConfiguration(
    after = {TwinpoolAutoConfiguration.class, TwinpoolFailoverAutoConfiguration.class})
@ConditionalOnClass({MultiRegionCognito.class, Route53HealthSignal.class, Route53Client.class})
@ConditionalOnBooleanProperty(name = "twinpool.health-check.enabled", matchIfMissing = true)
@ConditionalOnBean({TwinpoolConnectionDetails.class, MultiRegionCognito.class})
final class TwinpoolHealthSignalAutoConfiguration {
  private static final String PREFIX = "twinpool.health-check";

  /** The signal, unless the application has one. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("twinpool.health-check.id")
  @ConditionalOnMissingBean(Route53HealthSignal.class)
  @EnableConfigurationProperties(TwinpoolHealthCheckProperties.class)
  static final class SignalConfiguration {
    @Bean(destroyMethod = "close")
    HealthCheckClient twinpoolHealthCheckClient(
        MultiRegionCognito cognito,
        ObjectProvider<Route53Client> clients,
        ObjectProvider<AwsCredentialsProvider> credentials) {
      return HealthCheckClient.of(
          clients.getIfUnique(), credentials.getIfUnique(), cognito.userPool());
    }

    /** Never lazy: nobody injects it, and it works by being there. */
    @Bean(destroyMethod = "close")
    @Lazy(false)
    Route53HealthSignal route53HealthSignal(
        MultiRegionCognito cognito,
        HealthCheckClient client,
        TwinpoolHealthCheckProperties properties,
        ObjectProvider<Route53HealthSignalListener> listeners,
        ObjectProvider<Route53HealthSignalBuilderCustomizer> customizers) {
      String id =
          RequiredProperties.text(PREFIX + ".id", properties.id(), "the ID of the health check");
      PropertySetter setter = new PropertySetter(PREFIX);
      Route53HealthSignalBuilder builder =
          setter.build(() -> Route53HealthSignal.builder(cognito, id));
      setter
          .set("advice", properties.advice(), builder::advice)
          .set("interval", properties.interval(), builder::interval)
          .set("timeout", properties.timeout(), builder::timeout);
      builder.client(client.client());
      builder.listener(new HealthSignalListeners(listeners.orderedStream().toList()));
      customizers.orderedStream().forEach(it -> it.customize(builder));
      return builder.start();
    }
  }

  @Bean
  @ConditionalOnSingleCandidate(Route53HealthSignal.class)
  HealthCheckView twinpoolHealthCheckView(Route53HealthSignal signal) {
    return new SignalledHealthCheck(signal);
  }
}
