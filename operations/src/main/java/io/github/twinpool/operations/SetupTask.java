package io.github.twinpool.operations;

/** A step of the set-up: looks, and changes if something is left to do. Keeps nothing. */
interface SetupTask {
  /** What is there, and what is left. Changes nothing. */
  SetupStep look(SetupContext context);

  /** Does what {@link #look} found to do. May be run again after it was killed at any point. */
  void apply(SetupContext context);
}
