package io.github.twinpool.spring;

import io.github.twinpool.signin.MachineTokensBuilder;

/** A bean that changes the builder of the machine tokens after the properties have. */
@FunctionalInterface
public interface MachineTokensBuilderCustomizer {
  /** Changes the builder. */
  void customize(MachineTokensBuilder builder);
}
