package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.signin.MachineTokensBuilder;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Access tokens of the application itself, from whichever Region's domain answers. */
@AutoConfiguration(
    after = {TwinpoolAutoConfiguration.class, TwinpoolFailoverAutoConfiguration.class})
@ConditionalOnClass({MachineTokens.class, MultiRegionCognito.class})
@ConditionalOnBooleanProperty(name = "twinpool.machine.enabled", matchIfMissing = true)
@ConditionalOnBean(UserPool.class)
@EnableConfigurationProperties(TwinpoolMachineProperties.class)
final class TwinpoolMachineAutoConfiguration {
  private static final String PREFIX = "twinpool.machine";

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("twinpool.machine.client-id")
  MachineTokens machineTokens(
      UserPool pool,
      ObjectProvider<MultiRegionCognito> cognito,
      TwinpoolMachineProperties properties,
      ObjectProvider<MachineTokensBuilderCustomizer> customizers) {
    String clientId =
        RequiredProperties.text(
            PREFIX + ".client-id", properties.clientId(), "the ID of the app client");
    List<String> secrets = secrets(properties);
    MultiRegionCognito routed = cognito.getIfUnique();
    RequiredProperties.requireDomain(routed == null ? pool : routed.userPool());
    MachineTokensBuilder builder =
        routed == null
            ? MachineTokens.builder(pool, clientId)
            : MachineTokens.builder(routed, clientId);
    new PropertySetter(PREFIX)
        .set("refresh-ahead", properties.refreshAhead(), builder::refreshAhead)
        .set("request-timeout", properties.requestTimeout(), builder::requestTimeout)
        .set("client-secret", secrets, it -> builder.clientSecrets(() -> it));
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return new PropertySetter(PREFIX).build(builder::build);
  }

  /** The newer one first. */
  private static List<String> secrets(TwinpoolMachineProperties properties) {
    String newer =
        RequiredProperties.text(
            PREFIX + ".client-secret",
            properties.clientSecret(),
            "the secret of the app client: the client credentials grant is for confidential clients");
    String older =
        RequiredProperties.optional(
            PREFIX + ".previous-client-secret",
            properties.previousClientSecret(),
            "the older secret while two rotate; leave it out otherwise");
    return older == null ? List.of(newer) : List.of(newer, older);
  }
}
