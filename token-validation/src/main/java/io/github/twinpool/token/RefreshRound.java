package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One refresh of a pool's keys. The sources are asked in order: the next one when one has failed or
 * has kept silent for the hedge delay. Once one has answered and the owner wants no more, the round
 * is over; while the owner misses a key, all others are asked and have a short time to answer.
 * Lives on the loop.
 */
final class RefreshRound {
  private final Owner owner;
  private final RefreshLoop loop;
  private final KeyPolicy policy;
  private final Deque<KeySource> waiting;
  private final Map<KeySource, CompletableFuture<Jwks>> asked = new LinkedHashMap<>();
  private final long startedAt;
  private int turns;
  private boolean answered;
  private boolean over;

  /** Whose keys are refreshed. All calls come from the loop. */
  interface Owner {
    /** A source has published keys. */
    void answered(KeySource source, Jwks jwks);

    /** A source has failed. */
    void failed(KeySourceFailure failure);

    /** Whether other sources might still have what the answers so far have not. */
    boolean wantsMore();

    /** The round is over. */
    void ended(RefreshRound round);
  }

  RefreshRound(Owner owner, List<KeySource> sources, KeyPolicy policy, RefreshLoop loop) {
    this.owner = owner;
    this.loop = loop;
    this.policy = policy;
    waiting = new ArrayDeque<>(sources);
    startedAt = loop.nanoTime();
  }

  void start() {
    loop.schedule(policy.keysTimeout(), this::end);
    askNext();
  }

  /** Whether a source has published keys in this round. */
  boolean hasAnswer() {
    return answered;
  }

  boolean isOlderThan(Duration age) {
    return loop.nanoTime() - startedAt >= age.toNanos();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what arrived() throws, the loop reports
  private void askNext() {
    KeySource source = waiting.poll();
    if (over || source == null) {
      return;
    }
    int turn = ++turns;
    CompletableFuture<Jwks> answer = fetch(source);
    asked.put(source, answer);
    answer.whenComplete((jwks, failure) -> onLoop(() -> arrived(source, jwks, failure)));
    loop.schedule(
        policy.hedgeDelay(),
        () -> {
          if (turn == turns) {
            askNext();
          }
        });
  }

  private static CompletableFuture<Jwks> fetch(KeySource source) {
    try {
      return source.fetch();
    } catch (RuntimeException | OutOfMemoryError e) { // Without a thread to spare, too.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException closed) {
      over = true;
    }
  }

  private void arrived(KeySource source, @Nullable Jwks jwks, @Nullable Throwable failure) {
    if (over || asked.remove(source) == null) {
      return;
    }
    if (jwks != null) {
      answered = true;
      owner.answered(source, jwks);
      hearTheOthers();
    } else {
      owner.failed(known(failure).from(source.uri()));
      askNext();
    }
    endIfDone();
  }

  private void hearTheOthers() {
    if (!owner.wantsMore()) {
      end();
      return;
    }
    while (!waiting.isEmpty()) {
      askNext();
    }
    loop.schedule(policy.stragglerWait(), this::end);
  }

  private void endIfDone() {
    if (asked.isEmpty() && waiting.isEmpty()) {
      end();
    }
  }

  /** Ends the round, whatever is still under way. Does nothing when it is over. */
  void end() {
    if (over) {
      return;
    }
    over = true;
    Reason reason = answered ? Reason.SLOWER_THAN_OTHERS : Reason.TIMEOUT;
    asked.forEach(
        (source, answer) -> {
          answer.cancel(true);
          owner.failed(new KeySourceFailure(source.uri(), reason, ""));
        });
    owner.ended(this);
  }

  private static KeySourceException known(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof KeySourceException known
        ? known
        : new KeySourceException(Reason.CONNECTION, "unexpected");
  }
}
