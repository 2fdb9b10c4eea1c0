package io.github.twinpool.examples;

/** The three parts of the demo, in their order. */
enum Phase {
  HEALTHY("healthy"),
  OUTAGE("primary hangs"),
  RECOVERY("recovered");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
