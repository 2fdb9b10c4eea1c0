package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.CallReport;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.NextStep.GivenUp;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.Causes;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * One call on its way through the Regions: what is settled before its first attempt, what its
 * attempts came to, and what its caller is told in the end. Used by one thread at a time.
 */
final class Call {
  private final UserPool pool;
  private final GuardedFailover failover;
  private final Outcomes outcomes;
  private final PreparedCall prepared;
  private final RoutingNeeds needs;
  private final Route route;

  /** The call of which this is one of two halves that race, or null. */
  private final @Nullable Call race;

  private final Reason reason;
  private final long begunAt;
  private final long deadline;
  private final long attemptTimeout;

  /** Those that were not answered. */
  private final List<Attempt> attempts = new ArrayList<>(0);

  private @Nullable List<CallReport.Entry> entries;
  private int made;

  Call(UserPool pool, GuardedFailover failover, Outcomes outcomes, PreparedCall prepared) {
    this(
        pool,
        failover,
        outcomes,
        prepared,
        failover.route(prepared.needs()),
        failover.now(),
        null,
        prepared.reason());
  }

  private Call(
      UserPool pool,
      GuardedFailover failover,
      Outcomes outcomes,
      PreparedCall prepared,
      Route route,
      long begunAt,
      @Nullable Call race,
      Reason reason) {
    this.pool = pool;
    this.failover = failover;
    this.outcomes = outcomes;
    this.prepared = prepared;
    this.needs = prepared.needs();
    this.route = route;
    this.race = race;
    this.reason = reason;
    this.begunAt = begunAt;
    PreparedCall.Limits limits = prepared.limits();
    this.deadline = begunAt + limits.callNanos();
    // An attempt's limit leaves time for another Region, which a primary-only call does not have.
    boolean leavesTime = needs.operation().routing().moves() || route.trial();
    this.attemptTimeout =
        Math.min(leavesTime ? route.attemptTimeout() : Long.MAX_VALUE, limits.attemptNanos());
  }

  /**
   * The half of a hedged call that asks this Region. It tells which attempts were made rather than
   * what the last one met.
   */
  Call half(RegionRole role, Reason why) {
    return new Call(pool, failover, outcomes, prepared, route.only(role), begunAt, this, why);
  }

  RoutingNeeds needs() {
    return needs;
  }

  Route route() {
    return route;
  }

  String operation() {
    return needs.operation().operation();
  }

  boolean isRefused() {
    return route.order().isEmpty();
  }

  RegionRole firstRegion() {
    return route.order().get(0);
  }

  // ---- attempts

  /**
   * Begins an attempt.
   *
   * @return it, or null if it is left out because enough calls are trying the Region
   */
  @Nullable InFlight begin(RegionRole role) {
    if (route.capped() && !failover.mayTry(role)) {
      attempts.add(
          new Attempt(
              role,
              pool.region(role),
              Duration.ZERO,
              RequestState.NOT_SENT,
              "left out, enough calls are trying it"));
      return null;
    }
    return new InFlight(role, attempts.isEmpty() ? firstReason() : Reason.RESCUE, number());
  }

  private Reason firstReason() {
    return route.trial() ? Reason.TRIAL : reason;
  }

  private int number() {
    if (race == null) {
      return ++made;
    }
    synchronized (race) {
      return ++race.made;
    }
  }

  /** After an attempt was left out. */
  @Nullable RegionRole afterLeavingOut() {
    return NextStep.after(route, attempts.size());
  }

  /**
   * Why an attempt that has not ended must be given up now, or null.
   *
   * @param left whether its Region was left by a switch
   */
  @Nullable GivenUp mustEnd(InFlight attempt, long now, boolean left) {
    if (now - deadline >= 0) {
      return GivenUp.TIMED_OUT;
    }
    long sent = attempt.sentAt;
    // What comes before the hand-over to HTTP counts against the deadline only.
    if (sent != InFlight.NOT_SENT && now - sent >= attemptTimeout) {
      return GivenUp.TIMED_OUT;
    }
    if (left && NextStep.leavesAtSwitch(needs, route, attempts.size() + 1)) {
      return GivenUp.LEFT_BEHIND;
    }
    // While the primary is not down, what it alone serves may take all the time of the call.
    boolean inVain = left && isPrimaryOnly() && sent != InFlight.NOT_SENT;
    return inVain && now - sent >= failover.attemptTimeout() ? GivenUp.TIMED_OUT : null;
  }

  /** Notes the end of an attempt, tells the failover of it, and says what follows. */
  NextStep ended(
      InFlight attempt,
      @Nullable Object value,
      @Nullable Throwable error,
      @Nullable GivenUp givenUp,
      boolean mayGoOn) {
    AttemptOutcome outcome = outcomes.outcome(attempt, prepared, value, error, givenUp);
    RequestState state = Outcomes.state(attempt, outcome, error, givenUp);
    report(attempt, outcome, state, value, error, givenUp);
    boolean throttled = error instanceof SdkException it && RetryUtils.isThrottlingException(it);
    boolean relevant = throttled && outcome == AttemptOutcome.ANSWER;
    NextStep next =
        NextStep.after(
            new NextStep.End(attempt.role, outcome, state, throttled),
            needs,
            route,
            new NextStep.Moment(
                attempts.size() + 1,
                race != null,
                mayGoOn && failover.now() - deadline < 0,
                relevant && failover.primaryDown()));
    if (next.kind() == NextStep.Kind.TRY || next.kind() == NextStep.Kind.FAIL) {
      attempts.add(
          new Attempt(
              attempt.role,
              pool.region(attempt.role),
              elapsed(attempt),
              state,
              givenUp != null && outcome == givenUp.outcome
                  ? givenUp.text
                  : error == null ? "no answer" : Outcomes.describe(error)));
    }
    if (next.role() != null) {
      failover.goesOn(operation(), attempt.role, next.role(), state);
    }
    return next;
  }

  private void report(
      InFlight attempt,
      AttemptOutcome outcome,
      RequestState state,
      @Nullable Object value,
      @Nullable Throwable error,
      @Nullable GivenUp givenUp) {
    failover.ended(attempt, outcome, givenUp == GivenUp.OVERTAKEN);
    if (failover.reports()) {
      CallReport.Entry entry =
          new CallReport.Entry(
              attempt.role,
              pool.region(attempt.role),
              attempt.http.number(),
              attempt.http.reason(),
              outcome,
              outcome == AttemptOutcome.ANSWER ? null : state,
              elapsed(attempt),
              Outcomes.requestId(value, error));
      Call whole = race == null ? this : race;
      synchronized (whole) {
        whole.entries = whole.entries == null ? new ArrayList<>(2) : whole.entries;
        whole.entries.add(entry);
      }
    }
  }

  private Duration elapsed(InFlight attempt) {
    return Duration.ofNanos(failover.now() - attempt.begunAt);
  }

  // ---- the end of the call

  /** Counts and reports a call that ends with an answer. */
  @Nullable Object answered(RegionRole role, @Nullable Object value) {
    ended(true);
    return value == null ? null : prepared.answer(role, value);
  }

  /** Counts and reports the end of the call. */
  void ended(boolean answered) {
    // The halves of a race end with the race.
    if (race == null) {
      ended(answered, !attempts.isEmpty());
    }
  }

  /**
   * @param failed whether an attempt failed: then the failover counts the call
   */
  void ended(boolean answered, boolean failed) {
    if (failed) {
      failover.afterFailure(answered);
    }
    if (failover.reports()) {
      List<CallReport.Entry> all;
      synchronized (this) {
        all = entries == null ? List.of() : List.copyOf(entries);
      }
      Duration took = Duration.ofNanos(failover.now() - begunAt);
      failover.report(new CallReport(operation(), route.mode(), all, took, answered));
    }
  }

  /** Why the call was refused before its first attempt. */
  SdkClientException refusal() {
    ended(false);
    return outcomes.refusal(needs, route);
  }

  /** What the caller is told of a call that no Region answered. */
  Throwable failure(@Nullable Throwable cause) {
    ended(false);
    boolean primaryGone = route.trial() || (isPrimaryOnly() && failover.primaryDown());
    return outcomes.failure(needs, attempts, primaryGone, race != null, cause);
  }

  private boolean isPrimaryOnly() {
    return !needs.operation().routing().moves() && needs.pinned() == null;
  }

  SdkClientException closed() {
    return SdkClientException.create(
        "This client was closed during " + operation(), new CancellationException());
  }

  static AbortedException interrupted(@Nullable Throwable cause) {
    return AbortedException.create("Thread was interrupted", cause);
  }

  /** The caller no longer waits for this attempt, or has the answer of another one. */
  void abandoned(InFlight attempt) {
    report(
        attempt,
        AttemptOutcome.ABANDONED,
        attempt.http.stateWhenAborted(),
        null,
        null,
        race == null ? GivenUp.CANCELLED : GivenUp.OVERTAKEN);
    if (race == null) {
      ended(false, false);
    }
  }

  /** An attempt that has not ended. */
  final class InFlight implements HttpAttempt.Watcher {
    static final long NOT_SENT = Long.MIN_VALUE;

    final RegionRole role;
    final long begunAt;
    final long id;
    final HttpAttempt http;
    volatile long sentAt = NOT_SENT;
    private boolean over;

    private InFlight(RegionRole role, Reason reason, int number) {
      this.role = role;
      this.begunAt = failover.now();
      this.id = failover.nextId();
      this.http =
          new HttpAttempt(
              role,
              number,
              reason,
              needs.read(),
              NextStep.throttlingGoesElsewhere(
                  role,
                  race != null || NextStep.after(route, attempts.size() + 1) != null,
                  role == RegionRole.SECONDARY && failover.primaryDown()),
              deadline,
              this);
    }

    /** Whether it holds one of the few places of a Region while both are down. */
    boolean isCapped() {
      return route.capped();
    }

    Call call() {
      return Call.this;
    }

    @Override
    public void handedOver() {
      failover.sent(this);
    }

    /**
     * Notes when it was sent; guarded by the failover's lock.
     *
     * @return false if it has ended: it was given up on its way to the network
     */
    boolean sentAt(long now) {
      // The SDK may retry: the time limit of the attempt is one for all its exchanges.
      sentAt = sentAt == NOT_SENT && !over ? now : sentAt;
      return !over;
    }

    /** Ends it, and says whether it was sent; guarded by the failover's lock. */
    boolean over() {
      over = true;
      return sentAt != NOT_SENT;
    }

    @Override
    public void answering(int status) {
      if (status / 100 == 2 || status / 100 == 4) {
        failover.answering(this);
      }
    }

    /** Whether it failed before it reached HTTP: that is no failure of the Region. */
    boolean isLocal(@Nullable Throwable error) {
      return error != null && sentAt == NOT_SENT && !Causes.isAnswer(error);
    }
  }
}
