package io.github.twinpool.operations;

import java.util.List;

/**
 * Steps need a decision or a deed of somebody else first, or more time than the patience allows.
 * Thrown before the first change, nothing was changed; later, run the set-up again to go on.
 */
public final class SetupBlockedException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final transient List<SetupStep> steps;

  SetupBlockedException(List<SetupStep> steps) {
    super(
        "Set-up is blocked: "
            + String.join("; ", steps.stream().map(it -> it.kind() + ": " + it.change()).toList()),
        null);
    this.steps = List.copyOf(steps);
  }

  /** The steps that block. */
  public List<SetupStep> steps() {
    return steps;
  }
}
