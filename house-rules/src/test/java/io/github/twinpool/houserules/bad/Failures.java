package io.github.twinpool.houserules.bad;

/** Exceptions, one of which must be caught. */
final class Failures {
  private Failures() {}

  static final class Checked extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static final class Unchecked extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
