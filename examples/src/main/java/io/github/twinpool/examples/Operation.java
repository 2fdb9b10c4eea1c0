package io.github.twinpool.examples;

/** What the load asks of each client. */
enum Operation {
  SIGN_IN("sign-in"),
  REFRESH("refresh"),
  SIGN_UP("sign-up"),
  VALIDATE("validation");

  private final String label;

  Operation(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
