package io.github.twinpool.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a validator together.
 *
 * @param builder what the user wants
 * @param loop decides about keys
 * @param transport fetches them
 * @param workers tells listeners; shut down with the transport
 * @param random spreads refreshes
 */
record Assembly(
    TokenValidator.Builder builder,
    RefreshLoop loop,
    HttpTransport transport,
    ExecutorService workers,
    RandomGenerator random) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_JWKS_BYTES = 64 * 1024;
  private static final int IDLE_SECONDS = 10;
  private static final Duration MARGIN = Duration.ofSeconds(1);

  static Assembly production(TokenValidator.Builder builder) {
    ThreadFactory threads = daemons();
    ExecutorService workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
    return new Assembly(
        builder,
        new ThreadLoop(threads, System::nanoTime),
        new JdkHttpTransport(workers, CONNECT_TIMEOUT, MAX_JWKS_BYTES),
        workers,
        new SplittableRandom());
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "twinpool-token-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  TokenValidator build() {
    ValidatorEvents events = new ValidatorEvents(builder.listeners, workers);
    KeyPolicy policy =
        KeyPolicy.of(
            builder.refreshInterval,
            builder.removedKeyGrace,
            builder.outageMaxAge,
            builder.keysTimeout);
    List<PoolKeys> pools = new ArrayList<>();
    Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
    for (PoolOptions<?> options : builder.pools()) {
      PoolKeys keys = keys(options, policy, events);
      pools.add(keys);
      trust(options, keys, issuers);
    }
    pools.forEach(PoolKeys::restore);
    preload(pools);
    TokenCache cache =
        builder.tokenCacheBytes == 0
            ? null
            : new TokenCache(builder.tokenCacheBytes, builder.maxTokenLength);
    SignatureCheck verifier = verifier(issuers);
    return new TokenValidator(
        cache == null ? verifier : new CachingVerifier(verifier, cache, events),
        cache,
        pools,
        events,
        accessTokenRequirements(),
        () -> close(pools));
  }

  private Set<String> accessTokenRequirements() {
    Set<String> all = new LinkedHashSet<>();
    builder.pools().forEach(options -> all.addAll(options.accessTokenRequirements()));
    return all;
  }

  private TokenVerifier verifier(Map<String, TrustedIssuer> issuers) {
    return new TokenVerifier(
        new TokenParser(builder.maxTokenLength),
        issuers,
        new Signatures(builder.correttoCrypto ? CorrettoCrypto.find() : null),
        builder.executor,
        builder.keysTimeout.plus(MARGIN));
  }

  private PoolKeys keys(PoolOptions<?> options, KeyPolicy policy, ValidatorEvents events) {
    List<KeySource> sources = new ArrayList<>();
    options.jwksUris().forEach(uri -> sources.add(new HttpKeySource(uri, transport)));
    options.keyFiles.forEach(f -> sources.add(new FileKeySource(f, workers, MAX_JWKS_BYTES)));
    return new PoolKeys(
        options.pool.id(),
        sources,
        options.staticKeys,
        policy,
        loop,
        random,
        events,
        snapshot(options, events));
  }

  private @Nullable SnapshotKeeper snapshot(PoolOptions<?> options, ValidatorEvents events) {
    if (options.snapshotFile == null) {
      return null;
    }
    return new SnapshotKeeper(
        new OwnedFile(options.snapshotFile, MAX_JWKS_BYTES),
        options.pool.id(),
        options.issuers().keySet(),
        builder.clock,
        workers,
        events);
  }

  private void trust(PoolOptions<?> options, PoolKeys keys, Map<String, TrustedIssuer> issuers) {
    ClaimRules rules =
        new ClaimRules(
            builder.clock,
            builder.clockSkew,
            options.acceptedClients(),
            Set.copyOf(options.scopes),
            Set.copyOf(options.groups),
            options.audience,
            builder.revocations,
            List.copyOf(builder.checks));
    options
        .issuers()
        .forEach(
            (uri, type) ->
                issuers.put(uri, new TrustedIssuer(uri, type, options.pool, keys, rules)));
  }

  private void preload(List<PoolKeys> pools) {
    if (builder.preload == Preload.NONE) {
      return;
    }
    CompletableFuture<Void> loaded =
        CompletableFuture.allOf(
            pools.stream().map(PoolKeys::preload).toArray(CompletableFuture<?>[]::new));
    if (builder.preload == Preload.BLOCKING) {
      try {
        loaded.get(builder.keysTimeout.plus(MARGIN).toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // Not ready yet, which isReady() says; the refresh goes on trying.
      }
    }
  }

  private void close(List<PoolKeys> pools) {
    pools.forEach(PoolKeys::close);
    loop.close();
    transport.close();
    workers.shutdownNow();
  }
}
