package io.github.twinpool.operations;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.DrillSample.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rehearses an outage of the primary Region: for a while calls go to the secondary, sample calls
 * are made and counted, then everything is put back and the way back is watched.
 *
 * <ul>
 *   <li>local: this process alone, by a strict override;
 *   <li>fleet: inverts the Route 53 health check that the pool's domain and every process with a
 *       {@link Route53HealthSignal} follow;
 *   <li>observing: changes nothing, for an outage that somebody else makes.
 * </ul>
 *
 * <p>A rising rate of failed samples ends the outage at once. A fleet drill writes its intended end
 * down before it begins, so that {@link #restoreLeft} finds one that was killed. Not thread-safe,
 * and good for one run.
 */
public final class Drill {
  private static final Logger LOG = LoggerFactory.getLogger(Drill.class);

  /** Of how many samples the error rate is taken. */
  private static final int WINDOW = 20;

  private final MultiRegionCognito cognito;
  private final DrillReport.Kind kind;
  private final DrillOutage outage;
  private final Duration before;
  private final Duration duration;
  private final Duration after;
  private final Duration interval;
  private final double abortAt;
  private final Callable<?> sample;
  private final DrillListener listener;
  private final LongSupplier nanoTime;
  private final Patience.Pause pause;
  private final List<DrillSample> samples = new ArrayList<>();
  private final Set<Capability> refused = EnumSet.noneOf(Capability.class);
  private long start;
  private boolean aborted;

  Drill(DrillBuilder settings, DrillReport.Kind kind, DrillOutage outage) {
    this.kind = kind;
    this.cognito = settings.cognito;
    this.outage = outage;
    // Copied: what the builder is told later is for the next drill.
    before = settings.before;
    duration = settings.duration;
    after = settings.after;
    interval = settings.interval;
    abortAt = settings.abortAt;
    sample = settings.sample;
    listener = settings.listener;
    nanoTime = settings.nanoTime;
    pause = settings.pause;
  }

  /** A builder; what it is given stays the caller's to close. */
  public static DrillBuilder builder(MultiRegionCognito cognito) {
    return new DrillBuilder(cognito);
  }

  /**
   * Looks whether a fleet drill of this pool was left behind, its process killed. Changes nothing
   * and asks AWS nothing. A drill that is going on in a process that lives, until its intended end,
   * is not left behind.
   *
   * @param journal the directory that the drill was given
   * @return what was left, a sentence; empty if there is nothing
   * @throws java.io.UncheckedIOException if the journal cannot be read, is damaged, or could have
   *     been written by another user
   */
  public static Optional<String> left(AwsClients clients, Path journal) {
    return DrillOutage.Fleet.left(
            clients.userPool(), new DrillJournal(journal), clients.clock().instant())
        .map(
            entry ->
                told(entry)
                    + ", and the health check "
                    + entry.healthCheckId()
                    + " may still be inverted.");
  }

  /**
   * Ends a fleet drill of this pool whose process was killed: the health check becomes what it was
   * before. A drill that is going on in a process that lives is left alone, until its intended end.
   * Only a check that a domain of the pool follows is restored: the journal alone is not trusted.
   *
   * @param journal the directory that the drill was given
   * @return what was restored, a sentence; empty if there was nothing
   * @throws OperationsException if the check cannot be restored: the journal stays
   * @throws IllegalStateException if no domain of the pool follows the check in the journal; then
   *     name the check by {@link #restoreLeft(AwsClients, Path, String)}
   * @throws java.io.UncheckedIOException if the journal cannot be read, is damaged, or could have
   *     been written by another user
   */
  public static Optional<String> restoreLeft(AwsClients clients, Path journal) {
    return restoreLeft(clients, journal, clients.clock().instant(), null);
  }

  /**
   * The same for a drill of a check that no domain of the pool follows.
   *
   * @param healthCheckId the only check that may be restored
   */
  public static Optional<String> restoreLeft(
      AwsClients clients, Path journal, String healthCheckId) {
    return restoreLeft(
        clients,
        journal,
        clients.clock().instant(),
        HealthCheckTask.requireId("healthCheckId", healthCheckId));
  }

  static Optional<String> restoreLeft(
      AwsClients clients, Path journal, Instant now, @Nullable String healthCheckId) {
    return DrillOutage.Fleet.restoreLeft(
            new AwsCalls(clients), new DrillJournal(journal), now, healthCheckId)
        .map(
            entry ->
                told(entry)
                    + "; the health check "
                    + entry.healthCheckId()
                    + " is restored (Inverted: "
                    + entry.inverted()
                    + ").");
  }

  private static String told(DrillEntry entry) {
    return "A fleet drill of "
        + entry.poolId()
        + " that began at "
        + entry.begins().truncatedTo(ChronoUnit.SECONDS)
        + " was never ended";
  }

  /**
   * Drills, and blocks until all is back or the patience for the way back has ended.
   *
   * @throws OperationsException if the outage cannot be begun or ended
   * @throws IllegalStateException if a fleet drill of this pool is in the journal already
   */
  public DrillReport run() {
    start = nanoTime.getAsLong();
    sampleFor(before, Phase.BEFORE, null);
    Duration began = elapsed();
    Duration ended;
    try {
      outage.begin(duration);
      LOG.warn("Drill begins: {} for {}", kind, duration);
      Hearing.tell(listener::outageBegins);
      sampleFor(duration, Phase.OUTAGE, null);
    } finally {
      ended = elapsed();
      outage.end();
      LOG.warn("Drill ends{}", aborted ? ", aborted: too many samples failed" : "");
    }
    Hearing.tell(() -> listener.outageEnds(aborted));
    sampleFor(after, Phase.AFTER, RegionRole.PRIMARY);
    return new DrillReport(kind, cognito.userPool(), samples, refused, began, ended, aborted);
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  private void sampleFor(Duration time, Phase phase, @Nullable RegionRole until) {
    Duration end = elapsed().plus(time);
    while (elapsed().compareTo(end) < 0) {
      RegionRole serving = cognito.status().serving();
      DrillSample made = new DrillSample(elapsed(), phase, serving, !succeeds());
      samples.add(made);
      Hearing.tell(() -> listener.sampled(made.at(), serving, made.failed()));
      if (phase == Phase.OUTAGE) {
        lookAtCapabilities();
        if (tooManyFail()) {
          aborted = true;
          return;
        }
      }
      if (serving == until) {
        return;
      }
      pause();
    }
  }

  private void lookAtCapabilities() {
    for (Capability capability : Capability.values()) {
      if (!cognito.allows(capability)) {
        refused.add(capability);
      }
    }
  }

  private boolean succeeds() {
    try {
      sample.call();
      return true;
    } catch (Exception e) {
      LOG.debug("A sample call of the drill failed: {}", e.getClass().getName());
      return false;
    }
  }

  /** More than before the outage, by the share that was chosen. */
  private boolean tooManyFail() {
    List<DrillSample> outageSamples =
        samples.stream().filter(sample -> sample.phase() == Phase.OUTAGE).toList();
    if (outageSamples.size() < WINDOW) {
      return false;
    }
    List<DrillSample> last =
        outageSamples.subList(outageSamples.size() - WINDOW, outageSamples.size());
    List<DrillSample> earlier =
        samples.stream().filter(sample -> sample.phase() == Phase.BEFORE).toList();
    return rate(last) - rate(earlier) > abortAt;
  }

  private static double rate(List<DrillSample> of) {
    return of.isEmpty() ? 0 : (double) of.stream().filter(DrillSample::failed).count() / of.size();
  }

  private void pause() {
    try {
      pause.pause(interval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The drill was interrupted, and everything was put back");
    }
  }
}
