package io.github.twinpool.emulator;

import java.util.Set;

/** Operations that IAM refuses, as a test wants it. Thread-safe. */
final class Denials {
  private volatile Set<String> denied = Set.of();

  /** An operation that is refused. */
  static final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Denied() {
      super(null, null, false, false);
    }

    /** As IAM words it. */
    String message(String service, String operation) {
      String action = service + ":" + operation;
      return "User: arn:aws:iam::"
          + PoolOperations.ACCOUNT
          + ":user/test is not authorized to perform: "
          + action
          + " because no identity-based policy allows the "
          + action
          + " action";
    }
  }

  /** Refuses these from now on, and no others. */
  void deny(String... operations) {
    denied = Set.of(operations);
  }

  void check(String operation) {
    if (denied.contains(operation)) {
      throw new Denied();
    }
  }
}
