package io.github.twinpool.emulator;

import java.util.Map;

/**
 * Which sessions and secret blocks were answered: each is good for one right answer. Thread-safe.
 */
final class UsedStates {
  private static final int REMEMBERED = 100_000;

  private final Map<String, Boolean> used = new BoundedMap<>(REMEMBERED);

  synchronized void check(String id) {
    if (used.containsKey(id)) {
      throw usedBefore();
    }
  }

  /**
   * Uses a state up.
   *
   * @throws WireError a NotAuthorizedException if somebody else was faster
   */
  synchronized void use(String id) {
    if (used.put(id, true) != null) {
      throw usedBefore();
    }
  }

  private static WireError usedBefore() {
    return WireError.notAuthorized("Invalid session for the user, session can only be used once.");
  }
}
