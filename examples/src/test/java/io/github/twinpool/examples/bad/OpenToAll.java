package io.github.twinpool.examples.bad;

/** Public, and anybody may extend it. */
public class OpenToAll {
  public static class Nested {}

  public static class MayBeExtended extends RuntimeException {}
}
