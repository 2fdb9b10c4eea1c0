package io.github.twinpool.examples.bad;

/** What rule 2 lets pass and what it does not. */
final class Shapes {
  private Shapes() {}

  record AsRecord(int value) {}

  enum AsEnum {
    ONE {
      @Override
      int value() {
        return 1;
      }
    };

    abstract int value();
  }

  abstract static sealed class AsSealed permits AsFinal {}

  static final class AsFinal extends AsSealed {}

  static final Object ANONYMOUS = new Object() {};

  static class Open {}

  abstract static class OpenAndAbstract {}

  static final class WorkerImpl {}

  static final class StringUtils {}

  static final class Checked extends Exception {}
}
