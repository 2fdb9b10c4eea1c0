package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.MultiRegionCognitoBuilder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** AWS SDK clients whose calls go to the Region that can serve them. */
@AutoConfiguration(
    after = TwinpoolAutoConfiguration.class,
    beforeName = TwinpoolFailoverAutoConfiguration.SPRING_CLOUD_AWS)
@ConditionalOnClass({MultiRegionCognito.class, CognitoIdentityProviderClient.class})
@ConditionalOnBooleanProperty(name = "twinpool.failover.enabled", matchIfMissing = true)
@ConditionalOnBean(UserPool.class)
@EnableConfigurationProperties(TwinpoolFailoverProperties.class)
final class TwinpoolFailoverAutoConfiguration {
  /**
   * Proposed for Spring Cloud AWS (its pull request 1256). Its client is conditional on a missing
   * bean, too: ours must be there first.
   */
  static final String SPRING_CLOUD_AWS =
      "io.awspring.cloud.autoconfigure.cognito.CognitoAutoConfiguration";

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  MultiRegionCognito multiRegionCognito(
      UserPool pool,
      TwinpoolFailoverProperties properties,
      ObjectProvider<AwsCredentialsProvider> credentials,
      ObjectProvider<FailoverListener> listeners,
      ObjectProvider<RegionClientBuilderCustomizer> clients,
      ObjectProvider<RegionAsyncClientBuilderCustomizer> asyncClients,
      ObjectProvider<MultiRegionCognitoBuilderCustomizer> customizers) {
    MultiRegionCognitoBuilder builder = MultiRegionCognito.builder(pool);
    apply(properties, builder);
    credentials.ifUnique(
        provider -> {
          builder.clients(client -> client.credentialsProvider(provider));
          builder.asyncClients(client -> client.credentialsProvider(provider));
        });
    clients.orderedStream().forEach(it -> builder.clients(it::customize));
    asyncClients.orderedStream().forEach(it -> builder.asyncClients(it::customize));
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return new PropertySetter("twinpool.failover").build(builder::build);
  }

  private static void apply(
      TwinpoolFailoverProperties properties, MultiRegionCognitoBuilder builder) {
    FailoverPolicy.Builder policy = FailoverPolicy.builder();
    PropertySetter setter = new PropertySetter("twinpool.failover");
    setter
        .set("attempt-timeout", properties.attemptTimeout(), policy::attemptTimeout)
        .set("call-deadline", properties.callDeadline(), policy::callDeadline)
        .set("dwell", properties.dwell(), policy::dwell)
        .set("dwell-cap", properties.dwellCap(), policy::dwellCap)
        .set("failback-step", properties.failbackStep(), policy::failbackStep)
        .set("probe-interval", properties.probeInterval(), policy::probeInterval)
        .set(
            "suspect-probe-interval",
            properties.suspectProbeInterval(),
            policy::suspectProbeInterval)
        .set("hedge-after", properties.hedgeAfter(), policy::hedgeAfter)
        .set("observe-only", properties.observeOnly(), policy::observeOnly)
        .set("max-concurrent-calls", properties.maxConcurrentCalls(), builder::maxConcurrentCalls)
        .set("max-override", properties.maxOverride(), Durations::requireOverride)
        .setAll("rotating-client-ids", properties.rotatingClientIds(), builder::refreshRotation);
    if (properties.refreshRotation()) {
      builder.refreshRotation(true);
    }
    builder.policy(setter.build(policy::build));
  }

  @Bean(destroyMethod = "") // MultiRegionCognito closes it.
  @ConditionalOnMissingBean
  CognitoIdentityProviderClient cognitoIdentityProviderClient(
      MultiRegionCognito cognito, ObjectProvider<ObservationRegistry> observations) {
    return ObservedCalls.of(
        CognitoIdentityProviderClient.class, cognito.client(), observations.getIfUnique());
  }

  @Bean(destroyMethod = "") // MultiRegionCognito closes it.
  @ConditionalOnMissingBean
  CognitoIdentityProviderAsyncClient cognitoIdentityProviderAsyncClient(
      MultiRegionCognito cognito, ObjectProvider<ObservationRegistry> observations) {
    return ObservedCalls.of(
        CognitoIdentityProviderAsyncClient.class,
        cognito.asyncClient(),
        observations.getIfUnique());
  }

  @Bean
  TransitionPublisher twinpoolTransitionPublisher(ApplicationEventPublisher publisher) {
    return new TransitionPublisher(publisher);
  }

  @Bean
  UnroutedClients twinpoolUnroutedClients(
      ConfigurableListableBeanFactory beans, MultiRegionCognito cognito) {
    return new UnroutedClients(beans, cognito);
  }

  @Bean
  FailoverView twinpoolFailoverView(
      MultiRegionCognito cognito,
      UnroutedClients unrouted,
      TwinpoolFailoverProperties properties,
      ObjectProvider<HealthCheckView> healthCheck) {
    return new RoutedFailover(cognito, unrouted, properties, healthCheck);
  }
}
