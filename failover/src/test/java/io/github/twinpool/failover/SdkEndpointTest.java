package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.UserPool;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;

/** Endpoints that do not come from the pool keep to the same rule as those that do. */
@Isolated // It sets a system property that the SDK reads.
class SdkEndpointTest {
  private static final String PROPERTY = "aws.endpointUrlCognitoIdentityProvider";
  private static final URI PLAIN = URI.create("http://cognito.example.com");
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");

  @AfterEach
  void clear() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void plain_http_of_the_sdks_own_settings_is_refused() {
    System.setProperty(PROPERTY, PLAIN.toString());
    assertThatThrownBy(() -> MultiRegionCognito.builder(POOL).build().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PLAIN.toString());
  }

  @Test
  void plain_http_of_the_users_changes_is_refused() {
    assertThatThrownBy(
            () ->
                MultiRegionCognito.builder(POOL)
                    .clients(it -> it.endpointOverride(PLAIN))
                    .build()
                    .close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PLAIN.toString());
  }

  @Test
  void plain_http_of_the_users_changes_to_the_async_client_is_refused() {
    try (MultiRegionCognito cognito =
        MultiRegionCognito.builder(POOL).asyncClients(it -> it.endpointOverride(PLAIN)).build()) {
      CognitoIdentityProviderAsyncClient client = cognito.asyncClient();
      assertThatThrownBy(() -> client.getUser(it -> it.accessToken("none")).join())
          .hasStackTraceContaining(PLAIN.toString());
    }
  }

  @Test
  void loopback_stays_allowed() {
    System.setProperty(PROPERTY, "http://127.0.0.1:9");
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(POOL).build()) {
      assertThat(cognito.client().serviceClientConfiguration().endpointOverride())
          .hasValue(URI.create("http://127.0.0.1:9"));
    }
  }
}
