package io.github.twinpool.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who wait for a round to end, and what they are told when it has not brought their key.
 * Lives on the loop, but for {@link #fail}.
 */
final class Waiters {
  private final String poolId;
  private final SourceOrder sources;
  private final ValidatorEvents events;
  private final List<Waiter> waiting = new ArrayList<>();

  Waiters(String poolId, SourceOrder sources, ValidatorEvents events) {
    this.poolId = poolId;
    this.sources = sources;
    this.events = events;
  }

  void add(Waiter waiter) {
    waiting.add(waiter);
  }

  boolean any() {
    return !waiting.isEmpty();
  }

  /** The keys that are waited for. */
  List<String> keyIds() {
    return waiting.stream().map(Waiter::keyId).distinct().toList();
  }

  /** Those whose wait has come to an end leave. */
  void leaveIf(Predicate<Waiter> answered) {
    waiting.removeIf(answered);
  }

  /**
   * All leave with the same verdict.
   *
   * @param absent whether the keys are known not to exist
   */
  void settleAll(boolean absent) {
    List<Waiter> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(waiter -> settle(waiter, absent));
  }

  /** One who need not wait, or no longer, hears that there is no key, or that nobody can tell. */
  void settle(Waiter waiter, boolean absent) {
    if (!absent) {
      fail(waiter);
      return;
    }
    if (waiter.tried().isEmpty()) {
      events.unknownKey(poolId);
    }
    waiter.answer().complete(List.of());
  }

  /** Nobody can tell. May come from any thread. */
  void fail(Waiter waiter) {
    waiter.answer().completeExceptionally(new KeysUnavailableException(poolId, sources.failures()));
  }
}
