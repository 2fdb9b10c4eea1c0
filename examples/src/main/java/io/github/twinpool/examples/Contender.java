package io.github.twinpool.examples;

/** One way of talking to Cognito, under the same load as the other. Safe for many threads. */
interface Contender extends AutoCloseable {
  String name();

  /**
   * Makes one call and waits for its answer.
   *
   * @throws Exception if there was no good answer
   */
  void call(Operation operation) throws Exception;

  @Override
  void close();
}
