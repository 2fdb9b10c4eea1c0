package io.github.twinpool.operations;

import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/** Starts a {@link Route53HealthSignal}. Not thread-safe. */
public final class Route53HealthSignalBuilder {
  private static final int INTERVAL_SECONDS = 15;
  private static final int TIMEOUT_SECONDS = 3;
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(20);

  private final MultiRegionCognito cognito;
  final String healthCheckId;
  private Advice advice = Advice.BIAS;
  private @Nullable Route53Client client;
  Route53HealthSignalListener listener = new Route53HealthSignalListener() {};
  Duration interval = Duration.ofSeconds(INTERVAL_SECONDS);
  Duration timeout = Duration.ofSeconds(TIMEOUT_SECONDS);
  final RandomGenerator random = new SecureRandom();
  private @Nullable ScheduledExecutorService thread;

  Route53HealthSignalBuilder(MultiRegionCognito cognito, String healthCheckId) {
    this.cognito = Objects.requireNonNull(cognito, "cognito");
    this.healthCheckId = HealthCheckTask.requireId("healthCheckId", healthCheckId);
  }

  /**
   * How much the check decides. Default: {@link Advice#BIAS}. With {@link Advice#FOLLOW} two
   * unhealthy reports in a row move the calls, so that a fleet moves with its domain.
   */
  public Route53HealthSignalBuilder advice(Advice how) {
    advice = Objects.requireNonNull(how, "advice");
    return this;
  }

  /**
   * How often the check is read, ± 20 %. Default: {@value #INTERVAL_SECONDS} s. Route 53 allows an
   * account five calls a second, and each process makes two an interval: at the default that is
   * enough for some 37 processes.
   *
   * @throws IllegalArgumentException if it is not 5 to 20 s: advice older than 60 s is none, and
   *     two readings must fit
   */
  public Route53HealthSignalBuilder interval(Duration every) {
    if (every.compareTo(SHORTEST_INTERVAL) < 0 || every.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException("interval " + every + ": wants 5 to 20 seconds");
    }
    interval = every;
    return this;
  }

  /** For tests, which have no time. */
  Route53HealthSignalBuilder quickly(Duration every) {
    interval = every;
    return this;
  }

  /** For tests, which let the time pass by themselves. */
  Route53HealthSignalBuilder thread(ScheduledExecutorService own) {
    thread = own;
    return this;
  }

  /**
   * How long one call to Route 53 may take. Default: {@value #TIMEOUT_SECONDS} s.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 10 s
   */
  public Route53HealthSignalBuilder timeout(Duration limit) {
    timeout = Bounds.time("timeout", limit, Duration.ofSeconds(10));
    return this;
  }

  /**
   * A client of Route 53 with credentials of your own; it stays the caller's to close. Default: one
   * with the SDK's default credentials for the pool's partition.
   *
   * @throws IllegalArgumentException if it was given an address that is neither {@code https} nor
   *     on loopback
   */
  public Route53HealthSignalBuilder client(Route53Client own) {
    client = AwsClients.safe("client", Objects.requireNonNull(own, "client"));
    return this;
  }

  /** Hears of changes and problems. Default: nobody does, but the log. */
  public Route53HealthSignalBuilder listener(Route53HealthSignalListener hearing) {
    listener = Objects.requireNonNull(hearing, "listener");
    return this;
  }

  /** Starts to read the check, at once and in the background. Never fails because of Route 53. */
  public Route53HealthSignal start() {
    Advice how = advice;
    return start(healthy -> cognito.advise(how, healthy));
  }

  Route53HealthSignal start(Consumer<Boolean> advisor) {
    Route53HealthSignal signal = new Route53HealthSignal(this, advisor);
    signal.begin();
    return signal;
  }

  Route53Client theClient() {
    if (client != null) {
      return client;
    }
    return made(cognito.userPool());
  }

  static Route53Client made(UserPool pool) {
    Route53ClientBuilder builder =
        Route53Client.builder().region(AwsClients.globalRegion(pool.partition()));
    if (pool.fips()) { // Without a word from the pool, the SDK's own setting counts.
      builder.fipsEnabled(true);
    }
    return AwsClients.safe(builder.build());
  }

  ScheduledExecutorService thread() {
    if (thread != null) {
      return thread;
    }
    return Executors.newSingleThreadScheduledExecutor(
        task -> TwinpoolThreads.thread("twinpool-route53-health", task));
  }

  /** Closes what was made here, and not what was brought. */
  Runnable closing(Route53Client used, ScheduledExecutorService thread) {
    boolean own = client == null;
    return () -> {
      thread.shutdownNow();
      if (own) {
        used.close();
      }
    };
  }
}
