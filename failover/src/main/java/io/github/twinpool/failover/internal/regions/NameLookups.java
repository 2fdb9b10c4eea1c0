package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names on threads of its own: a look-up cannot be aborted, and one that hangs must not
 * hold a caller. Where one fails or takes long, the addresses of the last hour are used. One
 * look-up per host at a time. Thread-safe.
 */
public final class NameLookups implements DnsResolver, AutoCloseable {
  /** Asks the name service. */
  public interface Source {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  private static final Duration LONGEST = Duration.ofMillis(500);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int THREADS = 8;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private record Known(List<InetAddress> addresses, long since) {}

  private record Running(CompletableFuture<InetAddress[]> result, long since) {}

  private final Source source;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /**
   * @param source asks the name service
   */
  public NameLookups(Source source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.threads =
        new ThreadPoolExecutor(
            0,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            TwinpoolThreads.factory("twinpool-dns"));
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (ADDRESS.matcher(host).matches()) {
      return InetAddress.getAllByName(host);
    }
    try {
      Running look = running.computeIfAbsent(host, this::begin);
      // One that hangs has cost one caller the time; it does not cost the next one as much.
      long left = LONGEST.toNanos() - (nanoTime.getAsLong() - look.since());
      return look.result().get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      return lastKnown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private Running begin(String host) {
    CompletableFuture<InetAddress[]> result = new CompletableFuture<>();
    Running look = new Running(result, nanoTime.getAsLong());
    threads.execute(
        () -> {
          try {
            InetAddress[] addresses = source.addressesOf(host);
            known.put(host, new Known(List.of(addresses), nanoTime.getAsLong()));
            running.remove(host);
            result.complete(addresses);
          } catch (Throwable e) { // Whatever it is, callers wait for it.
            running.remove(host);
            result.completeExceptionally(e);
          }
        });
    return look;
  }

  boolean isLookingUp(String host) {
    return running.containsKey(host);
  }

  private InetAddress[] lastKnown(String host, Exception why) throws UnknownHostException {
    Known last = known.get(host);
    if (last == null || nanoTime.getAsLong() - last.since() > KEPT.toNanos()) {
      throw unknown(host, why);
    }
    return last.addresses().toArray(InetAddress[]::new);
  }

  private static UnknownHostException unknown(String host, @Nullable Throwable why) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(why instanceof ExecutionException ? why.getCause() : why);
    return unknown;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
