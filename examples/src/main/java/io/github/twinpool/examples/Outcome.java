package io.github.twinpool.examples;

/** What became of a call. */
enum Outcome {
  OK("answered"),
  /** Twinpool said at once that only the primary can do this, and that it is down. */
  REFUSED("refused at once"),
  FAILED("failed"),
  /** The demo ended before the call did. It counts as failed. */
  HANGING("still hanging when the demo ended");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean failed() {
    return this == FAILED || this == HANGING;
  }
}
