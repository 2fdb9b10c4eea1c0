package io.github.twinpool.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads one pool's {@link KeySnapshot} at the start and writes it after each refresh. */
final class SnapshotKeeper {
  private final OwnedFile file;
  private final String poolId;
  private final Set<String> issuers;
  private final InstantSource clock;
  private final Executor executor;
  private final ValidatorEvents events;
  private final AtomicBoolean writing = new AtomicBoolean();

  /**
   * @param clock the wall clock, which is all that two processes have in common
   * @param executor writes: the disk may hang
   */
  SnapshotKeeper(
      OwnedFile file,
      String poolId,
      Set<String> issuers,
      InstantSource clock,
      Executor executor,
      ValidatorEvents events) {
    this.file = file;
    this.poolId = poolId;
    this.issuers = Set.copyOf(issuers);
    this.clock = clock;
    this.executor = executor;
    this.events = events;
  }

  /**
   * The keys of the file, empty when there is none that may be used.
   *
   * @param now elapsed time
   * @param maxAge the age from which on keys are of no use
   */
  KeySet restore(long now, Duration maxAge) {
    try {
      byte[] content = file.read();
      if (content == null) {
        return KeySet.empty();
      }
      KeySnapshot snapshot = KeySnapshot.parse(content, poolId, issuers);
      Duration age = snapshot.age(clock.instant(), maxAge);
      events.restored(poolId, file.path(), snapshot.keys().size(), age);
      return KeySet.empty().with(file.path().toUri(), snapshot.keys(), now - age.toNanos());
    } catch (KeySourceException e) {
      events.snapshotFailed(poolId, e.from(file.path().toUri()));
      return KeySet.empty();
    }
  }

  /** Writes keys that were fetched now, soon. Left out while the last ones are being written. */
  void keep(List<SigningKey> keys) {
    KeySnapshot snapshot = new KeySnapshot(keys, clock.instant());
    if (!writing.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(() -> write(snapshot));
    } catch (RejectedExecutionException | OutOfMemoryError refused) {
      writing.set(false); // Closed, or the machine has no thread to spare: the next one may.
    }
  }

  private void write(KeySnapshot snapshot) {
    try {
      file.write(snapshot.toJson(poolId, issuers));
      events.snapshotWritten(poolId);
    } catch (KeySourceException e) {
      events.snapshotFailed(poolId, e.from(file.path().toUri()));
    } finally {
      writing.set(false);
    }
  }
}
