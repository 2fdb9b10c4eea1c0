package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.token.TokenValidator;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters, where there is a registry of Micrometer's to have them. */
@AutoConfiguration(
    after = {
      TwinpoolFailoverAutoConfiguration.class,
      TwinpoolTokenAutoConfiguration.class,
      TwinpoolMachineAutoConfiguration.class
    },
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure"
          + ".CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
final class TwinpoolMetricsAutoConfiguration {
  /** Of the failover. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MultiRegionCognito.class)
  @ConditionalOnBean(MultiRegionCognito.class)
  static final class FailoverConfiguration {
    @Bean
    @ConditionalOnMissingBean
    FailoverMeters twinpoolFailoverMeters(ObjectProvider<MultiRegionCognito> cognito) {
      return new FailoverMeters(cognito::getObject);
    }
  }

  /** Of the token validator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(TokenValidator.class)
  @ConditionalOnSingleCandidate(TokenValidator.class) // Meters of several would be the same ones.
  static final class TokenConfiguration {
    @Bean
    @ConditionalOnMissingBean
    TokenMeters twinpoolTokenMeters(ObjectProvider<TokenValidator> validator) {
      return new TokenMeters(validator::getObject);
    }
  }

  /** Of the machine tokens. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MachineTokens.class)
  @ConditionalOnBean(MachineTokens.class)
  static final class MachineConfiguration {
    @Bean
    @ConditionalOnMissingBean
    MachineMeters twinpoolMachineMeters(MachineTokens machine) {
      return new MachineMeters(machine);
    }
  }
}
