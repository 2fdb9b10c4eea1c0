package io.github.twinpool.houserules.bad;

/** Public, and any class may extend it. */
public class OpenToAll {
  public static class Nested {}

  public abstract static class Half {}

  public static class MayBeExtended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  public abstract static sealed class Sealed permits Leaf {}

  public static final class Leaf extends Sealed {}

  /** Its one constant has a body, so the compiler seals it. */
  public enum Choice {
    ONE {
      @Override
      int value() {
        return 1;
      }
    };

    abstract int value();
  }

  /** Not public: the rule says nothing about it. */
  static class Ours {}
}
