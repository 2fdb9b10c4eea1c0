package io.github.twinpool.token;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pool's sources and how each fared. Written on the loop only, read anywhere. */
final class SourceOrder {
  private final List<KeySource> sources;
  private volatile Map<URI, History> histories = Map.of();

  /**
   * @param lastSuccess when it last gave keys
   * @param failure how it failed since
   */
  private record History(@Nullable Long lastSuccess, @Nullable KeySourceFailure failure) {}

  SourceOrder(List<KeySource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The order to ask in: those that did not fail last time, then those that did; the latest success
   * first; else as configured.
   */
  List<KeySource> healthiestFirst(long now) {
    Comparator<KeySource> failed =
        Comparator.comparing(source -> history(source.uri()).failure() != null);
    Comparator<KeySource> age =
        Comparator.comparingLong(
            source -> {
              Long success = history(source.uri()).lastSuccess();
              return success == null ? Long.MAX_VALUE : now - success;
            });
    return sources.stream().sorted(failed.thenComparing(age)).toList();
  }

  void succeeded(URI source, long now) {
    put(source, new History(now, null));
  }

  void failed(KeySourceFailure failure) {
    put(failure.source(), new History(history(failure.source()).lastSuccess(), failure));
  }

  private History history(URI source) {
    return histories.getOrDefault(source, new History(null, null));
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  List<ValidatorStatus.Source> status(long now) {
    return sources.stream()
        .map(
            source -> {
              History history = history(source.uri());
              Long success = history.lastSuccess();
              Duration since = success == null ? null : Duration.ofNanos(now - success);
              return new ValidatorStatus.Source(source.uri(), since, history.failure());
            })
        .toList();
  }

  /** How those sources failed that failed last time they were asked. */
  List<KeySourceFailure> failures() {
    List<KeySourceFailure> failures = new ArrayList<>();
    for (KeySource source : sources) {
      KeySourceFailure failure = history(source.uri()).failure();
      if (failure != null) {
        failures.add(failure);
      }
    }
    return failures;
  }

  private void put(URI source, History history) {
    Map<URI, History> next = new LinkedHashMap<>(histories);
    next.put(source, history);
    histories = Map.copyOf(next);
  }
}
