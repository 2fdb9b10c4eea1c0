package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one Region: its calls in flight, its failures, its probes, and the {@link
 * RegionHealth} that follows. Times are awake time in nanoseconds: the monotonic clock without this
 * process's pauses.
 */
final class RegionEvidence {
  private final Map<Long, Long> inFlight = new LinkedHashMap<>();
  private final Map<ProbeKind, ProbeHistory> probes = new EnumMap<>(ProbeKind.class);
  private final CallWindow window;
  private final RegionRole role;

  private long lastCallAnswer = ProbeHistory.NEVER;
  private long lastPromptAnswer = ProbeHistory.NEVER;
  private long lastAnswer = ProbeHistory.NEVER;
  private long answers;
  private int failuresInARow;
  private long firstFailure = ProbeHistory.NEVER;
  private long lastFailure = ProbeHistory.NEVER;
  private long lastFailedStart = ProbeHistory.NEVER;
  private long recoveredAt = ProbeHistory.NEVER;
  private long healthySince;
  private boolean notServing;
  private @Nullable String downReason;
  private long downSince;

  RegionEvidence(RegionRole role, long now) {
    this.role = role;
    this.healthySince = now;
    this.window = new CallWindow(role.name());
    for (ProbeKind kind : ProbeKind.values()) {
      probes.put(kind, new ProbeHistory());
    }
  }

  void callStarted(long id, long now) {
    inFlight.put(id, now);
  }

  void callEnded(long id, AttemptOutcome outcome, long now) {
    Long start = inFlight.remove(id);
    long took = start == null ? 0 : now - start;
    switch (outcome) {
      case ANSWER -> answered(took, now);
      case REGIONAL_FAILURE -> failed(took, now);
      case NOT_SERVING -> {
        lastAnswer = now;
        notServing(now);
      }
      case LOCAL_FAILURE, ABANDONED -> {}
    }
  }

  private void answered(long took, long now) {
    window.answered(took, now);
    lastCallAnswer = now;
    lastAnswer = now;
    answers++;
    failuresInARow = 0;
    notServing = false;
    if (took <= Thresholds.SLOW_CALL) {
      lastPromptAnswer = now;
      recover(now);
    }
  }

  void probeStarted(ProbeKind kind, long id, long now) {
    probe(kind).started(id, now);
  }

  void probeEnded(ProbeKind kind, long id, ProbeResult result, long now) {
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
    if (failuresInARow >= Thresholds.FAILURES_IN_A_ROW
        && lastFailure - firstFailure >= Thresholds.FAILURES_OVER) {
      return failuresInARow + " calls in a row failed";
    }
    if (window.mostFailed(now)) {
      return "most of the last calls failed";
    }
    ProbeHistory jwks = probe(ProbeKind.JWKS);
    if (jwks.mostFailedSince(lastPromptAnswer, othersFailed)) {
      return "most of the last probes failed";
    }
    if (silentCalls(Thresholds.SILENT_AGE, now) >= Thresholds.SILENT_CALLS
        && jwks.silentSince(lastCallAnswer, now)) {
      return "calls and the probe are not answered";
    }
    if (silentCalls(Thresholds.SILENT_AGE_DESPITE_PROBE, now)
        >= Thresholds.SILENT_CALLS_DESPITE_PROBE) {
      return "calls are not answered, although the probe may be";
    }
    return window.mostSlow(now) && other != null && other.isFasterThan(this, now)
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

  /** Whether calls are so slow that it is worth asking which Region is faster. */
  boolean slow(long now) {
    return window.mostSlow(now);
  }

  /** Calls of at least this age that began after the Region's last answer to a call. */
  private int silentCalls(long age, long now) {
    int silent = 0;
    for (long start : inFlight.values()) {
      if (now - start < age) {
        break;
      }
      if (start > lastCallAnswer) {
        silent++;
      }
    }
    return silent;
  }

  private void failed(long took, long now) {
    window.failed(took, now);
    if (failuresInARow++ == 0) {
      firstFailure = now;
    }
    lastFailure = now;
    lastFailedStart = Math.max(lastFailedStart, now - took);
    healthySince = now;
  }

  private void notServing(long now) {
    notServing = true;
    healthySince = now;
  }

  private void recover(long now) {
    if (downReason != null) {
      downReason = null;
      failuresInARow = 0;
      window.forget();
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

  RegionHealth health(long now) {
    if (downReason != null) {
      return RegionHealth.DOWN;
    }
    if (notServing) {
      return RegionHealth.NOT_SERVING;
    }
    return suspicion(now) == null ? RegionHealth.UP : RegionHealth.SUSPECT;
  }

  private @Nullable String suspicion(long now) {
    if (failuresInARow > 0) {
      return "the last call failed";
    }
    if (probe(ProbeKind.JWKS).lastFailedSince(lastPromptAnswer)) {
      return "the last probe failed";
    }
    if (window.mostSlow(now)) {
      return "most of the last calls were slow";
    }
    for (long start : inFlight.values()) {
      return now - start >= Thresholds.SUSPECT_AGE ? "a call is slow" : null;
    }
    return null;
  }

  /** Why the health is what it is: a sentence for people. */
  String reason(long now) {
    if (downReason != null) {
      return downReason;
    }
    if (notServing) {
      return "the replica does not serve this pool";
    }
    String suspicion = suspicion(now);
    return suspicion == null ? "answers" : suspicion;
  }

  ProbeHistory probe(ProbeKind kind) {
    ProbeHistory history = probes.get(kind);
    if (history == null) {
      throw new IllegalStateException("no probe " + kind);
    }
    return history;
  }

  RegionRole role() {
    return role;
  }

  int inFlight() {
    return inFlight.size();
  }

  /** Answers to calls and to probes of the sign-in plane, since the beginning. */
  long answers() {
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
    return lastFailure <= lastAnswer && !probe(ProbeKind.JWKS).silentSince(lastAnswer, now);
  }

  long recoveredAt() {
    return recoveredAt;
  }

  /** Whether a call or a probe failed that began at this time or later. */
  boolean failedSince(long time) {
    return lastFailedStart >= time
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
