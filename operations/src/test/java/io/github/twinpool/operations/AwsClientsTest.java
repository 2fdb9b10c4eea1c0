package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ServiceClientConfiguration;

@Isolated("sets a system property of the AWS SDK")
class AwsClientsTest {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://kms.example.com",
        "http://127.0.0.1.evil.example",
        "https://me:secret@kms.example.com",
        "https://kms.example.com/path"
      })
  void endpoints_of_kms_waf_and_route_53_are_https_or_on_loopback(String address) {
    URI endpoint = URI.create(address);
    AwsClientsBuilder builder = AwsClients.builder(POOL);
    assertThatThrownBy(() -> builder.kmsEndpoint(RegionRole.PRIMARY, endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("primaryKmsEndpoint")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> builder.wafEndpoint(RegionRole.SECONDARY, endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secondaryWafEndpoint");
    assertThatThrownBy(() -> builder.route53Endpoint(endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("route53Endpoint");
    assertThatCode(() -> builder.route53Endpoint(URI.create("http://[::1]:4500")))
        .doesNotThrowAnyException();
  }

  @Test
  void an_endpoint_of_the_sdks_own_settings_keeps_to_the_same_rule() {
    System.setProperty("aws.endpointUrlKms", "http://kms.example.com");
    try (AwsClients clients = AwsClients.of(POOL)) {
      assertThatThrownBy(() -> clients.kms(RegionRole.PRIMARY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("http://kms.example.com");
    } finally {
      System.clearProperty("aws.endpointUrlKms");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws.endpointUrl",
        "aws.endpointUrlWafv2",
        "aws.endpointUrlRoute53",
        "aws.endpointUrlCognitoIdentityProvider"
      })
  void none_of_the_sdks_settings_leads_an_operators_call_over_plain_http(String property) {
    for (String address :
        List.of("http://aws.example.com", "HTTP://10.0.0.1:80", "http://0.0.0.0")) {
      System.setProperty(property, address);
      try (AwsClients clients = AwsClients.of(POOL)) {
        assertThatThrownBy(
                () -> {
                  clients.waf(RegionRole.SECONDARY);
                  clients.route53();
                  clients.cognito(RegionRole.PRIMARY);
                })
            .as(address)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(address);
      } finally {
        System.clearProperty(property);
      }
    }
  }

  @Test
  void a_health_checks_client_of_ones_own_keeps_to_the_same_rule() {
    try (Route53Client plain =
            Route53Client.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://route53.example.com"))
                .build();
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(
                    UserPool.builder("us-east-1_EXAMPLE")
                        .endpoint(RegionRole.PRIMARY, URI.create("http://127.0.0.1:9"))
                        .build())
                .build()) {
      assertThatThrownBy(() -> Route53HealthSignal.builder(cognito, "check").client(plain))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("client 'http://route53.example.com'");
    }
  }

  private static final String CONNECT = "CONNECT kms.us-east-1.amazonaws.com:443 HTTP/1.1";

  @Test
  void a_proxy_of_the_system_properties_is_used() throws Exception {
    try (RecordingProxy proxy = new RecordingProxy()) {
      System.setProperty("http.proxyHost", proxy.uri().getHost());
      System.setProperty("http.proxyPort", String.valueOf(proxy.uri().getPort()));
      try (AwsClients clients = builder().build()) {
        assertThatThrownBy(clients.kms(RegionRole.PRIMARY)::listKeys)
            .isInstanceOf(SdkException.class);
      } finally {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
      }
      assertThat(proxy.heard()).isCompletedWithValue(CONNECT);
    }
  }

  @Test
  void an_http_client_with_a_proxy_of_its_own_is_used() throws Exception {
    try (RecordingProxy proxy = new RecordingProxy();
        AwsClients clients = through(proxy, builder()).build()) {
      assertThatThrownBy(clients.kms(RegionRole.PRIMARY)::listKeys)
          .isInstanceOf(SdkException.class);
      assertThat(proxy.heard()).isCompletedWithValue(CONNECT);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, -fips", "false, ''"})
  void all_services_are_asked_at_fips_hosts_if_the_pool_says_so(boolean fips, String suffix)
      throws Exception {
    UserPool pool = POOL.toBuilder().fips(fips).build();
    Map<String, Consumer<AwsClients>> calls = new LinkedHashMap<>();
    calls.put(
        "cognito-idp%s.us-west-2.amazonaws.com",
        it -> it.cognito(RegionRole.SECONDARY).describeUserPool(r -> r.userPoolId(pool.id())));
    calls.put("kms%s.us-east-1.amazonaws.com", it -> it.kms(RegionRole.PRIMARY).listKeys());
    calls.put(
        "wafv2%s.us-east-1.amazonaws.com",
        it -> it.waf(RegionRole.PRIMARY).listWebACLs(r -> r.scope("REGIONAL")));
    calls.put("route53%s.amazonaws.com", it -> it.route53().listHostedZones());
    for (Map.Entry<String, Consumer<AwsClients>> call : calls.entrySet()) {
      try (RecordingProxy proxy = new RecordingProxy();
          AwsClients clients = through(proxy, builder(pool)).build()) {
        assertThatThrownBy(() -> call.getValue().accept(clients)).isInstanceOf(SdkException.class);
        assertThat(proxy.heard())
            .isCompletedWithValue(
                "CONNECT " + call.getKey().replace("%s", suffix) + ":443 HTTP/1.1");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, route53-fips.amazonaws.com", "false, route53.amazonaws.com"})
  void the_health_signal_asks_a_fips_host_if_the_pool_does(boolean fips, String host) {
    AtomicReference<String> asked = new AtomicReference<>();
    ExecutionInterceptor stopping =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            asked.set(context.httpRequest().host());
            throw new IllegalStateException("nothing is sent");
          }
        };
    SdkPlugin plugin =
        it -> {
          Route53ServiceClientConfiguration.Builder client =
              (Route53ServiceClientConfiguration.Builder) it;
          client.credentialsProvider(CREDENTIALS);
          client.overrideConfiguration(c -> c.addExecutionInterceptor(stopping));
        };
    UserPool pool = POOL.toBuilder().fips(fips).build();
    try (Route53Client client = Route53HealthSignalBuilder.made(pool)) {
      assertThatThrownBy(
              () ->
                  client.getHealthCheckStatus(
                      it ->
                          it.healthCheckId("any").overrideConfiguration(o -> o.addPlugin(plugin))))
          .hasMessage("nothing is sent");
    }
    assertThat(asked).hasValue(host);
  }

  private static AwsClientsBuilder through(RecordingProxy proxy, AwsClientsBuilder builder) {
    return builder.httpClientBuilder(
        Apache5HttpClient.builder()
            .proxyConfiguration(ProxyConfiguration.builder().endpoint(proxy.uri()).build()));
  }

  private static AwsClientsBuilder builder() {
    return builder(POOL);
  }

  private static AwsClientsBuilder builder(UserPool pool) {
    return AwsClients.builder(pool)
        .credentials(CREDENTIALS)
        .configuration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build());
  }
}
