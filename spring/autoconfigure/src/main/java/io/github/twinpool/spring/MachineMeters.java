package io.github.twinpool.spring;

import io.github.twinpool.signin.MachineTokenCounts;
import io.github.twinpool.signin.MachineTokens;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** Machine tokens as meters, described in {@code docs/spring.md}. */
final class MachineMeters implements MeterBinder {
  private final MachineTokens machine;

  MachineMeters(MachineTokens machine) {
    this.machine = machine;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bind(registry, "served", MachineTokenCounts::served);
    bind(registry, "requested", MachineTokenCounts::requested);
    bind(registry, "failed", MachineTokenCounts::failed);
  }

  private void bind(MeterRegistry registry, String result, ToLongFunction<MachineTokenCounts> of) {
    FunctionCounter.builder("twinpool.machine.tokens", machine, it -> of.applyAsLong(it.counts()))
        .description("Machine tokens that were handed out, and requests for them")
        .tag("result", result)
        .register(registry);
  }
}
