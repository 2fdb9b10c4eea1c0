package io.github.twinpool.examples;

/** Shows the run while it goes on. */
interface LiveView extends AutoCloseable {
  /** Milliseconds from one look to the next. */
  long periodMillis();

  void show(Progress progress);

  @Override
  default void close() {}
}
