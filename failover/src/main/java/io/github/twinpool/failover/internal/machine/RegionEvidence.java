package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.Evidence;
import io.github.twinpool.failover.RegionHealth;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one Region: its attempts in flight, its failures, its probes, and the {@link
 * RegionHealth} that follows. Times are awake time in nanoseconds: the monotonic clock without this
 * process's pauses.
 */
public final class RegionEvidence {
  private final AttemptHistory attempts;
  private final Map<ProbeKind, ProbeHistory> probes = new EnumMap<>(ProbeKind.class);
  private final RegionRole role;

  private long lastAnswer = ProbeHistory.NEVER;
  private long answers;
  private long recoveredAt = ProbeHistory.NEVER;
  private long healthySince;
  private boolean notServing;
  private @Nullable String downReason;
  private long downSince;

  RegionEvidence(RegionRole role, long now) {
    this.role = role;
    this.healthySince = now;
    this.attempts = new AttemptHistory(role.name());
    for (ProbeKind kind : ProbeKind.values()) {
      probes.put(kind, new ProbeHistory());
    }
  }

  public void attemptStarted(long id, long now) {
    attempts.started(id, now);
  }

  public void attemptEnded(long id, AttemptOutcome outcome, long now) {
    long took = attempts.ended(id, now);
    switch (outcome) {
      case ANSWER -> answered(took, now);
      case REGIONAL_FAILURE -> {
        attempts.failed(took, now);
        healthySince = now;
      }
      case NOT_SERVING -> {
        lastAnswer = now;
        notServing(now);
      }
      case LOCAL_FAILURE, ABANDONED -> {}
    }
  }

  private void answered(long took, long now) {
    lastAnswer = now;
    answers++;
    notServing = false;
    if (attempts.answered(took, now)) {
      recover(now);
    }
  }

  public void probeEnded(ProbeKind kind, long id, ProbeResult result, long now) {
    if (!probe(kind).ended(id, result != ProbeResult.FAILED, now)) {
      return;
    }
    switch (result) {
      case ALIVE -> {
        if (kind == ProbeKind.SIGN_IN_PLANE) {
          notServing = false;
          answers++;
        }
        lastAnswer = now;
        recoverByProbes(now);
      }
      case NOT_SERVING -> {
        lastAnswer = now;
        notServing(now);
      }
      case FAILED -> {
        if (probe(kind).votes()) {
          healthySince = now;
        }
      }
    }
  }

  /**
   * Looks at all that has grown old by now.
   *
   * @param other the other Region, or null if there is none
   * @param othersFailed failed probes that somebody else has seen
   */
  void evaluate(@Nullable RegionEvidence other, int othersFailed, long now) {
    probes.values().stream().filter(p -> p.lost(now)).forEach(p -> p.giveUpLost(now));
    if (downReason == null) {
      downReason = reasonForDown(other, othersFailed, now);
      if (downReason != null) {
        downSince = now;
        healthySince = now;
      }
    }
  }

  private @Nullable String reasonForDown(
      @Nullable RegionEvidence other, int othersFailed, long now) {
    String failures = attempts.outage(now);
    if (failures != null) {
      return failures;
    }
    ProbeHistory jwks = probe(ProbeKind.JWKS);
    if (jwks.mostFailedSince(attempts.lastPromptAnswer(), othersFailed)) {
      return "most of the last probes failed";
    }
    if (attempts.silent(now) && jwks.silentSince(attempts.lastAnswer(), now)) {
      return "calls and the probe are not answered";
    }
    if (attempts.silentDespiteProbe(now)) {
      return "calls are not answered, although the probe may be";
    }
    return attempts.mostSlow(now) && other != null && other.isFasterThan(this, now)
        ? "most of the last calls were slow, and the other Region is faster"
        : null;
  }

  /** By the probes, since a Region that gets no calls has nothing else to compare. */
  private boolean isFasterThan(RegionEvidence slow, long now) {
    for (ProbeKind kind : ProbeKind.values()) {
      long ours = probe(kind).took(now);
      if (probe(kind).votes()
          && !probe(kind).outstanding()
          && slow.probe(kind).votes()
          && ours * Thresholds.SLOWER_THAN_OTHER <= slow.probe(kind).took(now)
          && answeredWithin(Thresholds.ANSWERED_WITHIN, now)) {
        return true;
      }
    }
    return false;
  }

  /** Whether attempts are so slow that it is worth asking which Region is faster. */
  boolean slow(long now) {
    return attempts.mostSlow(now);
  }

  private void notServing(long now) {
    notServing = true;
    healthySince = now;
  }

  private void recover(long now) {
    if (downReason != null) {
      downReason = null;
      attempts.forget();
      recoveredAt = now;
      healthySince = now;
    }
  }

  /** Probes end an outage only together: keys alone may be served while nobody can sign in. */
  private void recoverByProbes(long now) {
    ProbeHistory jwks = probe(ProbeKind.JWKS);
    boolean keys = !jwks.votes() || jwks.aliveSince(downSince);
    if (keys && probe(ProbeKind.SIGN_IN_PLANE).aliveSince(downSince)) {
      recover(now);
    }
  }

  public RegionHealth health(long now) {
    if (downReason != null) {
      return RegionHealth.DOWN;
    }
    if (notServing) {
      return RegionHealth.NOT_SERVING;
    }
    return suspicion(now) == null ? RegionHealth.UP : RegionHealth.SUSPECT;
  }

  private @Nullable String suspicion(long now) {
    if (attempts.failuresInARow() > 0) {
      return "the last call failed";
    }
    if (probe(ProbeKind.JWKS).lastFailedSince(attempts.lastPromptAnswer())) {
      return "the last probe failed";
    }
    if (attempts.mostSlow(now)) {
      return "most of the last calls were slow";
    }
    return attempts.oneIsSlow(now) ? "a call is slow" : null;
  }

  /** Why the health is what it is: a sentence for people. */
  public String reason(long now) {
    if (downReason != null) {
      return downReason;
    }
    if (notServing) {
      return "the replica does not serve this pool";
    }
    String suspicion = suspicion(now);
    return suspicion == null ? "answers" : suspicion;
  }

  Evidence snapshot(long now) {
    return new Evidence(
        health(now),
        reason(now),
        attempts.inFlight(),
        attempts.oldest(now),
        attempts.failuresInARow(),
        probe(ProbeKind.JWKS).failed(),
        lastAnswer == ProbeHistory.NEVER ? null : Duration.ofNanos(now - lastAnswer));
  }

  public ProbeHistory probe(ProbeKind kind) {
    ProbeHistory history = probes.get(kind);
    if (history == null) {
      throw new IllegalStateException("no probe " + kind);
    }
    return history;
  }

  public RegionRole role() {
    return role;
  }

  public int inFlight() {
    return attempts.inFlight();
  }

  /** Answers to calls and to probes of the sign-in plane, since the beginning. */
  public long answers() {
    return answers;
  }

  long lastAnswer() {
    return lastAnswer;
  }

  boolean answeredWithin(long time, long now) {
    return now - lastAnswer <= time;
  }

  /** Whether nothing has failed, and no probe has hung, since the last answer. */
  boolean quietSinceAnswer(long now) {
    return attempts.lastFailure() <= lastAnswer
        && !probe(ProbeKind.JWKS).silentSince(lastAnswer, now);
  }

  long recoveredAt() {
    return recoveredAt;
  }

  /** Whether a call or a probe failed that began at this time or later. */
  boolean failedSince(long time) {
    return attempts.lastFailedStart() >= time
        || probes.values().stream().anyMatch(probe -> probe.lastFailedSince(time));
  }

  /** Whether its sign-in plane has answered a probe since it has been healthy. */
  boolean signsIn() {
    return probe(ProbeKind.SIGN_IN_PLANE).aliveSince(healthySince);
  }

  /** Since when no failure of any kind has been seen; meaningful only while it is not DOWN. */
  long healthySince() {
    return healthySince;
  }
}
