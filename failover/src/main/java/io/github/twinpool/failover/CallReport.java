package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one call went, with each of its attempts. Holds no secrets and prints well. Immutable.
 *
 * @see FailoverListener#onCall(CallReport)
 */
public final class CallReport {
  /** Why an attempt was made. More reasons may be added. */
  public enum Reason {
    /** It is the call's first. */
    FIRST,
    /** The attempt before it was not answered. */
    RESCUE,
    /** The attempt before it takes long, and hedging is on. */
    HEDGE,
    /** A revocation that one Region has accepted is brought to the other. */
    RELAY,
    /** The primary is down, and a call that only it can serve tries whether it is back. */
    TRIAL
  }

  /** One attempt of a call. */
  public static final class Entry {
    private final RegionRole role;
    private final String region;
    private final int number;
    private final Reason reason;
    private final AttemptOutcome outcome;
    private final @Nullable RequestState requestState;
    private final Duration elapsed;
    private final @Nullable String requestId;

    /** Made by the routed client, and by applications in their tests. */
    public Entry(
        RegionRole role,
        String region,
        int number,
        Reason reason,
        AttemptOutcome outcome,
        @Nullable RequestState requestState,
        Duration elapsed,
        @Nullable String requestId) {
      this.role = role;
      this.region = region;
      this.number = number;
      this.reason = reason;
      this.outcome = outcome;
      this.requestState = requestState;
      this.elapsed = elapsed;
      this.requestId = requestId;
    }

    /** The role of the Region that was tried. */
    public RegionRole role() {
      return role;
    }

    /** The name of the Region that was tried. */
    public String region() {
      return region;
    }

    /** Counts the attempts of the call, from 1. */
    public int number() {
      return number;
    }

    /** Why it was made. */
    public Reason reason() {
      return reason;
    }

    /** How it ended. */
    public AttemptOutcome outcome() {
      return outcome;
    }

    /** Whether the Region can have acted on the request; empty if it answered. */
    public Optional<RequestState> requestState() {
      return Optional.ofNullable(requestState);
    }

    /** How long it took, credentials and interceptors included. */
    public Duration elapsed() {
      return elapsed;
    }

    /** The request ID that AWS gave it, if it was answered with one. */
    public Optional<String> requestId() {
      return Optional.ofNullable(requestId);
    }

    @Override
    public String toString() {
      return number
          + " "
          + reason
          + " "
          + role
          + " "
          + region
          + ": "
          + outcome
          + " after "
          + elapsed.toMillis()
          + " ms"
          + (requestId == null ? "" : ", request " + requestId);
    }
  }

  private final String operation;
  private final FailoverMode mode;
  private final List<Entry> attempts;
  private final Duration elapsed;
  private final boolean answered;

  /** Made by the routed client, and by applications in their tests. */
  public CallReport(
      String operation,
      FailoverMode mode,
      List<Entry> attempts,
      Duration elapsed,
      boolean answered) {
    this.operation = operation;
    this.mode = mode;
    this.attempts = List.copyOf(attempts);
    this.elapsed = elapsed;
    this.answered = answered;
  }

  /** The API operation, for instance {@code InitiateAuth}. */
  public String operation() {
    return operation;
  }

  /** The mode when the call began. */
  public FailoverMode mode() {
    return mode;
  }

  /** The attempts in their order; empty if the call was refused before the first. */
  public List<Entry> attempts() {
    return attempts;
  }

  /** How long the call took, all attempts together. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Whether the caller got a Region's answer: a success or a refusal. */
  public boolean answered() {
    return answered;
  }

  /** Whether a later attempt answered after an earlier one was not answered. */
  public boolean rescued() {
    return answered && attempts.stream().anyMatch(it -> it.outcome() != AttemptOutcome.ANSWER);
  }

  @Override
  public String toString() {
    return operation
        + (answered ? " answered" : " failed")
        + " after "
        + elapsed.toMillis()
        + " ms in mode "
        + mode
        + attempts.stream().map(Entry::toString).collect(Collectors.joining("; ", " [", "]"));
  }
}
