package io.github.twinpool.spring;

import static io.github.twinpool.spring.Effects.client;
import static io.github.twinpool.spring.Effects.cognito;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.spring.Effects.Row;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/** What the properties of the failover do. */
final class FailoverEffects {
  private FailoverEffects() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "twinpool.failover.enabled",
            with ->
                with.run(
                    it -> assertThat(it).doesNotHaveBean(MultiRegionCognito.class),
                    "twinpool.failover.enabled=false")),
        new Row("twinpool.failover.attempt-timeout", FailoverEffects::attemptTimeout),
        new Row("twinpool.failover.call-deadline", FailoverEffects::callDeadline),
        new Row(
            "twinpool.failover.dwell",
            with -> comesBack(with, FailoverMode.FAILBACK, "twinpool.failover.dwell=200ms")),
        new Row(
            "twinpool.failover.failback-step",
            with ->
                comesBack(
                    with,
                    FailoverMode.PRIMARY,
                    "twinpool.failover.dwell=200ms",
                    "twinpool.failover.failback-step=100ms")),
        new Row(
            "twinpool.failover.dwell-cap",
            with -> {
              with.refuses("twinpool.failover.dwell", "twinpool.failover.dwell=20m");
              with.run(it -> {}, "twinpool.failover.dwell=20m", "twinpool.failover.dwell-cap=30m");
            }),
        new Row("twinpool.failover.probe-interval", FailoverEffects::probeInterval),
        new Row("twinpool.failover.suspect-probe-interval", FailoverEffects::suspectProbeInterval),
        new Row("twinpool.failover.hedge-after", FailoverEffects::hedgeAfter),
        new Row("twinpool.failover.observe-only", FailoverEffects::observeOnly),
        new Row("twinpool.failover.max-concurrent-calls", FailoverEffects::maxConcurrentCalls),
        new Row("twinpool.failover.max-override", FailoverEffects::maxOverride),
        new Row("twinpool.failover.override-endpoint", FailoverEffects::overrideEndpoint),
        new Row(
            "twinpool.failover.refresh-rotation",
            with -> {
              assertThat(refreshMoves(with, "twinpool.failover.refresh-rotation=false")).isTrue();
              assertThat(refreshMoves(with, "twinpool.failover.refresh-rotation=true")).isFalse();
            }),
        new Row(
            "twinpool.failover.rotating-client-ids",
            with -> {
              String property = "twinpool.failover.rotating-client-ids=";
              String client = with.pool().emulator().clientId();
              assertThat(refreshMoves(with, property + "one,two")).isTrue();
              assertThat(refreshMoves(with, property + "one," + client)).isFalse();
            }));
  }

  private static EmulatedRegion region(Effects with, RegionRole role) {
    return with.pool().emulator().region(role);
  }

  private static void during(Effects with, Outage outage, Runnable test) {
    region(with, RegionRole.PRIMARY).outage(outage);
    try {
      test.run();
    } finally {
      region(with, RegionRole.PRIMARY).recover();
    }
  }

  /** One attempt at each Region. */
  private static void attemptTimeout(Effects with) {
    with.pool().outage(Outage.hang());
    try {
      with.run(
          it ->
              Effects.assertSooner(
                  Duration.ofSeconds(5),
                  () ->
                      assertThatExceptionOfType(SdkException.class)
                          .isThrownBy(() -> client(it).initiateAuth(with.pool().signIn()))),
          "twinpool.failover.attempt-timeout=200ms");
    } finally {
      with.pool().outage(Outage.none());
    }
  }

  /** A call that only the primary serves is never given up before. */
  private static void callDeadline(Effects with) {
    during(
        with,
        Outage.hang(),
        () ->
            with.run(
                it ->
                    Effects.assertSooner(
                        Duration.ofSeconds(10),
                        () ->
                            assertThatExceptionOfType(SdkException.class)
                                .isThrownBy(() -> signUp(client(it), with))),
                "twinpool.failover.attempt-timeout=500ms",
                "twinpool.failover.call-deadline=500ms"));
  }

  private static void signUp(CognitoIdentityProviderClient client, Effects with) {
    client.signUp(
        it ->
            it.clientId(with.pool().emulator().clientId())
                .username("grace")
                .password("Correct-Horse-7"));
  }

  /** By default the dwell is a minute and each of four steps a quarter of one. */
  private static void comesBack(Effects with, FailoverMode to, String... properties) {
    String[] all =
        Stream.concat(
                Stream.of(properties),
                Stream.of(
                    "twinpool.failover.probe-interval=200ms",
                    "twinpool.failover.suspect-probe-interval=100ms"))
            .toArray(String[]::new);
    with.run(
        it -> {
          during(
              with,
              Outage.refused(),
              () -> signInUntil(it, with, FailoverMode.SECONDARY, Duration.ofSeconds(30)));
          signInUntil(it, with, to, Duration.ofSeconds(40));
        },
        all);
  }

  private static void signInUntil(
      AssertableApplicationContext context, Effects with, FailoverMode mode, Duration atMost) {
    Awaitility.await()
        .atMost(atMost)
        .until(
            () -> {
              client(context).initiateAuth(with.pool().signIn());
              return cognito(context).status().mode() == mode;
            });
  }

  private static void probeInterval(Effects with) {
    AtomicInteger probes = new AtomicInteger();
    with.run(
        it -> {
          cognito(it); // By default, 10 probes take 20 s at least.
          Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> probes.get() >= 10);
        },
        new CountedProbes(probes),
        "twinpool.failover.probe-interval=50ms",
        "twinpool.failover.suspect-probe-interval=50ms");
  }

  private static void suspectProbeInterval(Effects with) {
    AtomicInteger probes = new AtomicInteger();
    during(
        with,
        Outage.refused(),
        () ->
            with.run(
                it -> {
                  client(it).initiateAuth(with.pool().signIn()); // By default there are 20 in 10 s.
                  Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> probes.get() >= 40);
                },
                new CountedProbes(probes),
                "twinpool.failover.suspect-probe-interval=20ms"));
  }

  record CountedProbes(AtomicInteger count) implements FailoverListener {
    @Override
    public void onProbe(ProbeReport report) {
      if (report.role() == RegionRole.PRIMARY) {
        count.incrementAndGet();
      }
    }
  }

  private static void hedgeAfter(Effects with) {
    String token = with.pool().tokens().accessToken();
    long before = region(with, RegionRole.SECONDARY).calls("GetUser");
    during(
        with,
        Outage.latency(Duration.ofSeconds(4)),
        () ->
            with.run(
                it ->
                    Effects.assertSooner(
                        Duration.ofSeconds(4), () -> client(it).getUser(u -> u.accessToken(token))),
                "twinpool.failover.hedge-after=50ms"));
    assertThat(region(with, RegionRole.SECONDARY).calls("GetUser")).isGreaterThan(before);
  }

  private static void observeOnly(Effects with) {
    long before = region(with, RegionRole.SECONDARY).calls("InitiateAuth");
    during(
        with,
        Outage.refused(),
        () ->
            with.run(
                it ->
                    assertThatExceptionOfType(SdkException.class)
                        .isThrownBy(() -> client(it).initiateAuth(with.pool().signIn())),
                "twinpool.failover.observe-only=true"));
    assertThat(region(with, RegionRole.SECONDARY).calls("InitiateAuth")).isEqualTo(before);
  }

  private static void maxConcurrentCalls(Effects with) {
    during(
        with,
        Outage.hang(),
        () ->
            with.run(
                it -> {
                  CompletableFuture<Void> first =
                      CompletableFuture.runAsync(() -> signUp(client(it), with));
                  Awaitility.await()
                      .until(
                          () ->
                              cognito(it).status().regions().get(RegionRole.PRIMARY).callsInFlight()
                                  == 1);
                  assertThatExceptionOfType(SdkClientException.class)
                      .isThrownBy(() -> client(it).initiateAuth(with.pool().signIn()));
                  assertThat(first).isNotDone();
                },
                "twinpool.failover.max-concurrent-calls=1"));
  }

  private static void maxOverride(Effects with) {
    Duration twoHours = Duration.ofHours(2);
    with.run(
        it ->
            assertThatIllegalArgumentException()
                .isThrownBy(
                    () ->
                        it.getBean(FailoverView.class)
                            .override(RegionRole.SECONDARY, twoHours, false))
                .withMessageContaining("max-override"),
        "twinpool.failover.override-endpoint=true");
    with.run(
        it -> {
          it.getBean(FailoverView.class).override(RegionRole.SECONDARY, twoHours, false);
          assertThat(cognito(it).status().mode()).isEqualTo(FailoverMode.OVERRIDE);
        },
        "twinpool.failover.override-endpoint=true",
        "twinpool.failover.max-override=3h");
  }

  private static void overrideEndpoint(Effects with) {
    with.run(
        it -> {
          FailoverView view = it.getBean(FailoverView.class);
          assertThatIllegalStateException()
              .isThrownBy(() -> view.override(RegionRole.SECONDARY, Duration.ofMinutes(1), false));
          cognito(it).override(RegionRole.SECONDARY, Duration.ofMinutes(1));
          assertThatIllegalStateException().isThrownBy(view::endOverride);
          assertThat(cognito(it).status().mode()).isEqualTo(FailoverMode.OVERRIDE);
        });
    with.run(
        it -> it.getBean(FailoverView.class).endOverride(),
        "twinpool.failover.override-endpoint=true");
  }

  /** A rotating token is used up by its first use, and a 500 does not say whether it was used. */
  private static boolean refreshMoves(Effects with, String property) {
    String refreshToken = with.pool().tokens().refreshToken();
    EmulatedRegion secondary = region(with, RegionRole.SECONDARY);
    long before = secondary.calls("InitiateAuth");
    during(
        with,
        Outage.internalErrors(),
        () ->
            with.run(
                it -> {
                  try {
                    client(it)
                        .initiateAuth(
                            request ->
                                request
                                    .clientId(with.pool().emulator().clientId())
                                    .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                                    .authParameters(Map.of("REFRESH_TOKEN", refreshToken)));
                  } catch (SdkException e) {
                    assertThat(secondary.calls("InitiateAuth")).isEqualTo(before);
                  }
                },
                property));
    return secondary.calls("InitiateAuth") > before;
  }
}
