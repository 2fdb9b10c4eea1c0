package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;

import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.ReplicaStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * The rows of the fault matrix. What is expected of the outcome by counts is asserted; times are
 * reported, since they depend on the machine.
 */
final class MatrixRows {
  private static final double FAULT = 1;
  private static final int SECONDS = 10;

  private MatrixRows() {}

  /** A few seconds each, on a machine that may be busy: part of every build. */
  static List<MatrixRow> shortForm() {
    return List.of(
        MatrixRow.of("refused", 3).at(FAULT, w -> w.primary(Outage.refused())).noneFails(),
        MatrixRow.of("hang", 4)
            .at(FAULT, w -> w.primary(Outage.hang()))
            .noneFails()
            .switches()
            .expect("nobody over 6 s", it -> it.slowestMillis() <= 6_000),
        MatrixRow.of("500", 3).at(FAULT, w -> w.primary(Outage.internalErrors())).noneFails(),
        throttledPrimary(2),
        flakyPrimary(3),
        probeFails(3),
        bothDownThenOneBack(7),
        MatrixRow.of("boot with the primary down", 3)
            .boot(w -> w.primary(Outage.refused()))
            .noneFails(),
        inactive(2));
  }

  /** All of it. */
  static List<MatrixRow> whole() {
    List<MatrixRow> rows = new ArrayList<>();
    rows.add(MatrixRow.of("healthy", SECONDS).noneFails().stays());
    failing(rows);
    slow(rows);
    unreachable(rows);
    partial(rows);
    inTurns(rows);
    booting(rows);
    loads(rows);
    return rows;
  }

  private static void failing(List<MatrixRow> rows) {
    rows.add(
        MatrixRow.of("refused", SECONDS)
            .at(FAULT, w -> w.primary(Outage.refused()))
            .noneFails()
            .switches()
            .expectTime("p99 at most 250 ms", it -> it.percentileMillis(99) <= 250));
    rows.add(
        MatrixRow.of("blackhole", SECONDS)
            .at(FAULT, w -> w.primary(Outage.blackhole()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("hang", SECONDS)
            .at(FAULT, w -> w.primary(Outage.hang()))
            .noneFails()
            .switches()
            .expect("at most 15 over 500 ms", it -> it.over500() <= 15)
            .expectTime("nobody over 1.5 s", it -> it.slowestMillis() <= 1_500));
    rows.add(
        MatrixRow.of("reset", SECONDS)
            .at(FAULT, w -> w.primary(Outage.reset()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("reset after the request was served", SECONDS)
            .at(FAULT, w -> w.primary(Outage.answerReset()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("a proxy's 504", SECONDS)
            .at(FAULT, w -> w.primary(Outage.proxyPage(504)))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("500", SECONDS)
            .at(FAULT, w -> w.primary(Outage.internalErrors()))
            .noneFails()
            .switches()
            .expectTime("p99 at most 250 ms", it -> it.percentileMillis(99) <= 250));
    rows.add(
        MatrixRow.of("503", SECONDS)
            .at(FAULT, w -> w.primary(Outage.serviceUnavailable()))
            .noneFails()
            .switches());
    rows.add(throttledPrimary(SECONDS));
    rows.add(
        MatrixRow.of("throttling at the secondary after the switch", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.internalErrors()))
            .at(6, w -> w.emulator().region(PRIMARY).recover())
            .at(9, w -> w.secondary(Outage.throttling()))
            .switches()
            .expect(
                "0 failed before the throttling",
                it -> it.dueBetween(0, 8.5).stream().noneMatch(MatrixCall::failed))
            .expect(
                "0 failed once the primary is known to be back",
                it -> it.dueBetween(14, 20).stream().noneMatch(MatrixCall::failed)));
  }

  private static MatrixRow throttledPrimary(int seconds) {
    return MatrixRow.of("throttling at the primary", seconds)
        .at(FAULT, w -> w.primary(Outage.throttling()))
        .stays()
        .expect(
            "an answer moves nothing: 0 calls at the secondary", it -> it.servedBySecondary() == 0);
  }

  private static void slow(List<MatrixRow> rows) {
    rows.add(
        MatrixRow.of("latency x 10", SECONDS)
            .at(0, w -> w.emulator().region(PRIMARY).latency(Duration.ofMillis(20)))
            .at(FAULT, w -> w.primary(Outage.latency(Duration.ofMillis(180))))
            .noneFails()
            .stays());
    rows.add(
        MatrixRow.of("latency 4 s", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.latency(Duration.ofSeconds(4))))
            .noneFails()
            .switches());
    rows.add(flakyPrimary(SECONDS));
    rows.add(
        MatrixRow.of("requests 20 s late", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.requestLatency(Duration.ofSeconds(20))))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("30 % packet loss", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.packetLoss(0.3, 42)))
            .noneFails());
    rows.add(
        MatrixRow.of("dripping body", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.drippingBody(Duration.ofMillis(200))))
            .noneFails()
            .switches());
  }

  private static MatrixRow flakyPrimary(int seconds) {
    return MatrixRow.of("10 % errors", seconds)
        .at(FAULT, w -> w.primary(Outage.errorRate(0.1, 42)))
        .noneFails()
        .stays();
  }

  private static void unreachable(List<MatrixRow> rows) {
    rows.add(
        MatrixRow.of("TLS handshake failure", SECONDS)
            .pool(
                (pool, emulator) ->
                    pool.endpoint(
                        PRIMARY,
                        URI.create(
                            emulator
                                .region(PRIMARY)
                                .endpoint()
                                .toString()
                                .replace("http", "https"))))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("unknown host", SECONDS)
            .pool(
                (pool, emulator) ->
                    pool.endpoint(PRIMARY, URI.create("https://cognito-idp.twinpool.invalid")))
            .noneFails()
            .switches());
  }

  private static void partial(List<MatrixRow> rows) {
    rows.add(probeFails(SECONDS));
    rows.add(
        MatrixRow.of("sign-in plane hangs, the probe works", SECONDS)
            .at(FAULT, w -> w.primary(Outage.signInPlaneHang()))
            .noneFails()
            .switches()
            .expectTime("nobody over 4 s", it -> it.slowestMillis() <= 4_000));
  }

  private static MatrixRow probeFails(int seconds) {
    return MatrixRow.of("the probe fails, calls work", seconds)
        .client(
            builder ->
                builder.clients(
                    (role, sdk) -> {
                      if (role == PRIMARY) {
                        sdk.httpClient(new KeylessHttpClient(Apache5HttpClient.create()));
                      }
                    }))
        .noneFails()
        .stays();
  }

  private static void inTurns(List<MatrixRow> rows) {
    MatrixRow flapping = MatrixRow.of("flapping every 5 s", 60);
    for (int second = 1; second < 55; second += 10) {
      flapping
          .at(second, w -> w.primary(Outage.hang()))
          .at(second + 5, w -> w.emulator().region(PRIMARY).recover());
    }
    rows.add(
        flapping.noneFails().switches().expect("at most 2 switches", it -> it.transitions() <= 2));
    rows.add(
        MatrixRow.of("the secondary dies after the switch", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.hang()))
            .at(8, w -> w.secondary(Outage.refused()))
            .at(14, w -> w.emulator().region(PRIMARY).recover())
            .switches()
            .expect(
                "0 failed while a Region is up",
                it ->
                    it.dueBetween(0, 7.5).stream().noneMatch(MatrixCall::failed)
                        && it.dueBetween(16, 20).stream().noneMatch(MatrixCall::failed)));
    rows.add(
        MatrixRow.of("the secondary dies while the primary is back", 2 * SECONDS)
            .at(FAULT, w -> w.primary(Outage.hang()))
            .at(6, w -> w.emulator().region(PRIMARY).recover())
            .at(12, w -> w.secondary(Outage.refused()))
            .noneFails()
            .switches());
    rows.add(bothDownThenOneBack(2 * SECONDS));
    rows.add(
        MatrixRow.of("both hang, then one is back", 2 * SECONDS)
            .at(FAULT, w -> bothWith(w, Outage.hang()))
            .at(12, w -> w.emulator().region(PRIMARY).recover())
            .expect("every call names both attempts, or was refused at once", MatrixRows::bothNamed)
            .expect("0 failed 2 s after", it -> noneFailedFrom(it, 14))
            .expect("nobody waits beyond the deadline", it -> it.hanging() == 0)
            .expectTime("nobody over 12.1 s", it -> it.slowestMillis() <= 12_100));
  }

  private static MatrixRow bothDownThenOneBack(int seconds) {
    int back = seconds - 4;
    return MatrixRow.of("both down, then one back", seconds)
        .at(FAULT, w -> bothWith(w, Outage.refused()))
        .at(back, w -> w.emulator().region(PRIMARY).recover())
        .expect("calls fail while both are down", it -> it.failed() > 0)
        .expect("every call names both attempts", MatrixRows::bothNamed)
        .expect("0 failed 2 s after one is back", it -> noneFailedFrom(it, back + 2));
  }

  private static void bothWith(MatrixWorld world, Outage outage) {
    world.primary(outage);
    world.secondary(outage);
  }

  private static boolean bothNamed(MatrixResult result) {
    return result.all().stream()
        .filter(it -> it.movable() && it.failed())
        .allMatch(MatrixCall::namesBothOrWasRefused);
  }

  private static boolean noneFailedFrom(MatrixResult result, double second) {
    return result.dueBetween(second, Double.MAX_VALUE).stream().noneMatch(MatrixCall::failed);
  }

  private static void booting(List<MatrixRow> rows) {
    rows.add(
        MatrixRow.of("boot with the primary down", SECONDS)
            .boot(w -> w.primary(Outage.refused()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("boot with the primary hanging", SECONDS)
            .boot(w -> w.primary(Outage.hang()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("boot with the secondary down", SECONDS)
            .boot(w -> w.secondary(Outage.refused()))
            .noneFails()
            .stays());
    rows.add(
        MatrixRow.of("boot with both down, the primary back after 5 s", SECONDS)
            .boot(w -> bothWith(w, Outage.refused()))
            .at(5, w -> w.emulator().region(PRIMARY).recover())
            .expect("every call names both attempts", MatrixRows::bothNamed)
            .expect("0 failed 2 s after", it -> noneFailedFrom(it, 7)));
    rows.add(inactive(SECONDS));
  }

  private static MatrixRow inactive(int seconds) {
    return MatrixRow.of("secondary INACTIVE, primary refused", seconds)
        .emulator(builder -> builder.replicaStatus(ReplicaStatus.INACTIVE))
        .at(FAULT, w -> w.primary(Outage.refused()))
        .stays()
        .expect(
            "0 failed before the outage",
            it -> it.dueBetween(0, FAULT - 0.2).stream().noneMatch(MatrixCall::failed));
  }

  private static void loads(List<MatrixRow> rows) {
    rows.add(
        MatrixRow.of("500 threads at once, primary hangs", SECONDS)
            .burst(500)
            .at(FAULT, w -> w.primary(Outage.hang()))
            .noneFails()
            .switches());
    rows.add(
        MatrixRow.of("1 call a second, blackhole", 2 * SECONDS)
            .callsPerSecond(1)
            .at(FAULT, w -> w.primary(Outage.blackhole()))
            .noneFails()
            .switches()
            .expectTime(
                "switched within 4 s", it -> it.switchMillis() >= 0 && it.switchMillis() <= 4_000));
    rows.add(
        MatrixRow.of("hang, GetUser hedged at 400 ms", SECONDS)
            .policy(FailoverPolicy.builder().hedgeAfter(Duration.ofMillis(400)).build())
            .at(FAULT, w -> w.primary(Outage.hang()))
            .noneFails()
            .switches()
            .expectTime(
                "no GetUser over 700 ms",
                it -> it.slowest(call -> call.operation() == MatrixOperation.GET_USER) <= 700));
  }
}
