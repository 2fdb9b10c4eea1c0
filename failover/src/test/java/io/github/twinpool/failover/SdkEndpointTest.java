package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.endpoints.EndpointUrl;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderServiceClientConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.endpoints.CognitoIdentityProviderEndpointProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;

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
  void plain_http_of_the_sdks_setting_for_all_services_is_refused() {
    System.setProperty("aws.endpointUrl", PLAIN.toString());
    try {
      assertThatThrownBy(() -> MultiRegionCognito.builder(POOL).build().close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(PLAIN.toString());
    } finally {
      System.clearProperty("aws.endpointUrl");
    }
  }

  private static final URI WITH_SECRET = URI.create("http://me:hidden@cognito.example.com/?hidden");

  private static CognitoIdentityProviderClient ready(URI endpoint) {
    return CognitoIdentityProviderClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .endpointOverride(endpoint)
        .build();
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void plain_http_of_a_ready_made_client_is_refused(RegionRole role) {
    try (CognitoIdentityProviderClient plain = ready(PLAIN);
        CognitoIdentityProviderClient secret = ready(WITH_SECRET);
        CognitoIdentityProviderClient local = ready(URI.create("http://127.0.0.1:9"))) {
      MultiRegionCognitoBuilder builder = MultiRegionCognito.builder(POOL);
      assertThatThrownBy(() -> builder.readyClient(role, plain))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("readyClient")
          .hasMessageContaining(PLAIN.toString());
      assertThatThrownBy(() -> builder.readyClient(role, secret))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("readyClient")
          .hasMessageNotContaining("hidden");
      builder.readyClient(role, local).build().close();
    }
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void plain_http_of_a_ready_made_async_client_is_refused(RegionRole role) {
    try (CognitoIdentityProviderAsyncClient plain =
        CognitoIdentityProviderAsyncClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .endpointOverride(PLAIN)
            .build()) {
      MultiRegionCognitoBuilder builder = MultiRegionCognito.builder(POOL);
      assertThatThrownBy(() -> builder.readyAsyncClient(role, plain))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("readyAsyncClient")
          .hasMessageContaining(PLAIN.toString());
    }
  }

  /** A client of the application's that stands for the SDK's, and says nothing of its settings. */
  @Test
  void a_ready_made_client_without_settings_is_taken() {
    CognitoIdentityProviderClient bare =
        new CognitoIdentityProviderClient() {
          @Override
          public String serviceName() {
            return "cognito-idp";
          }

          @Override
          public void close() {}
        };
    MultiRegionCognito.builder(POOL).readyClient(RegionRole.PRIMARY, bare).build().close();
  }

  /** Ways to an address that no setting names before the call. */
  private enum Detour {
    PROVIDER,
    INTERCEPTOR,
    PLUGIN
  }

  private static ExecutionInterceptor sendingTo(URI to) {
    return new ExecutionInterceptor() {
      @Override
      public SdkHttpRequest modifyHttpRequest(
          Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder().uri(to).build();
      }
    };
  }

  private static void lead(AwsClientBuilder<?, ?> client, Detour detour, URI to) {
    if (detour == Detour.INTERCEPTOR) {
      client.overrideConfiguration(o -> o.addExecutionInterceptor(sendingTo(to)));
    }
  }

  /** At an address that some programs take for this machine: the rule refuses it. */
  @ParameterizedTest
  @CsvSource({
    "PROVIDER, false",
    "PROVIDER, true",
    "INTERCEPTOR, false",
    "INTERCEPTOR, true",
    "PLUGIN, false",
    "PLUGIN, true"
  })
  void plain_http_that_is_chosen_for_one_request_is_not_spoken(Detour detour, boolean async)
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      URI to = URI.create("http://0.0.0.0:" + server.socket().getLocalPort() + "/");
      CognitoIdentityProviderEndpointProvider provider =
          params ->
              CompletableFuture.completedFuture(
                  Endpoint.builder().endpointUrl(EndpointUrl.fromUri(to)).build());
      GetUserRequest request = GetUserRequest.builder().accessToken("token").build();
      if (detour == Detour.PLUGIN) {
        request =
            request.toBuilder()
                .overrideConfiguration(
                    o ->
                        o.addPlugin(
                            settings ->
                                ((CognitoIdentityProviderServiceClientConfiguration.Builder)
                                        settings)
                                    .endpointOverride(to)))
                .build();
      }
      GetUserRequest sent = request;
      try (MultiRegionCognito cognito =
          MultiRegionCognito.builder(
                  UserPool.builder("us-east-1_EXAMPLE")
                      .endpoint(RegionRole.PRIMARY, URI.create("http://127.0.0.1:9"))
                      .build())
              .clients(
                  client -> {
                    lead(client, detour, to);
                    if (detour == Detour.PROVIDER) {
                      client.endpointProvider(provider);
                    }
                  })
              .asyncClients(
                  client -> {
                    lead(client, detour, to);
                    if (detour == Detour.PROVIDER) {
                      client.endpointProvider(provider);
                    }
                  })
              .build()) {
        assertThatThrownBy(
                () -> {
                  if (async) {
                    cognito.asyncClient().getUser(sent).join();
                  } else {
                    cognito.client().getUser(sent);
                  }
                })
            .hasStackTraceContaining("must be https");
      }
      assertThat(server.accept()).as("a connection").isNull();
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
