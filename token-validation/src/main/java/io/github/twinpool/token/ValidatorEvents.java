package io.github.twinpool.token;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and the listeners, who may neither delay nor break what they hear about. */
final class ValidatorEvents {
  private static final Logger log = LoggerFactory.getLogger(TokenValidator.class);

  private final List<TokenValidatorListener> listeners;
  private final Map<RejectionCode, LongAdder> rejections = new EnumMap<>(RejectionCode.class);
  private final EventQueue queue;
  private final LongSupplier nanoTime;
  private final WarningPace warnings = new WarningPace();

  ValidatorEvents(
      List<TokenValidatorListener> listeners, Executor executor, LongSupplier nanoTime) {
    this.listeners = List.copyOf(listeners);
    this.nanoTime = nanoTime;
    for (RejectionCode code : RejectionCode.values()) {
      rejections.put(code, new LongAdder());
    }
    queue = new EventQueue(executor);
  }

  void fetched(String poolId, URI source, Jwks jwks) {
    String shown = Checks.withoutQuery(source);
    int count = jwks.keys().size();
    String skipping = poolId + " entries of " + source;
    if (jwks.skipped() == 0) {
      over(skipping);
    } else if (isDue(skipping)) {
      log.warn("{}: {} entries of {} cannot be used", poolId, jwks.skipped(), shown);
    }
    log.debug("{}: {} keys from {}", poolId, count, shown);
    tell(listener -> listener.keysFetched(poolId, source, count, jwks.skipped()));
  }

  void failed(String poolId, KeySourceFailure failure) {
    log.debug("{}: no keys from {}", poolId, failure);
    tell(listener -> listener.keySourceFailed(poolId, failure));
  }

  void unavailable(String poolId, List<KeySourceFailure> failures, boolean stillValidating) {
    String state = stillValidating ? "validating with the keys from before" : "cannot validate";
    if (isDue(poolId + " keys")) {
      log.warn("{}: no source gives keys, {}: {}", poolId, state, failures);
    }
    tell(listener -> listener.keysUnavailable(poolId, failures, stillValidating));
  }

  void unknownKey(String poolId) {
    tell(listener -> listener.unknownKey(poolId));
  }

  void refreshed(String poolId, int keys) {
    Duration outage = over(poolId + " keys");
    if (outage != null) {
      log.info("{}: a source gives keys again, after {}", poolId, outage);
    }
    tell(listener -> listener.keysRefreshed(poolId, keys));
  }

  void restored(String poolId, Path file, int keys, Duration age) {
    log.info("{}: {} keys from {}, fetched {} ago", poolId, keys, file, age);
    tell(listener -> listener.keysRestored(poolId, keys, age));
  }

  void snapshotFailed(String poolId, KeySourceFailure failure) {
    if (isDue(poolId + " snapshot")) {
      log.warn("{}: the snapshot of the keys is of no use: {}", poolId, failure);
    }
    tell(listener -> listener.snapshotFailed(poolId, failure));
  }

  void snapshotWritten(String poolId) {
    Duration trouble = over(poolId + " snapshot");
    if (trouble != null) {
      log.info("{}: the snapshot of the keys is written again, after {}", poolId, trouble);
    }
  }

  private boolean isDue(String warning) {
    return warnings.isDue(warning, nanoTime.getAsLong());
  }

  private @Nullable Duration over(String warning) {
    return warnings.over(warning, nanoTime.getAsLong());
  }

  /** Counts on the request's thread, which costs nanoseconds, and tells listeners on another. */
  private void rejected(RejectionCode code) {
    LongAdder count = rejections.get(code);
    if (count != null) { // there is one for each code
      count.increment();
    }
    tell(listener -> listener.tokenRejected(code));
  }

  /** How many tokens were refused, by code; without the codes that there were none of. */
  Map<RejectionCode, Long> rejections() {
    Map<RejectionCode, Long> counts = new EnumMap<>(RejectionCode.class);
    rejections.forEach(
        (code, count) -> {
          if (count.sum() > 0) {
            counts.put(code, count.sum());
          }
        });
    return counts;
  }

  private void tell(Consumer<TokenValidatorListener> event) {
    if (!listeners.isEmpty()) {
      queue.add(() -> listeners.forEach(listener -> guarded(listener, event)));
    }
  }

  private static void guarded(
      TokenValidatorListener listener, Consumer<TokenValidatorListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      log.warn("a listener of the token validator failed", e);
    }
  }

  /** Runs a validation and tells if it refuses the token. */
  <T> T heard(Supplier<T> validation) {
    try {
      return validation.get();
    } catch (InvalidTokenException e) {
      rejected(e.code());
      throw e;
    }
  }

  /** Hands the failure on without the wrapping that a chain of futures puts around it. */
  @SuppressWarnings("FutureReturnValueIgnored") // all that can fail ends in the result
  <T> CompletableFuture<T> heardAsync(CompletableFuture<T> validation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    validation.whenComplete(
        (token, failure) -> {
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          if (cause instanceof InvalidTokenException invalid) {
            rejected(invalid.code());
          }
          if (cause == null) {
            result.complete(token);
          } else {
            result.completeExceptionally(cause);
          }
        });
    return result;
  }
}
