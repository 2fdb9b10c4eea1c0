package io.github.twinpool.spring;

import io.github.twinpool.signin.MachineTokens;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkHttpClientBuilder;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * The JDK's client with machine tokens for the named origins, with the time-outs, the TLS bundle
 * and the rest of {@code spring.http.clients} except for redirects, which it never follows.
 */
final class MachineHttpClients {
  private static final String PREFIX = "twinpool.machine";

  private final MachineTokens machine;
  private final TwinpoolMachineProperties properties;
  private final HttpClientSettings settings;

  MachineHttpClients(
      MachineTokens machine, TwinpoolMachineProperties properties, HttpClientSettings settings) {
    this.machine = machine;
    this.properties = properties;
    this.settings = settings.withRedirects(HttpRedirects.DONT_FOLLOW);
  }

  /** For RestClient; empty if no origin is named. */
  Optional<JdkClientHttpRequestFactory> requestFactory() {
    return client()
        .map(
            client -> {
              JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
              Duration timeout = settings.readTimeout();
              if (timeout != null) {
                factory.setReadTimeout(timeout);
              }
              return factory;
            });
  }

  /** For WebClient; empty if no origin is named. */
  Optional<JdkClientHttpConnector> connector() {
    return client()
        .map(
            client -> {
              JdkClientHttpConnector connector = new JdkClientHttpConnector(client);
              Duration timeout = settings.readTimeout();
              if (timeout != null) {
                connector.setReadTimeout(timeout);
              }
              return connector;
            });
  }

  private Optional<HttpClient> client() {
    if (properties.origins().isEmpty()) {
      return Optional.empty();
    }
    String[] scopes = properties.scopes().toArray(new String[0]);
    PropertySetter setter = new PropertySetter(PREFIX);
    HttpClient http = new JdkHttpClientBuilder().build(settings.withReadTimeout(null));
    return Optional.of(setter.build(() -> machine.httpClient(http, properties.origins(), scopes)));
  }
}
