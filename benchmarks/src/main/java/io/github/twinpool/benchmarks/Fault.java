package io.github.twinpool.benchmarks;

import io.github.twinpool.emulator.Outage;
import java.time.Duration;
import java.util.Locale;

/** What goes wrong at the primary. */
@SuppressWarnings("ImmutableEnumChecker") // Outage is final and all its state is
enum Fault {
  REFUSE(Outage.refused()),
  HANG(Outage.hang()),
  ERRORS_500(Outage.internalErrors()),
  LATENCY_4_S(Outage.latency(Duration.ofSeconds(4))),
  ERRORS_10_PERCENT(Outage.errorRate(0.1, 42));

  private final Outage outage;

  Fault(Outage outage) {
    this.outage = outage;
  }

  Outage outage() {
    return outage;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
