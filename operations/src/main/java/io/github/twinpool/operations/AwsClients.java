package io.github.twinpool.operations;

import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.internal.net.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * The plain clients with which operators' commands ask both Regions of a pool: of Cognito, of KMS,
 * of WAF and of Route 53. Each is made when it is first needed and closed here. They are not
 * routed: an operator wants to know which Region says what. Thread-safe.
 *
 * <pre>{@code
 * try (AwsClients clients = AwsClients.of(pool)) {
 *   System.out.println(ReplicationSetup.builder(clients).build().plan());
 * }
 * }</pre>
 */
public final class AwsClients implements AutoCloseable {
  private final UserPool pool;
  private final @Nullable AwsCredentialsProvider credentials;
  private final ClientOverrideConfiguration configuration;
  private final SdkHttpClient.@Nullable Builder<?> httpClientBuilder;
  private final Map<RegionRole, URI> kmsEndpoints;
  private final Map<RegionRole, URI> wafEndpoints;
  private final @Nullable URI route53Endpoint;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Patience.Pause pause;

  private final Object lock = new Object();
  private final Map<RegionRole, CognitoIdentityProviderClient> cognito =
      new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, KmsClient> kms = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, Wafv2Client> waf = new EnumMap<>(RegionRole.class);
  private @Nullable Route53Client route53;
  private final Deque<SdkClient> own = new ArrayDeque<>();
  private boolean closed;

  AwsClients(AwsClientsBuilder builder) {
    pool = builder.pool;
    credentials = builder.credentials;
    configuration = builder.configuration;
    httpClientBuilder = builder.httpClientBuilder;
    kmsEndpoints = new EnumMap<>(builder.kmsEndpoints);
    wafEndpoints = new EnumMap<>(builder.wafEndpoints);
    route53Endpoint = builder.route53Endpoint;
    clock = builder.clock;
    nanoTime = builder.nanoTime;
    pause = builder.pause;
  }

  /** Clients with the SDK's default credentials. */
  public static AwsClients of(UserPool pool) {
    return builder(pool).build();
  }

  /**
   * A builder.
   *
   * @throws IllegalArgumentException if the pool has no secondary Region
   */
  public static AwsClientsBuilder builder(UserPool pool) {
    return new AwsClientsBuilder(pool);
  }

  /** The pool, and with it both Regions and the endpoints of Cognito. */
  public UserPool userPool() {
    return pool;
  }

  InstantSource clock() {
    return clock;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  Patience patience(Duration interval, Duration limit, Duration settle) {
    return new Patience(interval, limit, settle, nanoTime, pause);
  }

  CognitoIdentityProviderClient cognito(RegionRole role) {
    synchronized (lock) {
      return cognito.computeIfAbsent(
          role,
          of ->
              made(
                  CognitoIdentityProviderClient.builder(),
                  regional(of),
                  pool.endpointOverride(of).orElse(null)));
    }
  }

  KmsClient kms(RegionRole role) {
    synchronized (lock) {
      return kms.computeIfAbsent(
          role, of -> made(KmsClient.builder(), regional(of), kmsEndpoints.get(of)));
    }
  }

  Wafv2Client waf(RegionRole role) {
    synchronized (lock) {
      return waf.computeIfAbsent(
          role, of -> made(Wafv2Client.builder(), regional(of), wafEndpoints.get(of)));
    }
  }

  Route53Client route53() {
    synchronized (lock) {
      if (route53 == null) {
        route53 = made(Route53Client.builder(), Region.of(globalRegion()), route53Endpoint);
      }
      return route53;
    }
  }

  private Region regional(RegionRole role) {
    return Region.of(pool.region(role));
  }

  String globalRegion() {
    return globalRegion(pool.partition()).id();
  }

  /** Route 53 has no Region but a pseudo one in each partition. */
  static Region globalRegion(AwsPartition partition) {
    return switch (partition) {
      case AWS -> Region.AWS_GLOBAL;
      case AWS_CN -> Region.AWS_CN_GLOBAL;
      case AWS_US_GOV -> Region.AWS_US_GOV_GLOBAL;
      case AWS_EUSC -> Region.of("eusc-de-east-1"); // its Route 53 answers to no other name
      case AWS_ISO -> Region.AWS_ISO_GLOBAL;
      case AWS_ISO_B -> Region.AWS_ISO_B_GLOBAL;
      case AWS_ISO_E -> Region.AWS_ISO_E_GLOBAL;
      case AWS_ISO_F -> Region.AWS_ISO_F_GLOBAL;
    };
  }

  /** A client that is closed here. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
      C made(B builder, Region region, @Nullable URI endpoint) {
    if (closed) {
      throw new IllegalStateException("The clients are closed");
    }
    builder.region(region).overrideConfiguration(configuration);
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    if (endpoint != null) {
      // The SDK refuses FIPS, which its environment may ask for, beside an address.
      builder.endpointOverride(endpoint).fipsEnabled(false);
    } else if (pool.fips()) {
      builder.fipsEnabled(true);
    }
    if (httpClientBuilder != null) {
      builder.httpClientBuilder(httpClientBuilder);
    }
    C client = builder.build();
    own.push(client);
    return safe(client);
  }

  /**
   * A client whose endpoint keeps to the rule, also one that comes from the SDK's own environment
   * variables, properties and profiles.
   */
  static <C extends SdkClient> C safe(C client) {
    return safe("endpoint", client);
  }

  /**
   * The same for a client that the caller brings.
   *
   * @param field what it is called there
   */
  static <C extends SdkClient> C safe(String field, C client) {
    client
        .serviceClientConfiguration()
        .endpointOverride()
        .ifPresent(it -> Endpoints.checked(field, it));
    return client;
  }

  /** Closes the clients that were made here. Idempotent. */
  @Override
  public void close() {
    List<SdkClient> closing;
    synchronized (lock) {
      closed = true;
      closing = List.copyOf(own);
      own.clear();
    }
    closing.forEach(SdkClient::close);
  }

  @Override
  public String toString() {
    return "AwsClients[" + pool.id() + "]";
  }
}
