package io.github.twinpool.houserules.bad;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Every way to real time and chance that rule 5 knows. */
final class Clocks {
  final LongSupplier clock;

  private Clocks(LongSupplier clock) {
    this.clock = clock;
  }

  static final class NanoTime {
    long read() {
      return System.nanoTime();
    }
  }

  static final class NanoTimeReference {
    LongSupplier clock() {
      return System::nanoTime;
    }
  }

  static final class InLambda {
    LongSupplier clock() {
      return () -> System.currentTimeMillis() + 1;
    }
  }

  static final class WallTime {
    Instant read() {
      return Instant.now();
    }
  }

  static final class Today {
    LocalDate read() {
      return LocalDate.now(ZoneOffset.UTC);
    }
  }

  static final class SystemClock {
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  static final class Sleep {
    void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static final class SleepOfUnit {
    void sleep() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  static final class Chance {
    double draw() {
      return Math.random();
    }
  }

  static final class NewRandom {
    Random random() {
      return new Random();
    }
  }

  static final class ThreadRandom {
    int draw() {
      return ThreadLocalRandom.current().nextInt();
    }
  }

  /** Good: it says where its chance comes from. */
  static final class SeededRandom {
    Random random(long seed) {
      return new Random(seed);
    }
  }

  /** Good: it fills in the defaults of a builder, and only that calls it. */
  static final class Defaults {
    static LongSupplier clock(Builder builder) {
      return System::nanoTime;
    }
  }

  /** Good: builders hold the defaults. */
  static final class Builder {
    private final LongSupplier clock = System::nanoTime;

    Clocks build() {
      return new Clocks(clock.getAsLong() > 0 ? clock : Defaults.clock(this));
    }
  }

  /** Bad: it takes a builder, but not from the builder. */
  static final class TakesABuilder {
    long read(Builder builder) {
      return System.nanoTime();
    }

    static long readFor(Builder builder) {
      return new TakesABuilder().read(builder);
    }
  }

  /** Bad: the builder is only one of text. */
  static final class TakesAStringBuilder {
    static void append(StringBuilder text) {
      text.append(System.nanoTime());
    }
  }

  /** Bad: it has a builder's name and builds nothing. */
  static final class TextBuilder {
    long now() {
      return System.nanoTime();
    }
  }
}
