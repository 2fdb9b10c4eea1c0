package io.github.twinpool.operations;

import java.util.List;

/** A plan has steps that need a decision or a deed of somebody else first. Nothing was changed. */
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
