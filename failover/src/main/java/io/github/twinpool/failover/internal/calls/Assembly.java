package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.BlockingCalls.CallGate;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.Thresholds;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import io.github.twinpool.failover.internal.regions.NameLookups;
import io.github.twinpool.failover.internal.regions.RegionClient;
import io.github.twinpool.failover.internal.regions.RegionClientFactory;
import io.github.twinpool.failover.internal.regions.RegionProber;
import io.github.twinpool.failover.internal.regions.Tracing;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import io.github.twinpool.internal.versions.RequiredLibrary;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/**
 * A client put together: all its parts and threads, and the order in which they end. {@code
 * ARCHITECTURE.md} lists the threads.
 */
public final class Assembly implements AutoCloseable {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");
  private static final long TICK_MILLIS = 50;
  private static final int ABORTS_AT_ONCE = 4;
  private static final int SDK_TIMERS = 2;
  private static final int MOST_CALLBACKS = 500;
  private static final int IDLE_SECONDS = 30;

  /** What {@code MultiRegionCognitoBuilder} was told; each component is explained there. */
  public record Settings(
      UserPool pool,
      FailoverPolicy policy,
      List<FailoverListener> listeners,
      BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync,
      BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async,
      Map<RegionRole, CognitoIdentityProviderClient> readySync,
      Map<RegionRole, CognitoIdentityProviderAsyncClient> readyAsync,
      @Nullable ExecutorService executor,
      int maxConcurrentCalls,
      Predicate<String> rotation,
      NameLookups.Source names,
      LongSupplier nanoTime,
      RandomGenerator random) {}

  private final Settings settings;
  private final ScheduledThreadPoolExecutor heartbeat;

  /** For the SDK, whose own threads would inherit the thread-locals of a caller. */
  private final ScheduledThreadPoolExecutor sdkTimer;

  private final ExecutorService own = threads("twinpool-call");
  private final ExecutorService overflow = few("twinpool-callback-overflow", 1);
  private final ExecutorService completions = callbacks(overflow);
  private final ExecutorService aborts;
  private final NameLookups names;
  private final Listeners listeners;
  private final Map<RegionRole, RegionClient> regions;
  private final RegionProber prober;
  private final GuardedFailover failover;
  private final CallGate gate;
  private final BlockingCalls blocking;
  private final AsyncCalls async;
  private final Revocations revocations;
  private final CognitoIdentityProviderClient client;
  private final CognitoIdentityProviderAsyncClient asyncClient;

  public Assembly(Settings settings) {
    UserPool pool = settings.pool();
    this.settings = settings;
    this.heartbeat = timer("twinpool-heartbeat", 1);
    this.sdkTimer = timer("twinpool-sdk", SDK_TIMERS);
    this.aborts = few("twinpool-abort", ABORTS_AT_ONCE);
    this.names = new NameLookups(settings.names(), settings.nanoTime());
    HttpAttempt.Current current = new HttpAttempt.Current();
    Tracing tracing = Tracing.find(Assembly.class.getClassLoader());
    RegionClientFactory factory =
        new RegionClientFactory(
            pool,
            new RegionClientFactory.Shared(
                current, names, settings.nanoTime(), completions, sdkTimer, tracing),
            settings.sync(),
            settings.async());
    this.regions = regions(factory);
    this.listeners =
        new Listeners(settings.listeners(), settings.nanoTime(), Listeners.oneThread());
    this.prober = prober(factory);
    this.failover =
        new GuardedFailover(
            pool, machine(), settings.policy(), settings.nanoTime(), prober::probe, listeners);
    this.gate = new CallGate(pool, failover, settings.maxConcurrentCalls());
    this.blocking = new BlockingCalls(gate, aborts);
    // Steps never wait for a thread of the user's: hung attempts may hold all of them.
    this.async = new AsyncCalls(gate, failover, settings.policy().hedgeAfter(), heartbeat, own);
    this.revocations = new Revocations(failover, blocking, async, heartbeat, listeners);
    Senders senders = senders(current, tracing);
    RegionClient primary = primary(regions);
    CognitoIdentityProviderClient plain = primary.sync();
    this.client =
        RoutedClient.proxy(
            CognitoIdentityProviderClient.class,
            new RoutedClient.TimeLimits(settings.policy(), plain::serviceClientConfiguration),
            senders::callBlocking,
            () -> plain);
    this.asyncClient =
        RoutedClient.proxy(
            CognitoIdentityProviderAsyncClient.class,
            new RoutedClient.TimeLimits(
                settings.policy(), () -> primary.async().serviceClientConfiguration()),
            senders::callAsync,
            primary::async);
  }

  /** Lets time pass for this client, until it is closed. */
  public Assembly start() {
    heartbeat.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  private void tick() {
    try {
      failover.tick();
      if (!blocking.isIdle() || !async.isIdle()) {
        boolean leftPrimary = failover.left(RegionRole.PRIMARY);
        boolean leftSecondary = failover.left(RegionRole.SECONDARY);
        long now = failover.now();
        blocking.tick(now, leftPrimary, leftSecondary);
        async.tick(now, leftPrimary, leftSecondary);
      }
    } catch (Throwable e) {
      // A task that throws is never run again, and with it all failover would end.
      LOG.error("The failover's heartbeat has failed; it goes on", e);
    }
  }

  public UserPool pool() {
    return settings.pool();
  }

  public GuardedFailover failover() {
    return failover;
  }

  public CognitoIdentityProviderClient client() {
    return client;
  }

  public CognitoIdentityProviderAsyncClient asyncClient() {
    return asyncClient;
  }

  /** The clients of one Region, or null if the pool has none in this role. */
  public @Nullable RegionClient region(RegionRole role) {
    return regions.get(role);
  }

  public boolean rotates(String clientId) {
    return settings.rotation().test(clientId);
  }

  // ---- parts

  private FailoverStateMachine machine() {
    return new FailoverStateMachine(
        settings.policy(),
        settings.pool().roles().size() > 1,
        settings.random(),
        settings.nanoTime().getAsLong());
  }

  private Map<RegionRole, RegionClient> regions(RegionClientFactory factory) {
    Map<RegionRole, RegionClient> made = new EnumMap<>(RegionRole.class);
    try {
      for (RegionRole role : settings.pool().roles()) {
        made.put(
            role,
            factory.make(role, settings.readySync().get(role), settings.readyAsync().get(role)));
      }
      return made;
    } catch (RuntimeException e) { // What the user's changes throw must leave nothing open.
      made.values().forEach(RegionClient::close);
      throw e;
    }
  }

  /** Probes go where calls go. */
  private RegionProber prober(RegionClientFactory factory) {
    Map<RegionRole, SdkHttpClient> http = new EnumMap<>(RegionRole.class);
    regions.forEach((role, region) -> http.put(role, region.probes()));
    UserPool probed = settings.pool().toBuilder().fips(factory.fips()).build();
    return new RegionProber(probed, http, heartbeat, aborts, Thresholds.PROBE_TIMEOUT);
  }

  private Senders senders(HttpAttempt.Current current, Tracing tracing) {
    return new Senders(
        regions,
        new CallPreparation(settings.pool(), new Conversations(), settings.rotation()),
        blocking,
        async,
        revocations,
        current,
        tracing,
        settings.executor() == null ? own : settings.executor(),
        aborts,
        settings.nanoTime(),
        settings.policy().hedgeAfter().isPresent());
  }

  private static RegionClient primary(Map<RegionRole, RegionClient> regions) {
    RegionClient primary = regions.get(RegionRole.PRIMARY);
    if (primary == null) {
      throw new IllegalStateException("no primary");
    }
    return primary;
  }

  // ---- threads

  private static ScheduledThreadPoolExecutor timer(String name, int threads) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(threads, TwinpoolThreads.factory(name));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** As many threads as there are tasks; they end when they are idle. */
  private static ExecutorService threads(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        TwinpoolThreads.factory(name));
  }

  /**
   * Where async calls end, and with them the application's callbacks, which may block: each on a
   * thread of its own, as long as there are not too many. Above that they wait for one thread.
   */
  private static ExecutorService callbacks(ExecutorService overflow) {
    return new ThreadPoolExecutor(
        0,
        MOST_CALLBACKS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        TwinpoolThreads.factory("twinpool-callback"),
        (task, pool) -> {
          if (pool.isShutdown()) {
            // The call has ended with the client; nothing waits for what the SDK says late.
            task.run();
          } else {
            overflow.execute(task);
          }
        });
  }

  /** A few threads; a task waits for one. At most one task for each attempt in flight. */
  private static ExecutorService few(String name, int most) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            TwinpoolThreads.factory(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  // ---- the end

  /** Ends every call in flight, without waiting for callers, and every thread and connection. */
  @Override
  public void close() {
    // First the calls, so that what follows holds up no caller.
    gate.close();
    blocking.close();
    async.close();
    close(revocations);
    heartbeat.shutdownNow();
    close(prober);
    own.shutdownNow();
    sdkTimer.shutdownNow();
    // Not at once: callbacks of ended calls may still run.
    completions.shutdown();
    overflow.shutdown();
    aborts.shutdown();
    regions.values().forEach(Assembly::close);
    close(names);
    close(listeners);
  }

  /** What one part has to complain of must not keep the others open. */
  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("Closing goes on, although a part of this client could not be closed", e);
    }
  }

  /**
   * What this module uses of its libraries that older versions lack (tried: AWS SDK 2.29.52 fails
   * at the first call, 2.31.78 works; resilience4j before 2.3.0 fails). Names classes as text: a
   * class that is missing must not keep this one from being loaded.
   */
  public static final class RequiredLibraries {
    private static final String SDK = "software.amazon.awssdk.";
    private static final String COGNITO = SDK + "services.cognitoidentityprovider.";
    private static final String RESILIENCE = "io.github.resilience4j.";

    private RequiredLibraries() {}

    /**
     * Checks what the class path holds.
     *
     * @throws io.github.twinpool.IncompatibleLibraryException if a library is missing or too old
     */
    public static void check(ClassLoader loader) {
      new RequiredLibrary(
              "software.amazon.awssdk:cognitoidentityprovider",
              "2.31.78",
              List.of(
                  COGNITO + "model.GetTokensFromRefreshTokenRequest",
                  COGNITO + "CognitoIdentityProviderClient#getTokensFromRefreshToken",
                  COGNITO + "model.AdminInitiateAuthRequest#session"))
          .check(loader, COGNITO + "CognitoIdentityProviderClient");
      new RequiredLibrary(
              "software.amazon.awssdk:apache5-client",
              "2.31.78",
              List.of(SDK + "http.apache5.Apache5HttpClient"))
          .check(loader, SDK + "http.apache5.Apache5HttpClient");
      new RequiredLibrary(
              "io.github.resilience4j:resilience4j-circuitbreaker",
              "2.3.0",
              List.of(RESILIENCE + "circuitbreaker.CircuitBreakerConfig$Builder#clock"))
          .check(loader, RESILIENCE + "circuitbreaker.CircuitBreaker");
      new RequiredLibrary(
              "io.github.resilience4j:resilience4j-retry",
              "2.3.0",
              List.of(RESILIENCE + "retry.Retry#decorateCompletionStage"))
          .check(loader, RESILIENCE + "retry.Retry");
    }
  }
}
