package io.github.twinpool.signin;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What a {@link MachineTokens} was built with. */
record MachineTokenSettings(
    DomainOptions domain,
    String clientId,
    Supplier<List<String>> secrets,
    Duration refreshAhead,
    RandomGenerator random) {

  @Override
  public String toString() {
    return "MachineTokenSettings[" + clientId + "]";
  }
}
