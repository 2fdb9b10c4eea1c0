package io.github.twinpool.operations;

import io.github.twinpool.failover.MultiRegionCognito;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/**
 * Configures a {@link Drill}. Every method checks its own value. A drill keeps the values that it
 * was made with: later calls change the next one. Not thread-safe.
 */
public final class DrillBuilder {
  private static final int MINUTES = 5;
  private static final double ABORT_AT = 0.2;

  final MultiRegionCognito cognito;
  Duration duration = Duration.ofMinutes(MINUTES);
  Duration before = Duration.ofSeconds(10);
  Duration after = Duration.ofMinutes(15);
  Duration interval = Duration.ofSeconds(1);
  double abortAt = ABORT_AT;
  Callable<?> sample;
  DrillListener listener = new DrillListener() {};
  LongSupplier nanoTime = System::nanoTime;
  Patience.Pause pause = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  DrillBuilder(MultiRegionCognito cognito) {
    this.cognito = Objects.requireNonNull(cognito, "cognito");
    sample = this::getUser;
  }

  /** GetUser with what is no token: an answer, even this refusal, says that the Region serves. */
  private boolean getUser() {
    try {
      cognito.client().getUser(it -> it.accessToken("drill"));
    } catch (NotAuthorizedException e) {
      return true; // It answers.
    }
    return true;
  }

  /**
   * How long the outage lasts. Default: {@value #MINUTES} min.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than 4 hours
   */
  public DrillBuilder duration(Duration time) {
    duration = Bounds.time("duration", time, Duration.ofHours(4));
    return this;
  }

  /**
   * How long is watched before, for comparison. Default: 10 s.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than an hour
   */
  public DrillBuilder before(Duration time) {
    before = Bounds.time("before", time, Duration.ofHours(1));
    return this;
  }

  /**
   * How long the way back is watched at most. Default: 15 min: a dwell and the steps of the
   * failback take some two.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than 4 hours
   */
  public DrillBuilder after(Duration time) {
    after = Bounds.time("after", time, Duration.ofHours(4));
    return this;
  }

  /**
   * How often a sample call is made. Default: 1 s.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than a minute
   */
  public DrillBuilder interval(Duration time) {
    interval = Bounds.time("interval", time, Duration.ofMinutes(1));
    return this;
  }

  /**
   * Which share of the last 20 samples may fail, beyond what failed before the outage. Default:
   * {@value #ABORT_AT}.
   *
   * @throws IllegalArgumentException if it is not over 0 to 1
   */
  public DrillBuilder abortAt(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("abortAt " + share + ": wants over 0 to 1");
    }
    abortAt = share;
    return this;
  }

  /**
   * The sample call: one that people notice, a sign-in of a test user for one. An exception is a
   * failure. Default: GetUser with what is no token, which needs no user and no permission.
   */
  public DrillBuilder sample(Callable<?> call) {
    sample = Objects.requireNonNull(call, "sample");
    return this;
  }

  /** Who hears how it goes; an exception is logged, and the drill goes on. Default: nobody. */
  public DrillBuilder listener(DrillListener hearing) {
    listener = Objects.requireNonNull(hearing, "listener");
    return this;
  }

  /** A drill of this process. */
  public Drill local() {
    return new Drill(this, DrillReport.Kind.LOCAL, DrillOutage.local(cognito));
  }

  /** A drill that changes nothing. */
  public Drill observing() {
    return new Drill(this, DrillReport.Kind.OBSERVING, DrillOutage.none());
  }

  /**
   * A drill of all that follow a health check.
   *
   * @param clients of an operator who may update it
   * @param healthCheckId the check that the pool's domain follows
   * @param journal a directory for the intended end, which every operator's command looks at
   */
  public Drill fleet(AwsClients clients, String healthCheckId, Path journal) {
    return new Drill(
        this,
        DrillReport.Kind.FLEET,
        new DrillOutage.Fleet(
            new AwsCalls(clients), healthCheckId, new DrillJournal(journal), clients.clock()));
  }
}
