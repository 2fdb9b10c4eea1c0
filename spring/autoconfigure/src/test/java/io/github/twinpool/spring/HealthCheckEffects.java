package io.github.twinpool.spring;

import static io.github.twinpool.spring.Effects.cognito;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatedRoute53;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.operations.Route53HealthSignal;
import io.github.twinpool.spring.Effects.Row;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** What the properties of the health check do. */
final class HealthCheckEffects {
  private static final String READ_OFTEN = "twinpool.health-check.interval=5s";

  private HealthCheckEffects() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "twinpool.health-check.enabled",
            with ->
                with.watching(
                    it -> assertThat(it).doesNotHaveBean(Route53HealthSignal.class),
                    property(with),
                    "twinpool.health-check.enabled=false")),
        new Row("twinpool.health-check.id", HealthCheckEffects::id),
        new Row("twinpool.health-check.advice", HealthCheckEffects::advice),
        new Row(
            "twinpool.health-check.interval", // Its effect is seen in the row before.
            with ->
                with.refuses(
                    "twinpool.health-check.interval",
                    property(with),
                    "twinpool.health-check.interval=21s")),
        new Row("twinpool.health-check.timeout", HealthCheckEffects::timeout));
  }

  private static EmulatedRoute53 route53(Effects with) {
    return with.pool().emulator().route53();
  }

  private static String property(Effects with) {
    return "twinpool.health-check.id=" + route53(with).healthCheckId();
  }

  private static Route53HealthSignal signal(AssertableApplicationContext context) {
    return context.getBean(Route53HealthSignal.class);
  }

  private static void id(Effects with) {
    with.watching(it -> assertThat(it).doesNotHaveBean(Route53HealthSignal.class));
    with.watching(
        it -> Awaitility.await().until(() -> signal(it).healthy().equals(Optional.of(true))),
        property(with));
  }

  /** By default it is worth one failed probe, which moves nothing. */
  private static void advice(Effects with) {
    EmulatedRoute53 route53 = route53(with);
    long before = readings(route53);
    route53.healthyCheckers(0);
    try {
      // Both at once: what costs time is the interval between two readings.
      with.watching(
          biased ->
              with.watching(
                  following -> {
                    Awaitility.await()
                        .until(() -> cognito(following).status().serving() == RegionRole.SECONDARY);
                    // By default 12 s at least are between two readings.
                    Awaitility.await().until(() -> readings(route53) >= before + 4);
                    assertThat(signal(biased).healthy()).contains(false);
                    Awaitility.await()
                        .during(Duration.ofSeconds(1))
                        .until(() -> cognito(biased).status().serving() == RegionRole.PRIMARY);
                  },
                  property(with),
                  READ_OFTEN,
                  "twinpool.health-check.advice=follow"),
          property(with),
          READ_OFTEN);
    } finally {
      route53.healthyCheckers(route53.checkers());
    }
  }

  private static long readings(EmulatedRoute53 route53) {
    return route53.calls("GetHealthCheckStatus");
  }

  private static void timeout(Effects with) {
    EmulatedRoute53 route53 = route53(with);
    route53.outage(Outage.hang());
    try {
      with.watching(
          it ->
              Effects.assertSooner(
                  Duration.ofSeconds(2),
                  () -> Awaitility.await().until(() -> signal(it).problem().isPresent())),
          property(with),
          "twinpool.health-check.timeout=200ms");
    } finally {
      route53.outage(Outage.none());
    }
  }
}
