package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.internal.concurrent.BoundedThreads;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the OAuth 2.0 clients of this module need of a pool's domain and of time.
 *
 * @param serving the Region that serves now, as the failover sees it
 * @param httpClient the application's own, or null
 * @param requestTimeout for the whole of one host's answer, or null for the default
 */
record DomainOptions(
    UserPool pool,
    Supplier<RegionRole> serving,
    @Nullable HttpClient httpClient,
    @Nullable Duration requestTimeout,
    InstantSource clock,
    LongSupplier nanoTime,
    DomainHttp.TimeLimit timeLimit) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(5_500);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

  private static final int MAX_THREADS = 64;
  private static final Duration IDLE = Duration.ofSeconds(10);

  DomainOptions {
    if (pool.domain(RegionRole.PRIMARY).isEmpty()) {
      throw new IllegalArgumentException("userPool: " + pool + " has no domain");
    }
  }

  /** The JDK's own choice is a thread for each task. */
  private static Executor threads() {
    return BoundedThreads.executor(MAX_THREADS, IDLE, TwinpoolThreads.factory("twinpool-domain"));
  }

  static Duration checkedTimeout(Duration timeout) {
    return Checks.within("requestTimeout", timeout, LONGEST_TIMEOUT, "60 seconds");
  }

  /** New ones at each call, which their user closes. */
  DomainCalls newCalls() {
    // Not those that the application's stages may block.
    DomainClient http =
        httpClient == null
            ? DomainClient.own(threads(), nanoTime)
            : DomainClient.given(httpClient, nanoTime);
    Duration timeout = requestTimeout == null ? DEFAULT_TIMEOUT : requestTimeout;
    return new DomainCalls(
        new Domain(pool, serving, nanoTime),
        new DomainHttp(http, threads(), timeout, timeLimit),
        nanoTime);
  }
}
