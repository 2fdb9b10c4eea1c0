package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.calls.Call.InFlight;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.NextStep.GivenUp;
import io.github.twinpool.failover.internal.regions.Causes;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Blocking calls, each on its caller's own thread: a loop over the Regions that may serve it. To
 * leave a hung attempt behind, another thread aborts its exchange; that frees the caller, who makes
 * the next attempt. Nothing interrupts the caller, and nothing answers for it.
 */
final class BlockingCalls {
  /** Sends one attempt with the SDK's blocking client, and waits for what comes of it. */
  interface Send {
    @Nullable Object send(RegionRole role, HttpAttempt attempt) throws Exception;
  }

  private final Set<Waiting> active = ConcurrentHashMap.newKeySet();
  private final CallGate gate;
  private final Executor aborts;

  /**
   * @param aborts runs aborts: each may block for a moment
   */
  BlockingCalls(CallGate gate, Executor aborts) {
    this.gate = gate;
    this.aborts = aborts;
  }

  /**
   * Makes a call.
   *
   * @return the Region's answer
   * @throws Throwable the Region's refusal, or what came of all attempts
   */
  @Nullable Object call(PreparedCall prepared, Send send) throws Throwable {
    Call call = gate.enter(prepared);
    try {
      if (call.isRefused()) {
        throw call.refusal();
      }
      return inOrder(call, send);
    } finally {
      gate.leave();
    }
  }

  /** Tries one Region after the other. */
  private @Nullable Object inOrder(Call call, Send send) throws Throwable {
    RegionRole role = call.firstRegion();
    Throwable before = null;
    while (true) {
      InFlight attempt = call.begin(role);
      if (attempt == null) {
        RegionRole next = call.afterLeavingOut();
        if (next == null) {
          throw call.failure(before);
        }
        role = next;
        continue;
      }
      Object value = null;
      Throwable error = null;
      Waiting waiting = enter(attempt);
      try {
        value = send.send(role, attempt.http);
      } catch (InvocationTargetException e) {
        error = e.getTargetException();
      } catch (Throwable e) { // An Error, too, would leave an attempt in flight for ever.
        error = e;
      } finally {
        leave(waiting);
      }
      GivenUp givenUp = givenUp(waiting, error);
      NextStep next = call.ended(attempt, value, error, givenUp, !gate.isClosed());
      if (error != null && givenUp == GivenUp.INTERRUPTED) {
        call.ended(false);
        throw Call.interrupted(error);
      }
      switch (next.kind()) {
        case ANSWER -> {
          if (error != null) {
            call.ended(true);
            throw error;
          }
          return call.answered(role, value);
        }
        case TRY -> {
          role = Objects.requireNonNull(next.role());
          before = error;
        }
        case FAIL -> throw gate.isClosed() ? call.closed() : call.failure(error);
        case FAIL_LOCALLY -> {
          call.ended(false);
          throw error == null || gate.isClosed() ? call.closed() : error;
        }
      }
    }
  }

  private Waiting enter(InFlight attempt) {
    Waiting waiting = new Waiting(attempt, Thread.currentThread());
    active.add(waiting);
    if (gate.isClosed()) {
      giveUp(waiting, GivenUp.CLOSED);
    }
    return waiting;
  }

  /** From here on an abort does nothing: the connection may be back in the pool. */
  private void leave(Waiting waiting) {
    waiting.attempt.http.end();
    active.remove(waiting);
  }

  /** The caller's interrupt comes before all else that may have ended the attempt. */
  private static @Nullable GivenUp givenUp(Waiting waiting, @Nullable Throwable error) {
    boolean failed = error != null && !Causes.isAnswer(error);
    if (failed && Thread.currentThread().isInterrupted()) {
      return GivenUp.INTERRUPTED;
    }
    // Without the flag it was the SDK that interrupted: a time limit of the user's.
    return waiting.givenUp == GivenUp.INTERRUPTED ? null : waiting.givenUp;
  }

  /**
   * Frees callers: whose time is over, whose Region was left, and who were interrupted.
   *
   * @param leftPrimary whether the primary was left by a switch
   */
  void tick(long now, boolean leftPrimary, boolean leftSecondary) {
    for (Waiting waiting : active) {
      boolean left = waiting.attempt.role == RegionRole.PRIMARY ? leftPrimary : leftSecondary;
      GivenUp why =
          waiting.staysInterrupted()
              ? GivenUp.INTERRUPTED
              : waiting.attempt.call().mustEnd(waiting.attempt, now, left);
      if (why != null) {
        giveUp(waiting, why);
      }
    }
  }

  boolean isIdle() {
    return active.isEmpty();
  }

  /** Frees every caller; the gate lets no more in. */
  void close() {
    active.forEach(waiting -> giveUp(waiting, GivenUp.CLOSED));
  }

  private void giveUp(Waiting waiting, GivenUp why) {
    if (!waiting.giveUp(why)) {
      return;
    }
    waiting.attempt.http.giveUp();
    try {
      aborts.execute(waiting.attempt.http::abort);
    } catch (RejectedExecutionException e) {
      // Closed, and with it the connections.
    } catch (OutOfMemoryError e) {
      waiting.attempt.http.abort(); // The machine has no thread to spare.
    }
  }

  /** An attempt for which a caller waits. */
  private static final class Waiting {
    final InFlight attempt;
    final Thread caller;
    volatile @Nullable GivenUp givenUp;

    /** The heartbeat's own. */
    private boolean interrupted;

    Waiting(InFlight attempt, Thread caller) {
      this.attempt = attempt;
      this.caller = caller;
    }

    /**
     * Whether the caller has been interrupted since the last tick: the SDK interrupts its own
     * callers for a time limit of the user's, and ends that within a moment.
     */
    boolean staysInterrupted() {
      boolean before = interrupted;
      interrupted = caller.isInterrupted();
      return before && interrupted;
    }

    /** Once: the heartbeat and the one who closes the client may come at the same time. */
    synchronized boolean giveUp(GivenUp why) {
      if (givenUp != null) {
        return false;
      }
      givenUp = why;
      return true;
    }
  }

  /** Lets calls in: no more at once than are allowed, and none once the client is closed. */
  static final class CallGate {
    private final UserPool pool;
    private final GuardedFailover failover;
    private final Outcomes outcomes;
    private final int most;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param most how many calls may be in flight
     */
    CallGate(UserPool pool, GuardedFailover failover, int most) {
      this.pool = pool;
      this.failover = failover;
      this.outcomes = new Outcomes(pool);
      this.most = most;
    }

    /**
     * Decides where a call may go. What enters must {@linkplain #leave() leave}.
     *
     * @throws SdkClientException if it is not let in
     */
    Call enter(PreparedCall prepared) {
      if (closed) {
        throw SdkClientException.create("This client is closed");
      }
      if (calls.incrementAndGet() > most) {
        calls.decrementAndGet();
        throw SdkClientException.create("Too many calls in flight: limit " + most);
      }
      try {
        return new Call(pool, failover, outcomes, prepared);
      } catch (Throwable e) {
        leave();
        throw e;
      }
    }

    void leave() {
      calls.decrementAndGet();
    }

    void close() {
      closed = true;
    }

    boolean isClosed() {
      return closed;
    }
  }
}
