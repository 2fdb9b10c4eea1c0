package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;

/** What a drill does to have an outage, and to end it. Ending is idempotent. */
interface DrillOutage {
  void begin(Duration duration);

  void end();

  /** Nothing: somebody else has the outage, or nobody. */
  static DrillOutage none() {
    return new DrillOutage() {
      @Override
      public void begin(Duration duration) {}

      @Override
      public void end() {}
    };
  }

  /** This process alone: its calls go to the secondary, and no call is rescued. */
  static DrillOutage local(MultiRegionCognito cognito) {
    return new DrillOutage() {
      @Override
      public void begin(Duration duration) {
        cognito.overrideStrictly(RegionRole.SECONDARY, duration);
      }

      @Override
      public void end() {
        cognito.endOverride();
      }
    };
  }

  /**
   * The whole fleet and the pool's domain: the health check that they follow is inverted, and what
   * it was before is written down first.
   */
  final class Fleet implements DrillOutage {
    private final AwsCalls calls;
    private final String healthCheckId;
    private final DrillJournal journal;
    private final InstantSource clock;
    private @Nullable DrillEntry mine;

    Fleet(AwsCalls calls, String healthCheckId, DrillJournal journal, InstantSource clock) {
      this.calls = calls;
      this.healthCheckId = healthCheckId;
      this.journal = journal;
      this.clock = clock;
    }

    @Override
    public void begin(Duration duration) {
      HealthCheckConfig config =
          HealthCheckTask.config(calls, healthCheckId)
              .orElseThrow(() -> new IllegalArgumentException("no health check " + healthCheckId));
      boolean inverted = Boolean.TRUE.equals(config.inverted());
      Instant now = clock.instant();
      DrillEntry entry =
          new DrillEntry(
              calls.pool().id(),
              healthCheckId,
              inverted,
              now,
              now.plus(duration),
              ProcessHandle.current().pid(),
              DrillEntry.startOf(ProcessHandle.current()));
      journal.write(entry);
      mine = entry;
      invert(calls, healthCheckId, !inverted);
    }

    @Override
    public void end() {
      if (mine != null) { // What was written down, not what stands there now.
        restore(calls, mine, journal);
        mine = null;
      }
    }

    private static void invert(AwsCalls calls, String healthCheckId, boolean inverted) {
      calls.route53(
          "UpdateHealthCheck",
          it -> it.updateHealthCheck(r -> r.healthCheckId(healthCheckId).inverted(inverted)));
    }

    private static void restore(AwsCalls calls, DrillEntry entry, DrillJournal journal) {
      invert(calls, entry.healthCheckId(), entry.inverted());
      journal.delete(entry.poolId());
    }

    /** A drill whose process was killed. */
    static Optional<DrillEntry> left(UserPool pool, DrillJournal journal, Instant now) {
      return journal.read(pool.id()).filter(entry -> entry.isLeft(now));
    }

    /**
     * Ends a drill whose process was killed.
     *
     * @param healthCheckId the check that the caller names, or null: then it must be one that a
     *     domain of the pool follows. The journal alone is trusted for no check.
     */
    static Optional<DrillEntry> restoreLeft(
        AwsCalls calls, DrillJournal journal, Instant now, @Nullable String healthCheckId) {
      Optional<DrillEntry> left = left(calls.pool(), journal, now);
      left.ifPresent(
          entry -> {
            Set<String> known =
                healthCheckId == null ? DomainChecks.healthCheckIds(calls) : Set.of(healthCheckId);
            if (!known.contains(entry.healthCheckId())) {
              throw new IllegalStateException(
                  "The drill's journal names the health check "
                      + entry.healthCheckId()
                      + (healthCheckId == null
                          ? ", which no domain of " + entry.poolId() + " follows"
                          : " and not " + healthCheckId)
                      + ": nothing was changed. Name the check if it is the one to restore.");
            }
            restore(calls, entry, journal);
          });
      return left;
    }
  }
}
