package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.Thresholds;
import io.github.twinpool.failover.internal.regions.CurrentAttempt;
import io.github.twinpool.failover.internal.regions.RegionClient;
import io.github.twinpool.failover.internal.regions.RegionClientFactory;
import io.github.twinpool.failover.internal.regions.RegionProber;
import io.github.twinpool.failover.internal.regions.SendingWatch;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Puts a client together, and knows in which order it is taken apart. */
public final class Assembly {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");

  private final ClientSettings settings;
  private final UserPool pool;
  private final CurrentAttempt current = new CurrentAttempt();
  private final SendingWatch watch = new SendingWatch();

  public Assembly(ClientSettings settings) {
    this.settings = settings;
    this.pool = settings.pool();
  }

  public Parts build() {
    RegionClientFactory factory =
        new RegionClientFactory(pool, current, watch, settings.sync(), settings.async());
    Map<RegionRole, RegionClient> regions = regions(factory);
    ExecutorService own = ownExecutor();
    ExecutorService users = settings.executor();
    ListenerDispatcher dispatcher = new ListenerDispatcher(settings.listeners());
    Heartbeat heartbeat = new Heartbeat();
    Map<RegionRole, SdkHttpClient> http = new EnumMap<>(RegionRole.class);
    regions.forEach((role, region) -> http.put(role, region.http()));
    // Probes go where calls go.
    UserPool probed = pool.toBuilder().fips(factory.fips()).build();
    RegionProber prober =
        new RegionProber(probed, http, heartbeat.timer(), Thresholds.PROBE_TIMEOUT);
    FailoverStateMachine machine =
        new FailoverStateMachine(
            settings.policy(),
            pool.roles().size() > 1,
            settings.random(),
            settings.nanoTime().getAsLong());
    GuardedFailover engine =
        new GuardedFailover(pool, machine, settings.nanoTime(), prober, dispatcher);
    // Hand-overs never wait for a thread of the user's: hung attempts may hold all of them.
    RegionRouter router =
        new RegionRouter(
            pool,
            engine,
            settings.policy().hedgeAfter(),
            heartbeat.timer(),
            own,
            settings.maxConcurrentCalls());
    RevocationRelay revocations = new RevocationRelay(heartbeat.timer(), dispatcher);
    RoutedEntry entry = new RoutedEntry(pool, settings.rotation(), engine, router, revocations);
    heartbeat.start(
        () -> {
          engine.tick();
          router.tick();
        });
    return new Parts(
        pool,
        settings.rotation(),
        regions,
        engine,
        syncClient(regions, entry, users == null ? own : users),
        asyncClient(regions, entry),
        () -> {
          // First the calls, so that nobody waits for what follows.
          close(router);
          close(revocations);
          close(heartbeat);
          close(prober);
          own.shutdownNow();
          regions.values().forEach(Assembly::close);
          close(dispatcher);
        });
  }

  /** What one part has to complain of must not keep the others open. */
  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("Closing goes on, although a part of this client could not be closed", e);
    }
  }

  private Map<RegionRole, RegionClient> regions(RegionClientFactory factory) {
    Map<RegionRole, RegionClient> regions = new EnumMap<>(RegionRole.class);
    try {
      for (RegionRole role : pool.roles()) {
        regions.put(role, region(factory, role));
      }
    } catch (RuntimeException e) {
      regions.values().forEach(RegionClient::close);
      throw e;
    }
    return regions;
  }

  private RegionClient region(RegionClientFactory factory, RegionRole role) {
    CognitoIdentityProviderClient ready = settings.readySync().get(role);
    CognitoIdentityProviderAsyncClient readyToo = settings.readyAsync().get(role);
    RegionClient region = ready != null ? factory.ready(role, ready) : factory.make(role);
    return readyToo == null ? region : region.withReadyAsync(readyToo);
  }

  private CognitoIdentityProviderClient syncClient(
      Map<RegionRole, RegionClient> regions, RoutedEntry entry, ExecutorService attempts) {
    CognitoIdentityProviderClient plain = primary(regions).sync();
    return RoutingInvocationHandler.proxy(
        CognitoIdentityProviderClient.class,
        entry,
        new RequestLimits(settings.policy(), plain::serviceClientConfiguration),
        new SyncStyle(regions, attempts, current),
        () -> plain);
  }

  private CognitoIdentityProviderAsyncClient asyncClient(
      Map<RegionRole, RegionClient> regions, RoutedEntry entry) {
    RegionClient primary = primary(regions);
    return RoutingInvocationHandler.proxy(
        CognitoIdentityProviderAsyncClient.class,
        entry,
        new RequestLimits(settings.policy(), () -> primary.async().serviceClientConfiguration()),
        new AsyncStyle(regions, watch),
        primary::async);
  }

  private static RegionClient primary(Map<RegionRole, RegionClient> regions) {
    RegionClient primary = regions.get(RegionRole.PRIMARY);
    if (primary == null) {
      throw new IllegalStateException("no primary");
    }
    return primary;
  }

  private static ExecutorService ownExecutor() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        TwinpoolThreads.factory("twinpool-call"));
  }
}
