package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one operation of the service does. */
@FunctionalInterface
interface Operation {
  /**
   * Answers a request that has passed its {@link RequestShape}.
   *
   * @throws WireError the service's refusal
   */
  ObjectNode answer(Call call);
}
