package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.CallReport;
import io.github.twinpool.failover.FailoverListener.HealthChange;
import io.github.twinpool.failover.FailoverListener.ProbeReport;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.FailoverStatus;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.calls.Call.InFlight;
import io.github.twinpool.failover.internal.calls.GuardedFailover.Prober;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine.Effect;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.ProbeKind.ProbeResult;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the state machine with a lock, and carries out what it decides outside of that lock.
 * Thread-safe.
 */
public final class GuardedFailover {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong attemptIds = new AtomicLong();
  private final UserPool pool;
  private final FailoverStateMachine machine;
  private final long attemptTimeout;
  private final LongSupplier nanoTime;
  private final Prober prober;
  private final Listeners listeners;

  public GuardedFailover(
      UserPool pool,
      FailoverStateMachine machine,
      FailoverPolicy policy,
      LongSupplier nanoTime,
      Prober prober,
      Listeners listeners) {
    this.pool = pool;
    this.machine = machine;
    this.attemptTimeout = policy.attemptTimeout().toNanos();
    this.nanoTime = nanoTime;
    this.prober = prober;
    this.listeners = listeners;
  }

  public long now() {
    return nanoTime.getAsLong();
  }

  Route route(RoutingNeeds needs) {
    return locked(it -> it.route(needs, now()));
  }

  /** A call goes on in another Region after an attempt that was not answered. */
  void goesOn(String operation, RegionRole from, RegionRole to, RequestState state) {
    LOG.debug("User pool {}: {} goes on {} -> {}, {}", pool.id(), operation, from, to, state);
  }

  public void advice(String source, Advice kind, boolean healthy) {
    locked(
        it -> {
          it.advice(source, kind, healthy, now());
          return it;
        });
  }

  // ---- attempts

  /** How long an attempt may take that leaves time for another Region. */
  long attemptTimeout() {
    return attemptTimeout;
  }

  long nextId() {
    return attemptIds.incrementAndGet();
  }

  /** Takes one of the few places of a Region while both are down; false if there is none. */
  boolean mayTry(RegionRole role) {
    return locked(it -> it.reserve(role));
  }

  /** Notes that an exchange of an attempt is handed to HTTP, unless the attempt has ended. */
  void sent(InFlight attempt) {
    long now = now();
    locked(
        it -> {
          if (attempt.sentAt(now)) {
            it.attemptSent(attempt.role, attempt.id, attempt.isCapped(), now);
          }
          return it;
        });
  }

  /** Notes that the head of an answer has arrived: the attempt grows no older. */
  void answering(InFlight attempt) {
    locked(
        it -> {
          it.attemptAnswering(attempt.role, attempt.id, now());
          return it;
        });
  }

  /**
   * Notes the end of an attempt.
   *
   * @param overtaken whether it is only left because another attempt of its call was faster
   */
  void ended(InFlight attempt, AttemptOutcome outcome, boolean overtaken) {
    long now = now();
    locked(
        it -> {
          boolean sent = attempt.over();
          if (overtaken) {
            it.attemptOvertaken(attempt.role, attempt.id, now);
          } else if (sent) {
            it.attemptEnded(attempt.role, attempt.id, outcome, now);
          }
          if (!sent && attempt.isCapped()) {
            it.release(attempt.role);
          }
          return it;
        });
  }

  /** Whether anyone hears how calls went. */
  boolean reports() {
    return !listeners.isEmpty();
  }

  void report(CallReport report) {
    listeners.report(report);
  }

  /** Notes how a call ended of which at least one attempt had failed. */
  void afterFailure(boolean rescued) {
    locked(
        it -> {
          if (rescued) {
            it.callRescued();
          } else {
            it.callFailed();
          }
          return rescued;
        });
  }

  public void tick() {
    locked(
        it -> {
          it.tick(now());
          return it;
        });
  }

  boolean left(RegionRole role) {
    return locked(it -> it.left(role));
  }

  public void override(RegionRole role, boolean strict, Duration duration) {
    locked(
        it -> {
          it.override(role, strict, duration, now());
          return it;
        });
  }

  public void endOverride() {
    locked(
        it -> {
          it.endOverride(now());
          return it;
        });
  }

  public boolean primaryDown() {
    return locked(it -> it.health(RegionRole.PRIMARY) == RegionHealth.DOWN);
  }

  public boolean allDown() {
    return locked(FailoverStateMachine::bothDown);
  }

  public RegionRole serving() {
    return locked(FailoverStateMachine::serving);
  }

  public FailoverStatus status() {
    return locked(
        it -> {
          Map<RegionRole, FailoverStatus.Region> regions = new EnumMap<>(RegionRole.class);
          for (RegionRole role : pool.roles()) {
            regions.put(
                role,
                new FailoverStatus.Region(
                    pool.region(role),
                    it.shownHealth(role),
                    it.healthReason(role),
                    it.evidence(role).inFlight()));
          }
          return new FailoverStatus(it.effectiveMode(), it.serving(), it.timeInMode(), regions);
        });
  }

  private <T> T locked(Function<FailoverStateMachine, T> step) {
    T result;
    List<Effect> effects;
    lock.lock();
    try {
      result = step.apply(machine);
      effects = machine.takeEffects();
      // Queued under the lock, so that listeners see events in their order; they run elsewhere.
      effects.forEach(this::announce);
    } finally {
      lock.unlock();
    }
    effects.forEach(this::carryOut);
    return result;
  }

  private void announce(Effect effect) {
    if (effect instanceof Effect.ModeChanged changed) {
      listeners.tell(listener -> listener.onTransition(changed.transition()));
    } else if (effect instanceof Effect.HealthChanged it) {
      HealthChange change = new HealthChange(it.role(), it.from(), it.to(), it.reason());
      listeners.tell(listener -> listener.onHealthChange(change));
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Probe probe) {
      prober.probe(probe.role(), probe.kind(), result -> probed(probe, result));
    } else if (effect instanceof Effect.ModeChanged changed) {
      Transition it = changed.transition();
      LOG.warn(
          "User pool {}: {}{} -> {}, because {} (after {} s; {} calls rescued, {} failed)",
          pool.id(),
          it.observedOnly() ? "(only observed) " : "",
          it.from(),
          it.to(),
          it.reason(),
          it.timeInOldMode().toSeconds(),
          it.rescuedCalls(),
          it.failedCalls());
    } else if (effect instanceof Effect.NeverAnswered it) {
      LOG.warn(
          "User pool {}: the {} {} has answered nothing since the start: can this process reach {}?",
          pool.id(),
          it.role(),
          pool.region(it.role()),
          pool.endpoint(it.role()).getHost());
    } else if (effect instanceof Effect.HealthChanged it) {
      LOG.debug(
          "User pool {}: {} {} -> {}: {}", pool.id(), it.role(), it.from(), it.to(), it.reason());
    }
  }

  private void probed(Effect.Probe probe, ProbeResult result) {
    boolean alive = result == ProbeResult.ALIVE || result == ProbeResult.NOT_SERVING;
    LOG.debug("User pool {}: probe {} {} {}", pool.id(), probe.kind(), probe.role(), result);
    if (result != ProbeResult.NOT_MADE) {
      ProbeReport report = new ProbeReport(probe.role(), probe.kind().name(), alive);
      listeners.tell(listener -> listener.onProbe(report));
    }
    locked(
        it -> {
          it.probeEnded(probe.role(), probe.kind(), probe.id(), result, now());
          return it;
        });
  }

  /**
   * Carries out probes; the result arrives on any thread, once, or never if the prober has died.
   */
  public interface Prober {
    void probe(RegionRole role, ProbeKind kind, Consumer<ProbeResult> result);
  }
}
