package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.internal.net.Endpoints;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/**
 * Makes the SDK's clients of one Region: our defaults, then the user's changes, then what makes the
 * client that Region's.
 */
public final class RegionClientFactory {
  /** Pooled connections that outlive this would outlive a change of DNS. */
  private static final Duration CONNECTION_TIME_TO_LIVE = Duration.ofSeconds(60);

  private static final int MAX_CONNECTIONS = 256;

  private final UserPool pool;
  private final CurrentAttempt current;
  private final SendingWatch watch;

  /** One for each Region: the failures of one must not use up the retries of the other. */
  private final Map<RegionRole, RetryWithinRegion> retries = new EnumMap<>(RegionRole.class);

  private boolean fips;

  private final BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync;
  private final BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async;

  public RegionClientFactory(
      UserPool pool,
      CurrentAttempt current,
      SendingWatch watch,
      BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync,
      BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async) {
    this.pool = pool;
    this.fips = pool.fips();
    this.current = current;
    this.watch = watch;
    this.sync = sync;
    this.async = async;
    for (RegionRole role : RegionRole.values()) {
      retries.put(role, new RetryWithinRegion());
    }
  }

  public RegionClient make(RegionRole role) {
    CognitoIdentityProviderClientBuilder builder = CognitoIdentityProviderClient.builder();
    HttpClientCapture capture = new HttpClientCapture(builder, current);
    CognitoIdentityProviderClientBuilder forUser = capture.builder();
    forUser.httpClientBuilder(defaultHttp());
    override(builder, role);
    sync.accept(role, forUser);
    finish(builder, role);
    CognitoIdentityProviderClient client = safe(builder.build());
    Boolean chosen = capture.fips();
    fips |= chosen == null ? sdkWantsFips() : chosen;
    return new RegionClient(
        client, capture.http(), () -> makeAsync(role), retries(role), true, client::close);
  }

  /** Clients that the user brings and closes; only probes use an HTTP client of ours. */
  public RegionClient ready(RegionRole role, CognitoIdentityProviderClient client) {
    var http = defaultHttp().build();
    return new RegionClient(client, http, () -> makeAsync(role), retries(role), false, http::close);
  }

  private RetryWithinRegion retries(RegionRole role) {
    return Objects.requireNonNull(retries.get(role));
  }

  private CognitoIdentityProviderAsyncClient makeAsync(RegionRole role) {
    CognitoIdentityProviderAsyncClientBuilder builder =
        CognitoIdentityProviderAsyncClient.builder();
    override(builder, role);
    async.accept(role, builder);
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().addExecutionInterceptor(watch).build());
    finish(builder, role);
    return safe(builder.build());
  }

  /**
   * A client whose endpoint keeps to the rule, also one that comes from the user's changes, or from
   * the SDK's own environment variables, properties and profiles: passwords are sent there.
   *
   * @throws IllegalArgumentException if it does not
   */
  private static <C extends SdkClient> C safe(C client) {
    try {
      return safe("endpoint", client);
    } catch (IllegalArgumentException e) {
      client.close();
      throw e;
    }
  }

  /**
   * The same for a client that its maker closes.
   *
   * @param field where it came from
   */
  public static <C extends SdkClient> C safe(String field, C client) {
    try {
      client
          .serviceClientConfiguration()
          .endpointOverride()
          .ifPresent(it -> Endpoints.checked(field, it));
    } catch (UnsupportedOperationException e) {
      // What only stands for a client of the SDK's need not say where it sends.
    }
    return client;
  }

  /**
   * Refuses to send a request over plain HTTP. Settings are checked when a client is made; an
   * endpoint provider, an interceptor or a plugin of the application's chooses later.
   */
  static void requireSafe(SdkHttpRequest request) {
    if (!"https".equals(request.protocol())) {
      String objection = Endpoints.objection(request.getUri());
      if (objection != null) {
        throw SdkClientException.create("endpoint: " + objection);
      }
    }
  }

  private static Apache5HttpClient.Builder defaultHttp() {
    return Apache5HttpClient.builder()
        .connectionTimeToLive(CONNECTION_TIME_TO_LIVE)
        .maxConnections(MAX_CONNECTIONS);
  }

  /** Without a word from the pool, the SDK's own setting of FIPS counts. */
  private void override(AwsClientBuilder<?, ?> builder, RegionRole role) {
    pool.endpointOverride(role).ifPresent(builder::endpointOverride);
    if (pool.fips()) {
      builder.fipsEnabled(true);
    }
  }

  /** Whether the clients made here call FIPS hosts, where the pool names no address. */
  public boolean fips() {
    return fips;
  }

  /** As the SDK finds it: in a system property, the environment, or a profile. */
  private static boolean sdkWantsFips() {
    return FipsEnabledProvider.builder().build().isFipsEnabled().orElse(false);
  }

  /**
   * Retries that the user did not choose are ours: the SDK's own would use up the time for a move.
   */
  private void finish(AwsClientBuilder<?, ?> builder, RegionRole role) {
    builder.region(Region.of(pool.region(role)));
    if (pool.endpointOverride(role).isPresent()) {
      // The SDK refuses FIPS, which its environment may ask for, beside an address.
      builder.fipsEnabled(false);
    }
    ClientOverrideConfiguration configuration = builder.overrideConfiguration();
    if (configuration.retryStrategy().isEmpty() && configuration.retryPolicy().isEmpty()) {
      builder.overrideConfiguration(configuration.toBuilder().retryStrategy(retries(role)).build());
    }
  }
}
