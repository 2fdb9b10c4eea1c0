package io.github.twinpool.benchmarks;

/** One way of talking to Cognito. Safe for many threads. */
interface Contestant extends AutoCloseable {
  String name();

  /** Makes one call and waits for its answer; throws if there is none. */
  void call(CallKind kind);

  @Override
  void close();
}
