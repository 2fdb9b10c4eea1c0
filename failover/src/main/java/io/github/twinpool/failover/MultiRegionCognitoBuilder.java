package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/**
 * Builds a {@link MultiRegionCognito}. Building does no I/O and succeeds while Regions are down.
 */
public final class MultiRegionCognitoBuilder {
  private static final int MAX_CONCURRENT_CALLS = 1_000;

  private final UserPool pool;
  private final List<FailoverListener> listeners = new ArrayList<>();
  private FailoverPolicy policy = FailoverPolicy.defaults();
  private BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync = (role, builder) -> {};
  private BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async =
      (role, builder) -> {};
  private final Map<RegionRole, CognitoIdentityProviderClient> readySync =
      new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, CognitoIdentityProviderAsyncClient> readyAsync =
      new EnumMap<>(RegionRole.class);
  private @Nullable ExecutorService executor;
  private int maxConcurrentCalls = MAX_CONCURRENT_CALLS;
  private Predicate<String> rotation = clientId -> false;
  private LongSupplier nanoTime = System::nanoTime;
  private RandomGenerator random = RandomGenerator.getDefault();

  MultiRegionCognitoBuilder(UserPool pool) {
    this.pool = pool;
  }

  /** When to leave a Region and when to come back. Default: {@link FailoverPolicy#defaults()}. */
  public MultiRegionCognitoBuilder policy(FailoverPolicy policy) {
    this.policy = policy;
    return this;
  }

  /** Adds a listener. */
  public MultiRegionCognitoBuilder listener(FailoverListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Changes each Region's SDK client: credentials, HTTP client, interceptors. Region and endpoint
   * stay the pool's. Without a retry strategy of yours, a Region's client retries throttling, clock
   * skew and one reset only, so that a failing Region is left at once.
   */
  public MultiRegionCognitoBuilder clients(Consumer<CognitoIdentityProviderClientBuilder> changes) {
    return clients((role, builder) -> changes.accept(builder));
  }

  /** The same, with the role of the Region whose client it is. */
  public MultiRegionCognitoBuilder clients(
      BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> changes) {
    sync = sync.andThen(changes);
    return this;
  }

  /** Changes each Region's async SDK client, which is made when the async client is first used. */
  public MultiRegionCognitoBuilder asyncClients(
      Consumer<CognitoIdentityProviderAsyncClientBuilder> changes) {
    return asyncClients((role, builder) -> changes.accept(builder));
  }

  /** The same, with the role of the Region whose client it is. */
  public MultiRegionCognitoBuilder asyncClients(
      BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> changes) {
    async = async.andThen(changes);
    return this;
  }

  /**
   * Uses a client that is ready made, and that its maker closes. An attempt on it that hangs is
   * interrupted, but its connection cannot be aborted; and its own retries are its own.
   */
  public MultiRegionCognitoBuilder readyClient(
      RegionRole role, CognitoIdentityProviderClient client) {
    readySync.put(role, client);
    return this;
  }

  /** Uses an async client that is ready made, and that its maker closes. */
  public MultiRegionCognitoBuilder readyAsyncClient(
      RegionRole role, CognitoIdentityProviderAsyncClient client) {
    readyAsync.put(role, client);
    return this;
  }

  /**
   * Where blocking attempts run; it must be able to run twice as many tasks at once as there are
   * calls, and its maker shuts it down. Default: daemon threads, as many as there are calls.
   */
  public MultiRegionCognitoBuilder executor(ExecutorService executor) {
    this.executor = executor;
    return this;
  }

  /**
   * How many calls may be in flight; one more fails at once. Default: {@value
   * #MAX_CONCURRENT_CALLS}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public MultiRegionCognitoBuilder maxConcurrentCalls(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("maxConcurrentCalls " + calls + ": wants at least 1");
    }
    maxConcurrentCalls = calls;
    return this;
  }

  /**
   * Says that refresh tokens rotate, for all app clients. A rotating token is used up by its first
   * use: its refresh moves to the other Region only if it was not sent. Default: false.
   */
  public MultiRegionCognitoBuilder refreshRotation(boolean rotates) {
    rotation = clientId -> rotates;
    return this;
  }

  /** The same for these app clients only. */
  public MultiRegionCognitoBuilder refreshRotation(String... clientIds) {
    rotation = Set.of(clientIds)::contains;
    return this;
  }

  MultiRegionCognitoBuilder nanoTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    return this;
  }

  MultiRegionCognitoBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /** The client. */
  public MultiRegionCognito build() {
    CurrentAttempt current = new CurrentAttempt();
    Map<RegionRole, RegionClient> regions = regions(current);
    ExecutorService attempts = executor == null ? ownExecutor() : executor;
    ListenerDispatcher dispatcher = new ListenerDispatcher(listeners);
    Heartbeat heartbeat = new Heartbeat();
    Map<RegionRole, SdkHttpClient> http = new EnumMap<>(RegionRole.class);
    regions.forEach((role, region) -> http.put(role, region.http()));
    RegionProber prober = new RegionProber(pool, http, heartbeat.timer());
    FailoverStateMachine machine =
        new FailoverStateMachine(policy, pool.roles().size() > 1, random, nanoTime.getAsLong());
    FailoverEngine engine = new FailoverEngine(pool, machine, nanoTime, prober, dispatcher);
    RegionRouter router =
        new RegionRouter(
            pool, engine, policy.hedgeAfter(), heartbeat.timer(), attempts, maxConcurrentCalls);
    RoutedEntry entry =
        new RoutedEntry(
            pool, rotation, engine, router, new RevocationRelay(heartbeat.timer(), dispatcher));
    heartbeat.start(
        () -> {
          engine.tick();
          router.tick();
        });
    return new MultiRegionCognito(
        new MultiRegionCognito.Parts(
            regions,
            engine,
            syncClient(regions, entry, attempts, current),
            asyncClient(regions, entry),
            () -> {
              router.close();
              heartbeat.close();
              prober.close();
              if (executor == null) {
                attempts.shutdownNow();
              }
              regions.values().forEach(RegionClient::close);
              dispatcher.close();
            }));
  }

  private Map<RegionRole, RegionClient> regions(CurrentAttempt current) {
    RegionClientFactory factory = new RegionClientFactory(pool, current, sync, async);
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
    CognitoIdentityProviderClient ready = readySync.get(role);
    CognitoIdentityProviderAsyncClient readyToo = readyAsync.get(role);
    RegionClient region =
        ready != null ? factory.ready(ready, () -> factory.makeAsync(role)) : factory.make(role);
    return readyToo == null ? region : region.withReadyAsync(readyToo);
  }

  private CognitoIdentityProviderClient syncClient(
      Map<RegionRole, RegionClient> regions,
      RoutedEntry entry,
      ExecutorService attempts,
      CurrentAttempt current) {
    CognitoIdentityProviderClient plain = primary(regions).sync();
    return RoutingInvocationHandler.proxy(
        CognitoIdentityProviderClient.class,
        entry,
        new RequestLimits(policy, plain::serviceClientConfiguration),
        new SyncStyle(regions, attempts, current),
        () -> plain);
  }

  private CognitoIdentityProviderAsyncClient asyncClient(
      Map<RegionRole, RegionClient> regions, RoutedEntry entry) {
    RegionClient primary = primary(regions);
    return RoutingInvocationHandler.proxy(
        CognitoIdentityProviderAsyncClient.class,
        entry,
        new RequestLimits(policy, () -> primary.async().serviceClientConfiguration()),
        new AsyncStyle(regions),
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
        Threads.daemons("twinpool-call"));
  }
}
