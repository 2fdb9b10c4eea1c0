package io.github.twinpool.benchmarks;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/** The SDK's clients of one Region. */
final class SdkClients {
  private static final Duration ATTEMPT = Duration.ofMillis(1_500);
  private static final Duration CALL = Duration.ofSeconds(3);
  private static final int MAX_CONNECTIONS = 256;

  private SdkClients() {}

  /** With the settings that it comes with. */
  static CognitoIdentityProviderClient plain(Site site, RegionRole role) {
    return builder(site, role).build();
  }

  /** With the time-outs that its documentation recommends to set, and connections to spare. */
  static CognitoIdentityProviderClient withTimeouts(Site site, RegionRole role) {
    return builder(site, role)
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
        .overrideConfiguration(o -> o.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
        .build();
  }

  private static CognitoIdentityProviderClientBuilder builder(Site site, RegionRole role) {
    return CognitoIdentityProviderClient.builder()
        .region(Region.of(site.emulator().region(role).name()))
        .endpointOverride(site.emulator().region(role).endpoint())
        .credentialsProvider(AnonymousCredentialsProvider.create());
  }
}
