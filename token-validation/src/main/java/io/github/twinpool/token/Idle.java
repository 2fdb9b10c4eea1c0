package io.github.twinpool.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Objects that one thread may use at a time and that are costly to make, such as digests and
 * signatures: who has finished with one leaves it here for the next. Bounded and without locks; not
 * by thread, because there may be a million of those.
 */
final class Idle<T> {
  private static final int PLACES = 16;

  private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);

  /** An object that is now the caller's alone, null if there is none. */
  @Nullable T take() {
    int start = start();
    for (int i = 0; i < PLACES; i++) {
      int place = (start + i) % PLACES;
      if (places.getPlain(place) != null) {
        T taken = places.getAndSet(place, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return null;
  }

  /** Leaves an object that is as good as new. Dropped when there is no place. */
  void leave(T object) {
    int start = start();
    for (int i = 0; i < PLACES; i++) {
      if (places.compareAndSet((start + i) % PLACES, null, object)) {
        return;
      }
    }
  }

  /** Threads begin at different places, so that they seldom meet. */
  private static int start() {
    return (int) (Thread.currentThread().getId() % PLACES);
  }
}
