package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.MachineTokens;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Spring Boot's HTTP clients with machine tokens, for the origins that are named and no others.
 * Without origins, and where a customizer of the application sets another request factory or
 * connector, they stay as they are.
 */
@AutoConfiguration(after = TwinpoolMachineAutoConfiguration.class)
@ConditionalOnClass({MachineTokens.class, MultiRegionCognito.class, HttpClientSettings.class})
@ConditionalOnBooleanProperty(name = "twinpool.machine.enabled", matchIfMissing = true)
@ConditionalOnBean(MachineTokens.class)
@EnableConfigurationProperties(TwinpoolMachineProperties.class)
final class TwinpoolMachineClientsAutoConfiguration {
  /** After Boot's own customizers (0), before those of an application that say nothing. */
  private static final int ORDER = 100;

  @Bean
  MachineHttpClients twinpoolMachineHttpClients(
      MachineTokens machine,
      TwinpoolMachineProperties properties,
      ObjectProvider<HttpClientSettings> settings) {
    return new MachineHttpClients(
        machine, properties, settings.getIfUnique(HttpClientSettings::defaults));
  }

  /** Of RestClient. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClientCustomizer.class, RestClient.class})
  @ConditionalOnBooleanProperty(name = "twinpool.machine.rest-client", matchIfMissing = true)
  static final class RestClientConfiguration {
    @Bean
    @Order(ORDER)
    @ConditionalOnMissingBean(name = "twinpoolRestClientCustomizer")
    RestClientCustomizer twinpoolRestClientCustomizer(MachineHttpClients clients) {
      Optional<JdkClientHttpRequestFactory> factory = clients.requestFactory();
      return builder -> factory.ifPresent(builder::requestFactory);
    }
  }

  /** Of WebClient. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebClientCustomizer.class, WebClient.class})
  @ConditionalOnBooleanProperty(name = "twinpool.machine.web-client", matchIfMissing = true)
  static final class WebClientConfiguration {
    @Bean
    @Order(ORDER)
    @ConditionalOnMissingBean(name = "twinpoolWebClientCustomizer")
    WebClientCustomizer twinpoolWebClientCustomizer(MachineHttpClients clients) {
      Optional<JdkClientHttpConnector> connector = clients.connector();
      return builder -> connector.ifPresent(builder::clientConnector);
    }
  }
}
