package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Outages come and go; threads, connections and memory stay. Runs with {@code -Pmatrix}. */
@Tag("matrix")
@Isolated("looks at all threads")
class StabilityTest {
  private static final int OUTAGES = 20;
  private static final int CALLS = 10_000;
  private static final int AT_ONCE = 20;

  /** Relapses come one after the other here, and would otherwise double the dwell each time. */
  private static final FailoverPolicy POLICY =
      FailoverPolicy.builder()
          .dwell(Duration.ofSeconds(1))
          .dwellCap(Duration.ofSeconds(1))
          .failbackStep(Duration.ofMillis(300))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();

  private static final List<Outage> KINDS =
      List.of(
          Outage.refused(),
          Outage.hang(),
          Outage.reset(),
          Outage.internalErrors(),
          Outage.blackhole());

  private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** What this process holds while nothing is under way. */
  private record Holdings(Map<String, Long> threads, long sockets, long heapMegabytes) {
    static Holdings now() {
      return new Holdings(threadsByName(), countSockets(), heap());
    }

    /** Those of the library; the emulator's have other names. */
    long ownThreads() {
      return threads.entrySet().stream()
          .filter(it -> it.getKey().matches("twinpool-(call|probe|heartbeat|listener).*"))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    /** The SDK's own: one pool for each async client, shared event loops, connection reapers. */
    long sdkThreads() {
      return threads.entrySet().stream()
          .filter(it -> it.getKey().matches("(sdk|aws-java-sdk|idle-connection).*"))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    @Override
    public String toString() {
      return "%d threads of Twinpool, %d of the SDK, %d in all, %d sockets, %d MB of heap"
          .formatted(
              ownThreads(),
              sdkThreads(),
              threads.values().stream().mapToLong(Long::longValue).sum(),
              sockets,
              heapMegabytes);
    }

    private static Map<String, Long> threadsByName() {
      return Thread.getAllStackTraces().keySet().stream()
          .collect(
              Collectors.groupingBy(
                  it -> it.getName().replaceAll("[0-9]+", "#"),
                  TreeMap::new,
                  Collectors.counting()));
    }

    /** Of both ends: the emulator lives in this process, too. */
    private static long countSockets() {
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return open.filter(Holdings::isSocket).count();
      } catch (IOException e) {
        return -1;
      }
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException gone) {
        return false;
      }
    }

    private static long heap() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
  }

  @Test
  void ten_thousand_calls_through_twenty_outages_leave_nothing_behind() throws Exception {
    long socketsBefore;
    MatrixRow row = MatrixRow.of("stability", 0).policy(POLICY);
    try (MatrixWorld world = new MatrixWorld(row)) {
      // Each kind once: the SDK fills its pools of a fixed size when it first needs them.
      for (Outage kind : KINDS) {
        outage(world, kind, 200);
      }
      calls.set(0);
      Holdings before = idle(world);
      socketsBefore = before.sockets();
      for (int i = 0; i < OUTAGES; i++) {
        outage(world, KINDS.get(i % KINDS.size()), CALLS / OUTAGES);
      }
      Holdings after = idle(world);
      System.out.printf(
          "%d calls, %d failed%nbefore %s%nafter  %s%n", calls.get(), failed.get(), before, after);
      Files.createDirectories(Path.of("target"));
      Files.writeString(
          Path.of("target/stability.md"),
          "%d calls through %d outages, %d failed%n%nbefore: %s%n%nafter: %s%n"
              .formatted(calls.get(), OUTAGES, failed.get(), before, after));
      assertThat(calls.get()).isGreaterThanOrEqualTo(CALLS);
      assertThat(failed).hasValue(0);
      assertThat(after.ownThreads()).isLessThanOrEqualTo(before.ownThreads());
      assertThat(after.sdkThreads()).isLessThanOrEqualTo(before.sdkThreads() + 2);
      // Pools keep what the last calls needed: two ends each, both Regions, both clients.
      assertThat(after.sockets()).isLessThanOrEqualTo(Math.max(before.sockets(), 8L * AT_ONCE));
      // The emulator remembers every sign-in and every request, some hundred bytes each.
      assertThat(after.heapMegabytes()).isLessThanOrEqualTo(before.heapMegabytes() + 24);
    } finally {
      callers.shutdownNow();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Holdings.now().ownThreads()).isZero());
    assertThat(Holdings.now().sockets()).isLessThanOrEqualTo(socketsBefore);
  }

  /** An outage with half of the calls in it, and half while the primary comes back. */
  private void outage(MatrixWorld world, Outage outage, int count) {
    world.primary(outage);
    for (int made = 0; made < count / 2 || mode(world) != FailoverMode.SECONDARY; made += AT_ONCE) {
      batch(world);
    }
    world.emulator().region(RegionRole.PRIMARY).recover();
    for (int made = 0; made < count / 2 || mode(world) != FailoverMode.PRIMARY; made += AT_ONCE) {
      batch(world);
    }
  }

  private static FailoverMode mode(MatrixWorld world) {
    return world.cognito().status().mode();
  }

  private void batch(MatrixWorld world) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String id = "stability-" + calls.incrementAndGet();
      MatrixOperation operation =
          i % 5 == 0 ? MatrixOperation.INITIATE_AUTH : MatrixOperation.GET_USER;
      all.add(
          i % 2 == 0
              ? CompletableFuture.runAsync(() -> operation.sync(world, id), callers)
              : operation.async(world, id));
    }
    for (CompletableFuture<?> call : all) {
      call.handle((value, error) -> error == null ? 0 : failed.incrementAndGet()).join();
    }
  }

  /** Threads that wait for work end after 30 s; then what is left is what is held. */
  private static Holdings idle(MatrixWorld world) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(it -> it.getName().startsWith("twinpool-call")));
    assertThat(world.cognito().status().regions().values())
        .allSatisfy(it -> assertThat(it.callsInFlight()).isZero());
    return Holdings.now();
  }
}
