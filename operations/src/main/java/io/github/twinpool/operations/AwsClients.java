package io.github.twinpool.operations;

import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
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
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The plain clients with which operators' commands ask both Regions of a pool: of Cognito, of KMS,
 * and of Route 53. Each is made when it is first needed and closed here; clients that are brought
 * stay their owner's. They are not routed: an operator wants to know which Region says what.
 * Thread-safe.
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
  private final Map<RegionRole, URI> kmsEndpoints;
  private final @Nullable URI route53Endpoint;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Patience.Pause pause;

  private final Object lock = new Object();
  private final Map<RegionRole, CognitoIdentityProviderClient> cognito =
      new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, KmsClient> kms = new EnumMap<>(RegionRole.class);
  private @Nullable Route53Client route53;
  private final Deque<AutoCloseable> own = new ArrayDeque<>();
  private boolean closed;

  AwsClients(AwsClientsBuilder builder) {
    pool = builder.pool;
    credentials = builder.credentials;
    configuration = builder.configuration;
    kmsEndpoints = new EnumMap<>(builder.kmsEndpoints);
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
              kept(
                  prepared(
                          CognitoIdentityProviderClient.builder()
                              .endpointOverride(pool.endpoint(of)),
                          Region.of(pool.region(of)))
                      .build()));
    }
  }

  KmsClient kms(RegionRole role) {
    synchronized (lock) {
      return kms.computeIfAbsent(
          role,
          of -> {
            var builder = prepared(KmsClient.builder(), Region.of(pool.region(of)));
            URI endpoint = kmsEndpoints.get(of);
            return kept((endpoint == null ? builder : builder.endpointOverride(endpoint)).build());
          });
    }
  }

  Route53Client route53() {
    synchronized (lock) {
      if (route53 == null) {
        var builder = prepared(Route53Client.builder(), Region.of(globalRegion()));
        route53 =
            kept(
                (route53Endpoint == null ? builder : builder.endpointOverride(route53Endpoint))
                    .build());
      }
      return route53;
    }
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
    };
  }

  private <B extends AwsClientBuilder<B, C>, C> B prepared(B builder, Region region) {
    B prepared = builder.region(region).overrideConfiguration(configuration);
    return credentials == null ? prepared : prepared.credentialsProvider(credentials);
  }

  private <C extends AutoCloseable> C kept(C client) {
    if (closed) {
      closeQuietly(client);
      throw new IllegalStateException("The clients are closed");
    }
    own.push(client);
    return client;
  }

  private static void closeQuietly(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("A client of the AWS SDK failed to close", e);
    }
  }

  /** Closes the clients that were made here. Idempotent. */
  @Override
  public void close() {
    List<AutoCloseable> closing;
    synchronized (lock) {
      closed = true;
      closing = List.copyOf(own);
      own.clear();
    }
    closing.forEach(AwsClients::closeQuietly);
  }

  @Override
  public String toString() {
    return "AwsClients[" + pool.id() + "]";
  }
}
