package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.internal.concurrent.BoundedThreads;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a validator together.
 *
 * @param builder what the user wants
 * @param loop decides about keys
 * @param transport fetches them
 * @param workers tells listeners, reads and writes files, and runs the transport's tasks
 * @param random spreads refreshes
 */
record Assembly(
    TokenValidator.Builder builder,
    RefreshLoop loop,
    HttpTransport transport,
    ExecutorService workers,
    RandomGenerator random) {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final int MAX_JWKS_BYTES = 64 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** What hangs, a look-up in DNS or a disk, has a thread until it ends. */
  static final int MAX_WORKERS = 64;

  private static final Duration MARGIN = Duration.ofSeconds(1);

  static Assembly production(TokenValidator.Builder builder) {
    ThreadFactory threads = TwinpoolThreads.factory("twinpool-token");
    ExecutorService workers = BoundedThreads.executor(MAX_WORKERS, IDLE, threads);
    return new Assembly(
        builder,
        new ThreadLoop(threads, System::nanoTime),
        transport(builder, workers),
        workers,
        new SplittableRandom());
  }

  private static HttpTransport transport(TokenValidator.Builder builder, Executor workers) {
    return builder.httpClient == null
        ? JdkHttpTransport.own(workers, connectTimeout(builder.keysTimeout), MAX_JWKS_BYTES)
        : JdkHttpTransport.with(builder.httpClient, MAX_JWKS_BYTES);
  }

  /** Who waits longer for keys lets connections take longer, too. */
  private static Duration connectTimeout(Duration keysTimeout) {
    Duration half = keysTimeout.dividedBy(2);
    return half.compareTo(CONNECT_TIMEOUT) > 0 ? half : CONNECT_TIMEOUT;
  }

  TokenValidator build() {
    ValidatorEvents events = new ValidatorEvents(builder.listeners, workers, loop::nanoTime);
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
    ExecutorService completions = completions();
    SignatureCheck verifier =
        verifier(issuers, builder.executor == null ? orHere(completions) : builder.executor);
    return new TokenValidator(
        cache == null ? verifier : new CachingVerifier(verifier, cache),
        cache,
        pools,
        events,
        accessTokenRequirements(),
        () -> {
          close(pools);
          completions.shutdown();
        });
  }

  /** Callers of a closed validator must hear of it, too. */
  private static Executor orHere(Executor executor) {
    return task -> {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException closed) {
        task.run();
      }
    };
  }

  private Set<String> accessTokenRequirements() {
    Set<String> all = new LinkedHashSet<>();
    builder.pools().forEach(options -> all.addAll(options.accessTokenRequirements()));
    return all;
  }

  /** For what is left to do once a key is here: a signature's check, and what callers chain. */
  private static ExecutorService completions() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return BoundedThreads.executor(threads, IDLE, TwinpoolThreads.factory("twinpool-token"));
  }

  private TokenVerifier verifier(Map<String, TrustedIssuer> issuers, Executor executor) {
    return new TokenVerifier(
        new TokenParser(builder.maxTokenLength),
        issuers,
        new Signatures(builder.correttoCrypto ? CorrettoCrypto.find() : null),
        executor,
        builder.keysTimeout.plus(MARGIN));
  }

  private PoolKeys keys(PoolOptions<?> options, KeyPolicy policy, ValidatorEvents events) {
    List<KeySource> sources = new ArrayList<>();
    URI updated = options.pool.jwksUri(IssuerType.UPDATED);
    options
        .jwksUris()
        .forEach(uri -> sources.add(new HttpKeySource(uri, transport, uri.equals(updated))));
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
                issuers.put(
                    uri, new TrustedIssuer(new Origin(options.pool, uri, type), keys, rules)));
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
        // Not ready by then is what isReady() says; the refresh goes on trying.
        loop.await(loaded, builder.keysTimeout.plus(MARGIN));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
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
