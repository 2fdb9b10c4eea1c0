package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverStatus;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.Transition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The failover as meters, described in {@code docs/spring.md}. Every tag has few values: the names
 * of operations, Regions' roles and enums. What happens before a registry is bound is not counted.
 */
final class FailoverMeters implements FailoverListener, MeterBinder {
  private final Supplier<MultiRegionCognito> cognito;
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  /**
   * @param cognito asked when a registry is bound, since this listener exists before the client
   */
  FailoverMeters(Supplier<MultiRegionCognito> cognito) {
    this.cognito = cognito;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    MultiRegionCognito client = cognito.get();
    for (FailoverMode mode : FailoverMode.values()) {
      Gauge.builder("twinpool.mode", client, it -> it.status().mode() == mode ? 1 : 0)
          .description("1 for the mode that calls are routed by, 0 for the others")
          .tag("mode", mode.name())
          .register(registry);
    }
    for (RegionRole role : client.status().regions().keySet()) {
      for (RegionHealth health : RegionHealth.values()) {
        Gauge.builder(
                "twinpool.region.health", client, it -> region(it, role).health() == health ? 1 : 0)
            .description("1 for the health of the Region, 0 for the other values")
            .tag("region.role", role.name())
            .tag("health", health.name())
            .register(registry);
      }
      Gauge.builder("twinpool.region.calls", client, it -> region(it, role).callsInFlight())
          .description("Attempts that have not ended yet")
          .tag("region.role", role.name())
          .register(registry);
    }
    lost(registry);
    registries.add(registry);
  }

  private static FailoverStatus.Region region(MultiRegionCognito client, RegionRole role) {
    FailoverStatus.Region region = client.status().regions().get(role);
    if (region == null) {
      throw new IllegalStateException("The pool has no " + role);
    }
    return region;
  }

  @Override
  public void onCall(CallReport report) {
    @Nullable RequestState before = null;
    for (CallReport.Entry attempt : report.attempts()) {
      attempt(report.operation(), attempt);
      if (attempt.reason() == CallReport.Reason.RESCUE && before != null) {
        move(report.operation(), attempt.role(), before);
      }
      before = attempt.requestState().orElse(null);
    }
  }

  private void attempt(String operation, CallReport.Entry attempt) {
    for (MeterRegistry registry : registries) {
      Timer.builder("twinpool.attempts")
          .description("Attempts at one Region")
          .tag("operation", operation)
          .tag("region.role", attempt.role().name())
          .tag("outcome", attempt.outcome().name())
          .register(registry)
          .record(attempt.elapsed());
    }
  }

  private void move(String operation, RegionRole to, RequestState state) {
    for (MeterRegistry registry : registries) {
      Counter.builder("twinpool.moves")
          .description("Calls that went on in another Region; after UNKNOWN, one may count twice")
          .tag("operation", operation)
          .tag("to", to.name())
          .tag("state", state.name())
          .register(registry)
          .increment();
    }
  }

  @Override
  public void onTransition(Transition transition) {
    for (MeterRegistry registry : registries) {
      Counter.builder("twinpool.transitions")
          .description("Changes of the mode")
          .tag("from", transition.from().name())
          .tag("to", transition.to().name())
          .tag("observed.only", Boolean.toString(transition.observedOnly()))
          .register(registry)
          .increment();
    }
  }

  @Override
  public void onProbe(ProbeReport report) {
    for (MeterRegistry registry : registries) {
      Counter.builder("twinpool.probes")
          .description("Probes of the Regions")
          .tag("region.role", report.role().name())
          .tag("probe", report.probe())
          .tag("outcome", report.alive() ? "ALIVE" : "FAILED")
          .register(registry)
          .increment();
    }
  }

  @Override
  public void onRevocationLost(LostRevocation lost) {
    registries.forEach(registry -> lost(registry).increment());
  }

  private static Counter lost(MeterRegistry registry) {
    return Counter.builder("twinpool.revocations.lost")
        .description("Revocations that did not reach both Regions")
        .register(registry);
  }
}
