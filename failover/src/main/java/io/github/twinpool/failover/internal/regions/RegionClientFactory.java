package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.regions.HttpAttempt.AttemptInterceptor;
import io.github.twinpool.internal.net.Endpoints;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Makes the SDK's clients of one Region: our defaults, then the user's changes, then what makes the
 * client that Region's.
 */
public final class RegionClientFactory {
  /** Pooled connections that outlive this would outlive a change of DNS. */
  private static final Duration CONNECTION_TIME_TO_LIVE = Duration.ofSeconds(60);

  /** A gateway may have forgotten a connection that was idle for longer. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

  private static final int MAX_CONNECTIONS = 256;

  /** One for each kind of probe. */
  private static final int PROBES_AT_ONCE = 2;

  /** What the clients of both Regions share. */
  public record Shared(
      HttpAttempt.Current current,
      DnsResolver names,
      LongSupplier nanoTime,
      Executor completions,
      ScheduledExecutorService timer,
      Tracing tracing) {}

  private final UserPool pool;
  private final Shared shared;
  private final BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync;
  private final BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async;
  private boolean fips;

  public RegionClientFactory(
      UserPool pool,
      Shared shared,
      BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync,
      BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async) {
    this.pool = pool;
    this.fips = pool.fips();
    this.shared = shared;
    this.sync = sync;
    this.async = async;
  }

  /** The clients of one Region; those that are given are used as they are. */
  public RegionClient make(
      RegionRole role,
      @Nullable CognitoIdentityProviderClient readySync,
      @Nullable CognitoIdentityProviderAsyncClient readyAsync) {
    Supplier<CognitoIdentityProviderAsyncClient> asyncSource = () -> makeAsync(role);
    if (readySync != null) {
      SdkHttpClient probes = defaultHttp().build();
      return new RegionClient(
          readySync,
          probes,
          new RegionClient.Path(false, false),
          asyncSource,
          readyAsync,
          probes::close);
    }
    CognitoIdentityProviderClientBuilder builder = CognitoIdentityProviderClient.builder();
    Capture capture = new Capture(builder, shared.current());
    CognitoIdentityProviderClientBuilder forUser = capture.builder();
    forUser.httpClientBuilder(defaultHttp());
    override(builder, role);
    sync.accept(role, forUser);
    finish(builder, role, false);
    CognitoIdentityProviderClient client = safe(builder.build());
    fips |= capture.fips == null ? sdkWantsFips() : capture.fips;
    AbortableHttpClient http = capture.http();
    SdkHttpClient probes = capture.probes();
    return new RegionClient(
        client,
        probes,
        new RegionClient.Path(http.freesItsCaller(), true),
        asyncSource,
        readyAsync,
        () -> {
          client.close();
          probes.close();
        });
  }

  private CognitoIdentityProviderAsyncClient makeAsync(RegionRole role) {
    CognitoIdentityProviderAsyncClientBuilder builder =
        CognitoIdentityProviderAsyncClient.builder();
    // An application's callback runs where it ends a call: on threads that no other call waits for.
    builder.asyncConfiguration(
        it ->
            it.advancedOption(
                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, shared.completions()));
    override(builder, role);
    async.accept(role, builder);
    finish(builder, role, true);
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

  private Apache5HttpClient.Builder defaultHttp() {
    return Apache5HttpClient.builder()
        .connectionTimeToLive(CONNECTION_TIME_TO_LIVE)
        .connectionMaxIdleTime(LONGEST_IDLE)
        .maxConnections(MAX_CONNECTIONS)
        .dnsResolver(shared.names());
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
   * Retries that the user did not choose are ours: the SDK's own would use up the time of the other
   * Region.
   */
  private void finish(AwsClientBuilder<?, ?> builder, RegionRole role, boolean async) {
    builder.region(Region.of(pool.region(role)));
    if (pool.endpointOverride(role).isPresent()) {
      // The SDK refuses FIPS, which its environment may ask for, beside an address.
      builder.fipsEnabled(false);
    }
    ClientOverrideConfiguration users = builder.overrideConfiguration();
    ClientOverrideConfiguration.Builder complete = users.toBuilder();
    List<ExecutionInterceptor> interceptors = new ArrayList<>();
    interceptors.add(new AttemptInterceptor(shared.current(), async, shared.tracing()));
    interceptors.addAll(users.executionInterceptors());
    complete.executionInterceptors(interceptors);
    if (users.retryStrategy().isPresent()) {
      complete.retryStrategy(
          RetryWithinRegion.of(users.retryStrategy().get(), shared.current(), shared.nanoTime()));
    } else if (users.retryPolicy().isEmpty()) {
      complete.retryStrategy(RetryWithinRegion.ours(shared.current(), shared.nanoTime()));
    }
    if (users.scheduledExecutorService().isEmpty()) {
      // The SDK's own threads inherit the thread-locals of whichever caller starts them.
      complete.scheduledExecutorService(shared.timer());
    }
    builder.overrideConfiguration(complete.build());
  }

  /**
   * The SDK's builder as users customise it, with the HTTP client that they choose wrapped on its
   * way in: attempts must be abortable, and probes go the same way over connections of their own.
   */
  private static final class Capture implements InvocationHandler {
    private final CognitoIdentityProviderClientBuilder delegate;
    private final HttpAttempt.Current current;
    private @Nullable AbortableHttpClient http;
    private @Nullable SdkHttpClient probes;
    private @Nullable Boolean fips;

    Capture(CognitoIdentityProviderClientBuilder delegate, HttpAttempt.Current current) {
      this.delegate = delegate;
      this.current = current;
    }

    CognitoIdentityProviderClientBuilder builder() {
      return (CognitoIdentityProviderClientBuilder)
          Proxy.newProxyInstance(
              CognitoIdentityProviderClientBuilder.class.getClassLoader(),
              new Class<?>[] {CognitoIdentityProviderClientBuilder.class},
              this);
    }

    AbortableHttpClient http() {
      if (http == null) {
        throw new IllegalStateException("the SDK client has not been built");
      }
      return http;
    }

    SdkHttpClient probes() {
      return probes == null ? new Unclosable(http().unwatched()) : probes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      try {
        if (arguments != null && arguments[0] instanceof SdkHttpClient ready) {
          // Its pool is shared: attempts leave room for probes.
          http = new AbortableHttpClient(ready, current, PROBES_AT_ONCE);
          probes = null;
          // The SDK refuses a client beside a builder, and our default is a builder.
          delegate.httpClientBuilder(null);
          delegate.httpClient(http);
          return proxy;
        }
        if (arguments != null && arguments[0] instanceof SdkHttpClient.Builder<?> users) {
          delegate.httpClient(null);
          delegate.httpClientBuilder(new Twice(users));
          return proxy;
        }
        if (method.getName().equals("fipsEnabled") && arguments != null) {
          fips = (Boolean) arguments[0];
        }
        if (method.getName().equals("applyMutation")) {
          return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        Object result = method.invoke(delegate, arguments);
        return result == delegate ? proxy : result;
      } catch (InvocationTargetException e) {
        throw e.getTargetException();
      }
    }

    /** Builds a client for calls and one for probes. */
    private final class Twice implements SdkHttpClient.Builder<Twice> {
      private final SdkHttpClient.Builder<?> users;

      Twice(SdkHttpClient.Builder<?> users) {
        this.users = users;
      }

      @Override
      public SdkHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
        AbortableHttpClient client =
            new AbortableHttpClient(users.buildWithDefaults(serviceDefaults), current, 0);
        http = client;
        probes = users.buildWithDefaults(serviceDefaults);
        return client;
      }
    }
  }

  /** A client that its maker closes. */
  private record Unclosable(SdkHttpClient client) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return client.prepareRequest(request);
    }

    @Override
    public String clientName() {
      return client.clientName();
    }

    @Override
    public void close() {}
  }
}
