package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

@Isolated("sets a system property of the AWS SDK")
class AwsClientsTest {
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
        AwsClients clients =
            builder()
                .httpClientBuilder(
                    Apache5HttpClient.builder()
                        .proxyConfiguration(
                            ProxyConfiguration.builder().endpoint(proxy.uri()).build()))
                .build()) {
      assertThatThrownBy(clients.kms(RegionRole.PRIMARY)::listKeys)
          .isInstanceOf(SdkException.class);
      assertThat(proxy.heard()).isCompletedWithValue(CONNECT);
    }
  }

  private static AwsClientsBuilder builder() {
    return AwsClients.builder(POOL)
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example")))
        .configuration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build());
  }
}
