package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.endpoints.CognitoIdentityProviderEndpointProvider;

/** Calls and probes meet the same hosts, and they are those that the AWS SDK knows. */
@Isolated // It sets a system property that the SDK reads.
class FipsTest {
  private static final String PROPERTY = "aws.useFipsEndpoint";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");

  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private final Set<String> probed = ConcurrentHashMap.newKeySet();

  @AfterEach
  void clear() {
    System.clearProperty(PROPERTY);
  }

  /** Notes where requests go, and sends none. */
  private final class Noting implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      boolean call = request.httpRequest().firstMatchingHeader("Authorization").isPresent();
      (call ? called : probed).add(request.httpRequest().host());
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          throw new SocketException("Connection reset");
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private void call(UserPool pool, Consumer<CognitoIdentityProviderClientBuilder> changes) {
    try (MultiRegionCognito cognito =
        MultiRegionCognito.builder(pool)
            .policy(
                FailoverPolicy.builder()
                    .probeInterval(Duration.ofMillis(100))
                    .suspectProbeInterval(Duration.ofMillis(100))
                    .build())
            .clients(c -> c.httpClient(new Noting()).credentialsProvider(CREDENTIALS))
            .clients(changes)
            .build()) {
      assertThatThrownBy(
              () -> cognito.client().adminGetUser(r -> r.userPoolId(pool.id()).username("ada")))
          .isInstanceOf(SdkException.class);
      await().pollInterval(Duration.ofMillis(10)).until(() -> probed.size() == 2);
    }
  }

  private void fips() {
    assertThat(called)
        .isEqualTo(probed)
        .containsExactlyInAnyOrder(
            "cognito-idp-fips.us-east-1.amazonaws.com", "cognito-idp-fips.us-west-2.amazonaws.com");
  }

  @Test
  void the_pools_setting_counts_for_calls_and_probes() {
    call(POOL.toBuilder().fips(true).build(), c -> {});
    fips();
  }

  @Test
  void so_does_the_sdks_own() {
    System.setProperty(PROPERTY, "true");
    call(POOL, c -> {});
    fips();
  }

  @Test
  void so_does_what_the_user_says_to_the_sdks_builder() {
    call(POOL, c -> c.fipsEnabled(true));
    fips();
  }

  @Test
  void without_a_setting_there_is_no_fips() {
    call(POOL, c -> {});
    assertThat(called)
        .isEqualTo(probed)
        .containsExactlyInAnyOrder(
            "cognito-idp.us-east-1.amazonaws.com", "cognito-idp.us-west-2.amazonaws.com");
  }

  @Test
  void the_pools_own_endpoints_work_where_the_environment_asks_for_fips() {
    System.setProperty(PROPERTY, "true");
    try (CognitoEmulator emulator = CognitoEmulator.start();
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(emulator.userPool())
                .clients(c -> c.credentialsProvider(CREDENTIALS))
                .asyncClients(c -> c.credentialsProvider(CREDENTIALS))
                .build()) {
      emulator.createUser("ada", "Correct-Horse-7");
      String pool = emulator.userPool().id();
      assertThat(cognito.client().adminGetUser(r -> r.userPoolId(pool).username("ada")))
          .isNotNull();
      assertThat(cognito.asyncClient().adminGetUser(r -> r.userPoolId(pool).username("ada")).join())
          .isNotNull();
    }
  }

  // ---- what core says, by what the SDK says

  @Test
  void every_region_of_the_sdk_has_the_partition_and_the_hosts_that_the_sdk_has() {
    List<Region> regions =
        Region.regions().stream().filter(region -> !region.isGlobalRegion()).toList();
    assertThat(regions).hasSizeGreaterThan(30);
    for (Region region : regions) {
      UserPool pool = UserPool.of(region.id() + "_AbCdEf123");
      PartitionMetadata partition = PartitionMetadata.of(region);
      assertThat(pool.partition().id()).isEqualTo(partition.id());
      assertThat(pool.partition().dnsSuffix()).isEqualTo(partition.dnsSuffix());
      for (boolean fips : new boolean[] {false, true}) {
        assertThat(pool.toBuilder().fips(fips).build().endpoint(RegionRole.PRIMARY))
            .isEqualTo(
                CognitoIdentityProviderEndpointProvider.defaultProvider()
                    .resolveEndpoint(e -> e.region(region).useFips(fips).useDualStack(false))
                    .join()
                    .endpointUrl()
                    .toUri());
      }
    }
    assertThat(regions.stream().map(it -> AwsPartition.ofRegion(it.id())).distinct())
        .containsExactlyInAnyOrder(AwsPartition.values());
  }
}
