package io.github.twinpool.spring;

import io.github.twinpool.token.KeySourceFailure;
import io.github.twinpool.token.RejectionCode;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.TokenValidatorListener;
import io.github.twinpool.token.ValidatorStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The token validator as meters, described in {@code docs/spring.md}. Tags have few values. */
final class TokenMeters implements TokenValidatorListener, MeterBinder {
  private final Supplier<TokenValidator> validator;
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  /** By pool and outcome; the first fetches are made before a registry is bound. */
  private final Map<List<String>, LongAdder> fetches = new ConcurrentHashMap<>();

  /**
   * @param validator asked when a registry is bound, since this listener exists before it
   */
  TokenMeters(Supplier<TokenValidator> validator) {
    this.validator = validator;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    TokenValidator source = validator.get();
    Gauge.builder("twinpool.token.ready", source, it -> it.isReady() ? 1 : 0)
        .description("1 if tokens of all pools can be validated without waiting")
        .register(registry);
    for (ValidatorStatus.Pool pool : source.status().pools()) {
      TimeGauge.builder(
              "twinpool.token.key.age", source, TimeUnit.SECONDS, it -> age(it, pool.id()))
          .description("Time since keys were fetched successfully, NaN if they never were")
          .tag("pool", pool.id())
          .register(registry);
      bindFetches(registry, pool.id());
    }
    bindGets(registry, source, "hit", ValidatorStatus.Cache::hits);
    bindGets(registry, source, "miss", ValidatorStatus.Cache::misses);
    for (RejectionCode code : RejectionCode.values()) {
      FunctionCounter.builder(
              "twinpool.token.rejections",
              source,
              it -> it.status().rejections().getOrDefault(code, 0L))
          .description("Tokens that were refused")
          .tag("code", code.name())
          .register(registry);
    }
    registries.add(registry);
  }

  private static double age(TokenValidator validator, String poolId) {
    for (ValidatorStatus.Pool pool : validator.status().pools()) {
      Duration age = pool.age();
      if (pool.id().equals(poolId) && age != null) {
        return age.toMillis() / 1000.0;
      }
    }
    return Double.NaN;
  }

  @Override
  public void keysFetched(String poolId, URI source, int keys, int skipped) {
    fetches(poolId, "SUCCESS");
  }

  @Override
  public void keySourceFailed(String poolId, KeySourceFailure failure) {
    fetches(poolId, failure.reason().name());
  }

  private void fetches(String poolId, String outcome) {
    fetches(List.of(poolId, outcome)).increment();
  }

  private LongAdder fetches(List<String> poolAndOutcome) {
    return fetches.computeIfAbsent(poolAndOutcome, it -> new LongAdder());
  }

  private void bindFetches(MeterRegistry registry, String poolId) {
    Stream.concat(Stream.of("SUCCESS"), Stream.of(KeySourceFailure.Reason.values()).map(Enum::name))
        .forEach(
            outcome ->
                FunctionCounter.builder(
                        "twinpool.token.key.fetches",
                        fetches(List.of(poolId, outcome)),
                        LongAdder::sum)
                    .description("Fetches of keys, each source counts")
                    .tag("pool", poolId)
                    .tag("outcome", outcome)
                    .register(registry));
  }

  @Override
  public void keysUnavailable(
      String poolId, List<KeySourceFailure> failures, boolean stillValidating) {
    for (MeterRegistry registry : registries) {
      Counter.builder("twinpool.token.keys.unavailable")
          .description("Refreshes in which no source gave keys")
          .tag("pool", poolId)
          .tag("still.validating", Boolean.toString(stillValidating))
          .register(registry)
          .increment();
    }
  }

  @Override
  public void unknownKey(String poolId) {
    for (MeterRegistry registry : registries) {
      Counter.builder("twinpool.token.unknown.keys")
          .description("Tokens that named a key that the pool does not have")
          .tag("pool", poolId)
          .register(registry)
          .increment();
    }
  }

  /** Read from the validator, which counts anyway: no request waits for a meter. */
  private static void bindGets(
      MeterRegistry registry,
      TokenValidator source,
      String result,
      ToDoubleFunction<ValidatorStatus.Cache> count) {
    FunctionCounter.builder(
            "twinpool.token.cache.gets",
            source,
            it -> {
              ValidatorStatus.Cache cache = it.status().cache();
              return cache == null ? 0 : count.applyAsDouble(cache);
            })
        .description("Look-ups in the cache of verified tokens")
        .tag("result", result)
        .register(registry);
  }
}
