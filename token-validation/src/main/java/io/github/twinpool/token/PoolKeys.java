package io.github.twinpool.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pool's keys, kept fresh. Reading a key that is here is a look into an immutable set and never
 * waits. Everything else happens on the loop: one round at a time, started by the clock or by a
 * token whose key is not here.
 */
final class PoolKeys implements RefreshRound.Owner {
  private final String poolId;
  private final SourceOrder sources;
  private final List<SigningKey> pinned;
  private final KeyPolicy policy;
  private final RefreshLoop loop;
  private final ValidatorEvents events;
  private final @Nullable SnapshotKeeper snapshot;

  private volatile KeySet keys = KeySet.empty();

  // Confined to the loop.
  private final UnknownKeys unknown;
  private final RefreshTimer timer;
  private final Waiters waiters;
  private final Set<SigningKey> published = new HashSet<>();
  private @Nullable RefreshRound round;
  private boolean lastRoundFailed;
  private boolean closed;

  PoolKeys(
      String poolId,
      List<KeySource> sources,
      List<SigningKey> pinned,
      KeyPolicy policy,
      RefreshLoop loop,
      RandomGenerator random,
      ValidatorEvents events,
      @Nullable SnapshotKeeper snapshot) {
    this.poolId = poolId;
    this.sources = new SourceOrder(sources);
    this.pinned = List.copyOf(pinned);
    this.policy = policy;
    this.loop = loop;
    this.events = events;
    this.snapshot = snapshot;
    timer = new RefreshTimer(policy, loop, random);
    unknown = new UnknownKeys(policy, loop);
    waiters = new Waiters(poolId, this.sources, events);
  }

  /** The keys with an ID that are here now. Never waits. */
  List<SigningKey> here(String keyId) {
    List<SigningKey> fetched = keys.find(keyId, loop.nanoTime(), policy);
    if (pinned.isEmpty()) {
      return fetched;
    }
    return Stream.concat(pinned.stream().filter(key -> key.id().equals(keyId)), fetched.stream())
        .distinct()
        .toList();
  }

  /**
   * Other keys with an ID than those that a caller has tried, fetched if need be and if the budget
   * allows. That somebody has tried one at all is rare: a source lies, or a key was replaced.
   *
   * @return none when a source has answered and has no such key; fails with {@link
   *     KeysUnavailableException} when nobody can tell
   */
  CompletableFuture<List<SigningKey>> find(String keyId, List<SigningKey> tried) {
    Waiter waiter = new Waiter(keyId, tried, new CompletableFuture<>());
    try {
      loop.execute(() -> demand(waiter));
    } catch (RejectedExecutionException e) {
      waiters.fail(waiter);
    }
    return waiter.answer();
  }

  /**
   * Starts with the keys of the snapshot, if there are any, and fetches newer ones soon. Must come
   * before all other calls.
   */
  void restore() {
    if (snapshot != null) {
      keys = snapshot.restore(loop.nanoTime(), policy.outageMaxAge());
      lastRoundFailed = true;
      if (ready()) {
        loop.execute(this::refresh);
      }
    }
  }

  /** Whether a token with this key may be accepted now. Never waits. */
  boolean trusts(SigningKey key) {
    return keys.trusts(key, loop.nanoTime(), policy) || pinned.contains(key);
  }

  /** Fetches keys if there are none. Completes when that has ended, well or not. */
  CompletableFuture<Void> preload() {
    return find("", List.of()).handle((found, failure) -> null);
  }

  /** Ends what is under way; waiting callers get a {@link KeysUnavailableException}. */
  void close() {
    loop.execute(
        () -> {
          closed = true;
          if (round != null) {
            round.end();
          }
        });
  }

  ValidatorStatus.Pool status() {
    long now = loop.nanoTime();
    KeySet current = keys;
    List<ValidatorStatus.Key> alive = current.status(now, policy);
    Duration age = current.age(now);
    int fixed = pinned.size();
    return new ValidatorStatus.Pool(poolId, canValidate(), age, alive, fixed, sources.status(now));
  }

  /** Whether tokens can be validated without waiting. */
  boolean canValidate() {
    return ready() || !pinned.isEmpty();
  }

  /** Whether a fetch has succeeded recently enough. */
  boolean ready() {
    return keys.ready(loop.nanoTime(), policy.outageMaxAge());
  }

  private void demand(Waiter waiter) {
    if (answer(waiter)) {
      return;
    }
    boolean warm = ready();
    if (round == null && mayStart(waiter, warm)) {
      startRound();
    }
    boolean join = round != null && !(warm && round.isOlderThan(policy.unknownKeyWait()));
    if (join) {
      waiters.add(waiter);
    } else {
      waiters.settle(waiter, sources.isEmpty() || (warm && lastWordIsAnAnswer()));
    }
  }

  private boolean lastWordIsAnAnswer() {
    return round == null ? !lastRoundFailed : round.hasAnswer();
  }

  private boolean mayStart(Waiter waiter, boolean warm) {
    if (closed || sources.isEmpty()) {
      return false;
    }
    // Without keys the pause after a failure protects the sources, and callers from waiting.
    return warm ? unknown.mayFetch(waiter.keyId()) : !timer.pausing();
  }

  private void startRound() {
    RefreshRound started =
        new RefreshRound(this, sources.healthiestFirst(loop.nanoTime()), policy, loop);
    round = started;
    published.clear();
    loop.schedule(policy.unknownKeyWait(), () -> releaseIfWarm(started));
    started.start();
  }

  /** Callers must not hang on a slow round while the pool has keys: theirs may be an invention. */
  private void releaseIfWarm(RefreshRound late) {
    if (round == late && ready()) {
      waiters.settleAll(late.hasAnswer());
    }
  }

  @Override
  public void answered(KeySource source, Jwks jwks) {
    long now = loop.nanoTime();
    sources.succeeded(source.uri(), now);
    published.addAll(jwks.keys());
    keys = keys.with(source.uri(), jwks.keys(), now);
    waiters.leaveIf(this::answer);
    events.fetched(poolId, source.uri(), jwks);
  }

  @Override
  public void failed(KeySourceFailure failure) {
    sources.failed(failure);
    events.failed(poolId, failure);
  }

  @Override
  public boolean wantsMore() {
    return waiters.any() || !published.containsAll(keys.alive(loop.nanoTime(), policy).keySet());
  }

  @Override
  public void ended(RefreshRound ended) {
    round = null;
    lastRoundFailed = !ended.hasAnswer();
    if (ended.hasAnswer()) {
      keys = keys.settled(published, loop.nanoTime(), policy.removedKeyGrace());
      waiters.keyIds().forEach(unknown::remember);
      refreshed(keys.published());
    } else {
      events.unavailable(poolId, sources.failures(), ready());
      timer.afterFailure(ready(), this::refresh);
    }
    waiters.settleAll(ended.hasAnswer());
  }

  private void refreshed(List<SigningKey> current) {
    events.refreshed(poolId, current.size());
    if (snapshot != null) {
      snapshot.keep(current);
    }
    timer.afterSuccess(this::refresh);
  }

  private void refresh() {
    if (round == null && !closed && !sources.isEmpty()) {
      startRound();
    }
  }

  private boolean answer(Waiter waiter) {
    return waiter.answer(here(waiter.keyId()), ready());
  }
}
