package io.github.twinpool.operations;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.HealthSignalProblem.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

/**
 * Reads the Route 53 health check that the pool's domain follows and tells the failover, so that
 * SDK calls and the domain move together, as AWS asks: <em>use the same health check</em> (Cognito
 * developer guide, multi-Region replication).
 *
 * <pre>{@code
 * try (Route53HealthSignal signal =
 *     Route53HealthSignal.builder(cognito, healthCheckId).advice(Advice.FOLLOW).start()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Two reads an interval ({@code GetHealthCheck}, which says whether the check is inverted or
 * disabled, and {@code GetHealthCheckStatus}), by one thread of its own, never on a request's way.
 * A check that cannot be read gives no advice: the failover carries on by its own evidence.
 * Thread-safe.
 */
public final class Route53HealthSignal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Route53HealthSignal.class);
  private static final double JITTER = 0.2;

  private final String healthCheckId;
  private final Route53Client client;
  private final Consumer<Boolean> advisor;
  private final Route53HealthSignalListener listener;
  private final Duration interval;
  private final Duration timeout;
  private final ScheduledExecutorService thread;
  private final RandomGenerator random;
  private final Runnable closing;

  private volatile @Nullable HealthReading reading;
  private volatile @Nullable HealthSignalProblem problem;

  Route53HealthSignal(Route53HealthSignalBuilder builder, Consumer<Boolean> advisor) {
    this.advisor = advisor;
    healthCheckId = builder.healthCheckId;
    client = builder.theClient();
    listener = builder.listener;
    interval = builder.interval;
    timeout = builder.timeout;
    thread = builder.thread();
    random = builder.random;
    closing = builder.closing(client, thread);
  }

  /**
   * A builder.
   *
   * @param cognito is told; it stays the caller's to close, after this
   * @param healthCheckId the ID of a health check of an endpoint
   */
  public static Route53HealthSignalBuilder builder(
      MultiRegionCognito cognito, String healthCheckId) {
    return new Route53HealthSignalBuilder(cognito, healthCheckId);
  }

  /** What the check said last: empty before the first reading. */
  public Optional<Boolean> healthy() {
    return Optional.ofNullable(reading).map(HealthReading::healthy);
  }

  /** Why the check cannot be read now: empty if the last reading succeeded. */
  public Optional<HealthSignalProblem> problem() {
    return Optional.ofNullable(problem);
  }

  void begin() {
    thread.execute(this::pollForEver);
  }

  private void pollForEver() {
    try {
      poll();
    } catch (RuntimeException e) { // A listener's, for one: the next poll is to come in any case.
      LOG.warn("Health check {}: a poll failed", healthCheckId, e);
    } finally {
      if (!thread.isShutdown()) {
        thread.schedule(this::pollForEver, jittered().toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private Duration jittered() {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofNanos((long) (interval.toNanos() * factor));
  }

  private void poll() {
    String operation = "GetHealthCheck";
    try {
      HealthCheckConfig config = config();
      operation = "GetHealthCheckStatus";
      boolean disabled = Boolean.TRUE.equals(config.disabled());
      Optional<HealthReading> read =
          HealthReading.of(config, disabled ? List.of() : observations());
      if (read.isPresent()) {
        read(read.get());
      } else {
        unreadable(
            new HealthSignalProblem(
                Kind.NO_OBSERVATIONS, operation, "type " + config.typeAsString()));
      }
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        unreadable(HealthSignalProblems.of(operation, e));
      }
    }
  }

  private HealthCheckConfig config() {
    return client
        .getHealthCheck(
            it ->
                it.healthCheckId(healthCheckId)
                    .overrideConfiguration(o -> o.apiCallTimeout(timeout)))
        .healthCheck()
        .healthCheckConfig();
  }

  private List<HealthCheckObservation> observations() {
    return client
        .getHealthCheckStatus(
            it ->
                it.healthCheckId(healthCheckId)
                    .overrideConfiguration(o -> o.apiCallTimeout(timeout)))
        .healthCheckObservations();
  }

  private void read(HealthReading now) {
    advisor.accept(now.healthy());
    HealthReading before = reading;
    boolean again = problem != null;
    reading = now;
    problem = null;
    if (again) {
      LOG.info("Health check {} can be read again", healthCheckId);
      tell(Route53HealthSignalListener::readable);
    }
    if (before == null || before.healthy() != now.healthy()) {
      LOG.info("Health check {}: {}", healthCheckId, now);
      tell(it -> it.changed(now.healthy()));
    }
  }

  private void unreadable(HealthSignalProblem now) {
    boolean known = now.equals(problem);
    problem = now;
    if (!known) {
      LOG.warn(
          "Health check {} cannot be read, the failover goes on by its own evidence: {}",
          healthCheckId,
          now);
      tell(it -> it.unreadable(now));
    }
  }

  private void tell(Consumer<Route53HealthSignalListener> news) {
    Hearing.tell(() -> news.accept(listener));
  }

  /** Stops reading. Advice that was given ages until it is none. Idempotent. */
  @Override
  public void close() {
    closing.run();
  }

  @Override
  public String toString() {
    return "Route53HealthSignal["
        + healthCheckId
        + ", "
        + healthy().map(it -> it ? "healthy" : "unhealthy").orElse("unread")
        + problem().map(it -> ", " + it).orElse("")
        + "]";
  }
}
