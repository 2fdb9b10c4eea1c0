package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.FailoverStatus;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.machine.Effect;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.ProbeResult;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.Prober;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
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

  /** No attempt. */
  static final long FULL = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong callIds = new AtomicLong();
  private final UserPool pool;
  private final FailoverStateMachine machine;
  private final LongSupplier nanoTime;
  private final Prober prober;
  private final Listeners listeners;

  public GuardedFailover(
      UserPool pool,
      FailoverStateMachine machine,
      LongSupplier nanoTime,
      Prober prober,
      Listeners listeners) {
    this.pool = pool;
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.prober = prober;
    this.listeners = listeners;
  }

  public long now() {
    return nanoTime.getAsLong();
  }

  public Route route(RoutingNeeds needs) {
    return locked(it -> it.route(needs, now()));
  }

  void moved(String operation, RegionRole from, RegionRole to, RequestState state) {
    LOG.debug("User pool {}: {} moves {} -> {}, {}", pool.id(), operation, from, to, state);
    listeners.tell(listener -> listener.onMove(operation, from, to, state));
  }

  public void advice(Advice kind, boolean healthy) {
    locked(
        it -> {
          it.advice(kind, healthy, now());
          return it;
        });
  }

  /**
   * Notes that an attempt begins.
   *
   * @param capped whether it must not, while enough calls are trying this Region
   * @return identifies it; {@link #FULL} if it must not begin
   */
  public long started(RegionRole role, boolean capped) {
    long id = callIds.incrementAndGet();
    return locked(
        it -> {
          if (capped && it.full(role)) {
            return FULL;
          }
          it.attemptStarted(role, id, now());
          return id;
        });
  }

  public void ended(
      RegionRole role, long id, String operation, AttemptOutcome outcome, Duration elapsed) {
    locked(
        it -> {
          it.attemptEnded(role, id, outcome, now());
          return id;
        });
    listeners.tell(listener -> listener.onAttempt(operation, role, outcome, elapsed));
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
                    it.health(role),
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
      listeners.tell(
          listener -> listener.onHealthChange(it.role(), it.from(), it.to(), it.reason()));
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
    } else if (effect instanceof Effect.HealthChanged it) {
      LOG.debug(
          "User pool {}: {} {} -> {}: {}", pool.id(), it.role(), it.from(), it.to(), it.reason());
    }
  }

  private void probed(Effect.Probe probe, ProbeResult result) {
    boolean alive = result != ProbeResult.FAILED;
    LOG.debug("User pool {}: probe {} {} {}", pool.id(), probe.kind(), probe.role(), result);
    listeners.tell(listener -> listener.onProbe(probe.role(), probe.kind().name(), alive));
    locked(
        it -> {
          it.probeEnded(probe.role(), probe.kind(), probe.id(), result, now());
          return it;
        });
  }
}
