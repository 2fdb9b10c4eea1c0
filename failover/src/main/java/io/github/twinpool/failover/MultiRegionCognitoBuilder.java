package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.calls.Assembly;
import io.github.twinpool.failover.internal.calls.ClientSettings;
import io.github.twinpool.failover.internal.regions.RegionClientFactory;
import io.github.twinpool.failover.internal.regions.RequiredLibraries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
  private @Nullable RandomGenerator random;

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
   * interrupted, but its connection cannot be aborted; its own retries are its own; and credentials
   * that it cannot get because of a network failure look like a failure of the Region.
   *
   * @throws IllegalArgumentException if the pool has no Region in this role, or the client was
   *     given an address that is neither {@code https} nor on loopback
   */
  public MultiRegionCognitoBuilder readyClient(
      RegionRole role, CognitoIdentityProviderClient client) {
    requireRole("readyClient", role);
    readySync.put(role, RegionClientFactory.safe("readyClient", client));
    return this;
  }

  /**
   * Uses an async client that is ready made, and that its maker closes.
   *
   * @throws IllegalArgumentException as for {@link #readyClient}
   */
  public MultiRegionCognitoBuilder readyAsyncClient(
      RegionRole role, CognitoIdentityProviderAsyncClient client) {
    requireRole("readyAsyncClient", role);
    readyAsync.put(role, RegionClientFactory.safe("readyAsyncClient", client));
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

  private void requireRole(String field, RegionRole role) {
    if (!pool.roles().contains(role)) {
      throw new IllegalArgumentException(field + " " + role + ": the pool has no such Region");
    }
  }

  MultiRegionCognitoBuilder nanoTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    return this;
  }

  MultiRegionCognitoBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /**
   * The client.
   *
   * @throws io.github.twinpool.IncompatibleLibraryException if the AWS SDK or resilience4j on the
   *     class path lacks what is needed
   */
  public MultiRegionCognito build() {
    RequiredLibraries.check(MultiRegionCognitoBuilder.class.getClassLoader());
    return new MultiRegionCognito(
        new Assembly(
                new ClientSettings(
                    pool,
                    policy,
                    List.copyOf(listeners),
                    sync,
                    async,
                    Map.copyOf(readySync),
                    Map.copyOf(readyAsync),
                    executor,
                    maxConcurrentCalls,
                    rotation,
                    nanoTime,
                    random == null ? RandomGenerator.getDefault() : random))
            .build());
  }
}
