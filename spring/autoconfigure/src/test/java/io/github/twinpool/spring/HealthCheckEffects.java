package io.github.twinpool.spring;

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
        new Row("twinpool.health-check.interval", HealthCheckEffects::interval),
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
      with.watching(
          it -> {
            readTwiceSince(before, route53);
            assertThat(signal(it).healthy()).contains(false);
            Awaitility.await()
                .during(Duration.ofSeconds(1))
                .until(() -> Effects.cognito(it).status().serving() == RegionRole.PRIMARY);
          },
          property(with),
          READ_OFTEN);
      with.watching(
          it ->
              Awaitility.await()
                  .until(() -> Effects.cognito(it).status().serving() == RegionRole.SECONDARY),
          property(with),
          READ_OFTEN,
          "twinpool.health-check.advice=follow");
    } finally {
      route53.healthyCheckers(route53.checkers());
    }
  }

  /** The default's second reading begins 12 s after the first one at the earliest. */
  private static void interval(Effects with) {
    long before = readings(route53(with));
    with.watching(it -> readTwiceSince(before, route53(with)), property(with), READ_OFTEN);
  }

  private static long readings(EmulatedRoute53 route53) {
    return route53.calls("GetHealthCheckStatus");
  }

  private static void readTwiceSince(long before, EmulatedRoute53 route53) {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> readings(route53) >= before + 2);
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
