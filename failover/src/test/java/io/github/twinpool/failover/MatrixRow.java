package io.github.twinpool.failover;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One row of the fault matrix: what goes wrong and when, under which load, and what must hold. */
final class MatrixRow {
  /** What happens to the world, so many seconds after the load has begun. */
  record Step(double atSecond, Consumer<MatrixWorld> action) {}

  /** One thing that must hold of the outcome: a sentence, and whether it does. */
  record Expectation(String sentence, Predicate<MatrixResult> holds) {}

  private final String name;
  private final int seconds;
  private final List<Step> steps = new ArrayList<>();
  private final List<Expectation> counts = new ArrayList<>();
  private final List<Expectation> times = new ArrayList<>();
  private double callsPerSecond = 10;
  private int burst;
  private FailoverPolicy policy = FailoverPolicy.defaults();
  private Consumer<MatrixWorld> beforeBoot = world -> {};
  private UnaryOperator<CognitoEmulator.Builder> emulator = builder -> builder;
  private BiConsumer<UserPool.Builder, CognitoEmulator> pool = (builder, it) -> {};
  private UnaryOperator<MultiRegionCognitoBuilder> client = builder -> builder;
  private boolean warm = true;

  private MatrixRow(String name, int seconds) {
    this.name = name;
    this.seconds = seconds;
  }

  static MatrixRow of(String name, int seconds) {
    return new MatrixRow(name, seconds);
  }

  MatrixRow at(double second, Consumer<MatrixWorld> action) {
    steps.add(new Step(second, action));
    return this;
  }

  MatrixRow callsPerSecond(double rate) {
    callsPerSecond = rate;
    return this;
  }

  /** So many blocking sign-ins at once, each on a thread of its own, when the fault begins. */
  MatrixRow burst(int threads) {
    burst = threads;
    return this;
  }

  MatrixRow policy(FailoverPolicy value) {
    policy = value;
    return this;
  }

  /** The client is built in this state, and has seen no healthy call. */
  MatrixRow boot(Consumer<MatrixWorld> state) {
    beforeBoot = state;
    warm = false;
    return this;
  }

  MatrixRow emulator(UnaryOperator<CognitoEmulator.Builder> change) {
    emulator = change;
    return this;
  }

  MatrixRow pool(BiConsumer<UserPool.Builder, CognitoEmulator> change) {
    pool = change;
    warm = false;
    return this;
  }

  MatrixRow client(UnaryOperator<MultiRegionCognitoBuilder> change) {
    client = change;
    return this;
  }

  /** Asserted, on a slow machine too. */
  MatrixRow expect(String sentence, Predicate<MatrixResult> holds) {
    counts.add(new Expectation(sentence, holds));
    return this;
  }

  /** Reported, since a slow machine may miss it. */
  MatrixRow expectTime(String sentence, Predicate<MatrixResult> holds) {
    times.add(new Expectation(sentence, holds));
    return this;
  }

  MatrixRow noneFails() {
    return expect("0 failed", it -> it.failed() == 0);
  }

  MatrixRow switches() {
    return expect("switches", it -> it.switchMillis() >= 0);
  }

  MatrixRow stays() {
    return expect("never switches", it -> it.transitions() == 0);
  }

  String name() {
    return name;
  }

  int seconds() {
    return seconds;
  }

  List<Step> steps() {
    return steps;
  }

  /** When the first fault begins; at once if it was there at boot. */
  double faultAt() {
    return steps.isEmpty() ? 0 : steps.get(0).atSecond();
  }

  List<Expectation> counts() {
    return counts;
  }

  List<Expectation> times() {
    return times;
  }

  double callsPerSecond() {
    return callsPerSecond;
  }

  int burst() {
    return burst;
  }

  FailoverPolicy policy() {
    return policy;
  }

  Consumer<MatrixWorld> beforeBoot() {
    return beforeBoot;
  }

  UnaryOperator<CognitoEmulator.Builder> emulator() {
    return emulator;
  }

  BiConsumer<UserPool.Builder, CognitoEmulator> pool() {
    return pool;
  }

  UnaryOperator<MultiRegionCognitoBuilder> client() {
    return client;
  }

  boolean warm() {
    return warm;
  }

  @Override
  public String toString() {
    return name;
  }
}
