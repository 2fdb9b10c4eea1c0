package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.RequestState;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;

/**
 * One attempt as the SDK's client of a Region meets it: what is known of its exchanges, and how
 * they are aborted. An abort targets the attempt, never a thread, and does nothing once the SDK's
 * call has returned. Thread-safe.
 */
public final class HttpAttempt {
  /** Is told what happens to the attempt below the SDK, on whichever thread it happens. */
  public interface Watcher {
    /** An exchange is handed to HTTP. More than once if the SDK retries. */
    void handedOver();

    /** The head of an answer has arrived. */
    void answering(int status);
  }

  private final RegionRole role;
  private final int number;
  private final Reason reason;
  private final boolean repeatable;
  private final boolean throttlingGoesElsewhere;
  private final long deadline;
  private final Watcher watcher;

  private volatile boolean handedOver;
  private volatile boolean written;
  private volatile boolean givenUp;
  private volatile boolean over;
  private volatile @Nullable Abortable exchange;
  private volatile RequestState state = RequestState.NOT_SENT;
  private final AtomicReference<@Nullable Runnable> slot = new AtomicReference<>();

  /**
   * @param number counts the attempts of a call, from 1
   * @param repeatable whether it is a read, which may be sent again after a reset
   * @param throttlingGoesElsewhere whether the other Region is asked at once if this one throttles
   * @param deadline when the call ends, in monotonic nanoseconds
   */
  public HttpAttempt(
      RegionRole role,
      int number,
      Reason reason,
      boolean repeatable,
      boolean throttlingGoesElsewhere,
      long deadline,
      Watcher watcher) {
    this.role = role;
    this.number = number;
    this.reason = reason;
    this.repeatable = repeatable;
    this.throttlingGoesElsewhere = throttlingGoesElsewhere;
    this.deadline = deadline;
    this.watcher = watcher;
  }

  public RegionRole role() {
    return role;
  }

  public int number() {
    return number;
  }

  public Reason reason() {
    return reason;
  }

  boolean repeatable() {
    return repeatable;
  }

  boolean throttlingGoesElsewhere() {
    return throttlingGoesElsewhere;
  }

  public long deadline() {
    return deadline;
  }

  // ---- on the way to the network

  /**
   * Hands an exchange over to HTTP.
   *
   * @param next can be aborted from now on; null if it cannot be
   * @return whether it may go on
   */
  public boolean handOver(@Nullable Abortable next) {
    written = false;
    exchange = next;
    // What gave the attempt up before this has seen no exchange, and is seen here.
    if (givenUp) {
      return false;
    }
    handedOver = true;
    watcher.handedOver();
    return true;
  }

  /** HTTP takes bytes of the request: from now on the Region may act on it. */
  public void writes() {
    written = true;
  }

  /** The head of an answer has arrived. */
  void answering(int status) {
    watcher.answering(status);
  }

  /** The attempt holds a slot of its Region until its SDK call ends. */
  void holds(Runnable release) {
    slot.set(release);
  }

  /** Notes the failure of an exchange: what was sent once stays sent, whatever a retry meets. */
  void failed(Throwable failure) {
    RequestState of = stateOf(failure);
    state = of.compareTo(state) > 0 ? of : state;
  }

  /** Whether the Region may have received the exchange that failed with this. */
  boolean maybeReceived(Throwable failure) {
    return stateOf(failure) == RequestState.UNKNOWN;
  }

  private RequestState stateOf(Throwable failure) {
    RequestState of = Causes.requestState(failure);
    boolean neverLeft = of == RequestState.UNKNOWN && !Causes.isAnswer(failure) && !written;
    return neverLeft ? RequestState.NOT_SENT : of;
  }

  // ---- its end

  /** Gives it up: no more exchange begins, and the SDK does not retry. */
  public void giveUp() {
    givenUp = true;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** Aborts the exchange of an attempt that was given up. May block for a moment. */
  public void abort() {
    Abortable it = exchange;
    if (it != null && !over) {
      it.abort();
    }
  }

  /** The SDK's call has returned: its connection may be back in the pool. */
  public void end() {
    over = true;
    exchange = null;
    releaseSlot();
  }

  /** Gives the slot back, once. */
  void releaseSlot() {
    Runnable release = slot.getAndSet(null);
    if (release != null) {
      release.run();
    }
  }

  /** Whether any exchange was handed to HTTP: what failed before that is no Region's failure. */
  public boolean wasHandedOver() {
    return handedOver;
  }

  /** What is known of the request now, if its last exchange was aborted. */
  public RequestState stateWhenAborted() {
    return written ? RequestState.UNKNOWN : state;
  }

  /** What is known of the request, after it failed with this. */
  public RequestState stateAfter(Throwable failure) {
    RequestState of = stateOf(failure);
    return of.compareTo(state) > 0 ? of : state;
  }

  /**
   * Which attempt runs on this thread: how what lies below the SDK learns for which attempt it
   * works.
   */
  public static final class Current {
    @SuppressWarnings("ThreadLocalUsage") // One per client: two clients share nothing mutable.
    private final ThreadLocal<@Nullable HttpAttempt> attempt = new ThreadLocal<>();

    @Nullable HttpAttempt get() {
      return attempt.get();
    }

    /**
     * Begins to work for an attempt.
     *
     * @return the attempt that this one runs inside of: an interceptor can make calls, too
     */
    public @Nullable HttpAttempt enter(HttpAttempt running) {
      HttpAttempt outer = attempt.get();
      attempt.set(running);
      return outer;
    }

    public void leave(@Nullable HttpAttempt outer) {
      if (outer == null) {
        attempt.remove();
      } else {
        attempt.set(outer);
      }
    }
  }

  /**
   * Writes into the SDK's execution attributes which attempt of a call this is, so that
   * interceptors of the user can read it. For the async client it also tells the attempt when its
   * request is handed to the network and when an answer arrives: there, no HTTP client of ours is
   * in between.
   */
  static final class AttemptInterceptor implements ExecutionInterceptor {
    private static final ExecutionAttribute<HttpAttempt> ATTEMPT =
        new ExecutionAttribute<>("TwinpoolHttpAttempt");

    private final HttpAttempt.Current current;
    private final boolean async;
    private final Tracing tracing;

    AttemptInterceptor(Current current, boolean async, Tracing tracing) {
      this.current = current;
      this.async = async;
      this.tracing = tracing;
    }

    /** Still on the thread that began the attempt. */
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      HttpAttempt attempt = current.get();
      if (attempt != null) {
        attributes.putAttribute(ATTEMPT, attempt);
        attributes.putAttribute(Attempt.ROLE, attempt.role());
        attributes.putAttribute(Attempt.NUMBER, attempt.number());
        attributes.putAttribute(Attempt.REASON, attempt.reason());
        if (async) {
          // The SDK's instrumentation does not make an async attempt's span the current one.
          tracing.begins(attempt);
        }
      }
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      RegionClientFactory.requireSafe(context.httpRequest());
      HttpAttempt attempt = attributes.getAttribute(ATTEMPT);
      if (attempt == null) {
        return;
      }
      if (async) {
        attempt.handOver(null);
        attempt.writes();
      } else {
        tracing.mark(attempt);
      }
    }

    @Override
    public void afterTransmission(
        Context.AfterTransmission context, ExecutionAttributes attributes) {
      HttpAttempt attempt = async ? attributes.getAttribute(ATTEMPT) : null;
      if (attempt != null) {
        attempt.answering(context.httpResponse().statusCode());
      }
    }
  }
}
