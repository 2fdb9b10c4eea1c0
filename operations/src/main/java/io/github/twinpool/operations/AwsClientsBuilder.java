package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.internal.net.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;

/** Configures {@link AwsClients}. Not thread-safe. */
public final class AwsClientsBuilder {
  private static final int ATTEMPT_SECONDS = 10;
  private static final int CALL_SECONDS = 30;

  final UserPool pool;
  @Nullable AwsCredentialsProvider credentials;
  ClientOverrideConfiguration configuration =
      ClientOverrideConfiguration.builder()
          .apiCallAttemptTimeout(Duration.ofSeconds(ATTEMPT_SECONDS))
          .apiCallTimeout(Duration.ofSeconds(CALL_SECONDS))
          .build();
  SdkHttpClient.@Nullable Builder<?> httpClientBuilder;
  final Map<RegionRole, URI> kmsEndpoints = new EnumMap<>(RegionRole.class);
  final Map<RegionRole, URI> wafEndpoints = new EnumMap<>(RegionRole.class);
  @Nullable URI route53Endpoint;
  InstantSource clock = InstantSource.system();
  LongSupplier nanoTime = System::nanoTime;
  Patience.Pause pause = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  AwsClientsBuilder(UserPool pool) {
    this.pool = Objects.requireNonNull(pool, "pool");
    if (!pool.secondaryRegion().isPresent()) {
      throw new IllegalArgumentException(
          "userPool " + pool.id() + ": wants a secondary Region, even if it has none yet");
    }
  }

  /** Whose permissions count. Default: the SDK's default credentials. */
  public AwsClientsBuilder credentials(AwsCredentialsProvider provider) {
    credentials = Objects.requireNonNull(provider, "credentials");
    return this;
  }

  /**
   * Time-outs, retries, interceptors of all clients. Default: {@value #ATTEMPT_SECONDS} s for an
   * attempt and {@value #CALL_SECONDS} s for a call, since a Region that hangs is what operators
   * meet; else the SDK's.
   */
  public AwsClientsBuilder configuration(ClientOverrideConfiguration overrides) {
    configuration = Objects.requireNonNull(overrides, "configuration");
    return this;
  }

  /**
   * The HTTP client of all clients: proxy, TLS, connections. Each client builds one of its own from
   * it, and closes that. Default: the SDK's, which takes a proxy from the system properties {@code
   * http.proxyHost}, {@code http.proxyPort} and {@code http.nonProxyHosts}, or from the environment
   * variables {@code HTTP_PROXY} and {@code NO_PROXY}: also for HTTPS, and not from those that
   * begin with {@code https}. (Source: the SDK's ProxyConfiguration, whose scheme is the proxy's
   * own.)
   */
  public AwsClientsBuilder httpClientBuilder(SdkHttpClient.Builder<?> builder) {
    httpClientBuilder = Objects.requireNonNull(builder, "httpClientBuilder");
    return this;
  }

  /**
   * Another address of KMS in a Region: a private endpoint, or the emulator. Default: the SDK's.
   *
   * @param endpoint a host, by {@code https}; {@code http} is for loopback addresses only
   */
  public AwsClientsBuilder kmsEndpoint(RegionRole role, URI endpoint) {
    kmsEndpoints.put(role, checked(of(role, "KmsEndpoint"), endpoint));
    return this;
  }

  /**
   * Another address of WAF in a Region: a private endpoint, or the emulator. Default: the SDK's.
   *
   * @param endpoint a host, by {@code https}; {@code http} is for loopback addresses only
   */
  public AwsClientsBuilder wafEndpoint(RegionRole role, URI endpoint) {
    wafEndpoints.put(role, checked(of(role, "WafEndpoint"), endpoint));
    return this;
  }

  /**
   * Another address of Route 53, for the emulator. Default: the SDK's.
   *
   * @param endpoint a host, by {@code https}; {@code http} is for loopback addresses only
   */
  public AwsClientsBuilder route53Endpoint(URI endpoint) {
    route53Endpoint = checked("route53Endpoint", endpoint);
    return this;
  }

  private static String of(RegionRole role, String field) {
    return role.name().toLowerCase(Locale.ROOT) + field;
  }

  private static URI checked(String field, URI endpoint) {
    String objection = Endpoints.objectionToHost(endpoint);
    if (objection != null) {
      throw new IllegalArgumentException(
          field + " '" + Endpoints.shown(endpoint) + "': " + objection);
    }
    return endpoint;
  }

  /** For tests, which have no time. */
  AwsClientsBuilder time(InstantSource wall, LongSupplier elapsed, Patience.Pause passing) {
    clock = wall;
    nanoTime = elapsed;
    pause = passing;
    return this;
  }

  /** Makes no client yet, and does no I/O. */
  public AwsClients build() {
    return new AwsClients(this);
  }
}
