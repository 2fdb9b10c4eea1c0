package io.github.twinpool.failover;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When to leave a Region and when to come back. Immutable. Every default is explained in {@code
 * docs/defaults.md}; most applications need none changed.
 */
public final class FailoverPolicy {
  private final Builder values;

  private FailoverPolicy(Builder values) {
    this.values = values;
  }

  /** The defaults. */
  public static FailoverPolicy defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The longest that one attempt at one Region may take. Default: 5.5 s. */
  public Duration attemptTimeout() {
    return values.attemptTimeout;
  }

  /** The longest that a call may take, all attempts together. Default: 12 s. */
  public Duration callDeadline() {
    return values.callDeadline;
  }

  /**
   * How long the primary must be healthy without a break before the failback begins. Default: 60 s.
   */
  public Duration dwell() {
    return values.dwell;
  }

  /** The longest dwell after relapses, each of which doubles it. Default: 15 min. */
  public Duration dwellCap() {
    return values.dwellCap;
  }

  /** How long each step of the failback lasts at least. Default: 15 s. */
  public Duration failbackStep() {
    return values.failbackStep;
  }

  /** How often an unsuspected Region is probed. Default: 5 s. */
  public Duration probeInterval() {
    return values.probeInterval;
  }

  /** How often a suspected or failed Region is probed. Default: 1 s. */
  public Duration suspectProbeInterval() {
    return values.suspectProbeInterval;
  }

  /**
   * After what time without an answer a second Region is asked as well, for GetUser, device reads
   * and refreshes without rotation. Default: never.
   */
  public Optional<Duration> hedgeAfter() {
    return Optional.ofNullable(values.hedgeAfter);
  }

  /**
   * Whether to watch only: calls go to the primary as without Twinpool, and transitions say what
   * would have happened. Default: false.
   */
  public boolean observeOnly() {
    return values.observeOnly;
  }

  @Override
  public String toString() {
    return "FailoverPolicy[attemptTimeout="
        + attemptTimeout()
        + ", callDeadline="
        + callDeadline()
        + ", dwell="
        + dwell()
        + ", dwellCap="
        + dwellCap()
        + ", failbackStep="
        + failbackStep()
        + ", probeInterval="
        + probeInterval()
        + ", suspectProbeInterval="
        + suspectProbeInterval()
        + ", hedgeAfter="
        + hedgeAfter().map(Duration::toString).orElse("never")
        + ", observeOnly="
        + observeOnly()
        + "]";
  }

  /** Builds a {@link FailoverPolicy}. */
  public static final class Builder {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(5_500);
    private static final Duration DWELL = Duration.ofSeconds(60);
    private static final Duration SUSPECT_PROBE_INTERVAL = Duration.ofSeconds(1);

    private Duration attemptTimeout = ATTEMPT_TIMEOUT;
    private Duration callDeadline = Duration.ofSeconds(12);
    private Duration dwell = DWELL;
    private Duration dwellCap = Duration.ofMinutes(15);
    private Duration failbackStep = Duration.ofSeconds(15);
    private Duration probeInterval = Duration.ofSeconds(5);
    private Duration suspectProbeInterval = SUSPECT_PROBE_INTERVAL;

    private @Nullable Duration hedgeAfter;
    private boolean observeOnly;

    private Builder() {}

    private Builder(Builder from) {
      attemptTimeout = from.attemptTimeout;
      callDeadline = from.callDeadline;
      dwell = from.dwell;
      dwellCap = from.dwellCap;
      failbackStep = from.failbackStep;
      probeInterval = from.probeInterval;
      suspectProbeInterval = from.suspectProbeInterval;
      hedgeAfter = from.hedgeAfter;
      observeOnly = from.observeOnly;
    }

    /** Sets {@link FailoverPolicy#attemptTimeout()}. */
    public Builder attemptTimeout(Duration value) {
      attemptTimeout = positive("attemptTimeout", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#callDeadline()}. */
    public Builder callDeadline(Duration value) {
      callDeadline = positive("callDeadline", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#dwell()}. */
    public Builder dwell(Duration value) {
      dwell = positive("dwell", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#dwellCap()}. */
    public Builder dwellCap(Duration value) {
      dwellCap = positive("dwellCap", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#failbackStep()}. */
    public Builder failbackStep(Duration value) {
      failbackStep = positive("failbackStep", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#probeInterval()}. */
    public Builder probeInterval(Duration value) {
      probeInterval = positive("probeInterval", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#suspectProbeInterval()}. */
    public Builder suspectProbeInterval(Duration value) {
      suspectProbeInterval = positive("suspectProbeInterval", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#hedgeAfter()}. */
    public Builder hedgeAfter(Duration value) {
      hedgeAfter = positive("hedgeAfter", value);
      return this;
    }

    /** Sets {@link FailoverPolicy#observeOnly()}. */
    public Builder observeOnly(boolean value) {
      observeOnly = value;
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException naming the field and the value that contradict each other
     */
    public FailoverPolicy build() {
      atMost("attemptTimeout", attemptTimeout, ATTEMPT_TIMEOUT, "callDeadline", callDeadline);
      atMost("dwell", dwell, DWELL, "dwellCap", dwellCap);
      atMost(
          "suspectProbeInterval",
          suspectProbeInterval,
          SUSPECT_PROBE_INTERVAL,
          "probeInterval",
          probeInterval);
      return new FailoverPolicy(new Builder(this));
    }

    /** The message begins with the field that was set, not with one that was left alone. */
    private static void atMost(
        String field, Duration value, Duration byDefault, String limitField, Duration limit) {
      if (value.compareTo(limit) <= 0) {
        return;
      }
      throw new IllegalArgumentException(
          value.equals(byDefault)
              ? limitField
                  + " "
                  + limit
                  + ": must be at least "
                  + field
                  + ", whose default is "
                  + value
              : field + " " + value + ": must be at most " + limitField + " " + limit);
    }

    private static Duration positive(String field, Duration value) {
      if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            field + " " + value + ": wants more than 0, at most a day");
      }
      return value;
    }
  }
}
