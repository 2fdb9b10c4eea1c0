package io.github.twinpool.examples;

import io.github.twinpool.examples.DemoResult.Shortened;
import io.github.twinpool.examples.History.Turn;
import io.github.twinpool.failover.FailoverMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A run as the demo would see it, made up from a seed, for tests of what is made of a run. */
final class SyntheticRun {
  static final String PLAIN = "plain AWS SDK";
  static final String TWINPOOL = "Twinpool";
  static final String REFUSAL =
      "PrimaryUnavailableException: SIGN_UP is off <us-east-1> & \"DOWN\"";

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long ENDED = 29 * SECOND;

  private final Random random;
  private final List<Sample> samples = new ArrayList<>();

  private SyntheticRun(long seed) {
    random = new Random(seed);
  }

  /** Ten calls a second, 5 s healthy, 15 s hanging, 9 s recovered. */
  static DemoResult of(long seed) {
    return new SyntheticRun(seed).result();
  }

  private DemoResult result() {
    for (long due = 50 * MILLI; due < ENDED; due += 100 * MILLI) {
      for (Operation operation : Operation.values()) {
        if (operation != Operation.SIGN_UP || due % SECOND < 100 * MILLI) {
          plain(operation, due);
          twinpool(operation, due);
        }
      }
    }
    History history =
        new History(
            5 * SECOND,
            20 * SECOND,
            ENDED,
            List.of(
                turn(6.24, FailoverMode.PRIMARY, FailoverMode.SECONDARY, "3 calls over 1 s old"),
                turn(25.5, FailoverMode.SECONDARY, FailoverMode.FAILBACK, "healthy for 5 s"),
                turn(27.5, FailoverMode.FAILBACK, FailoverMode.PRIMARY, "all steps done")));
    return new DemoResult(
        DemoPlan.defaults(),
        List.of(PLAIN, TWINPOOL),
        samples,
        history,
        List.of(new Shortened("dwell", Duration.ofSeconds(60), Duration.ofSeconds(5))),
        "a machine of paper & ink");
  }

  private static Turn turn(double seconds, FailoverMode from, FailoverMode to, String reason) {
    return new Turn((long) (seconds * SECOND), from, to, reason);
  }

  private void plain(Operation operation, long due) {
    if (operation == Operation.VALIDATE || phase(due) != Phase.OUTAGE) {
      add(PLAIN, operation, due, noisy(3 * MILLI), Outcome.OK, "");
    } else if (due < 12 * SECOND) {
      add(PLAIN, operation, due, noisy(10 * SECOND), Outcome.FAILED, "SdkClientException: timeout");
    } else {
      add(PLAIN, operation, due, ENDED - due, Outcome.HANGING, "");
    }
  }

  private void twinpool(Operation operation, long due) {
    long switched = (long) (6.24 * SECOND);
    if (operation == Operation.SIGN_UP && due > switched && phase(due) == Phase.OUTAGE) {
      add(TWINPOOL, operation, due, noisy(MILLI), Outcome.REFUSED, REFUSAL);
    } else if (operation == Operation.VALIDATE || due < 5 * SECOND || due > 27.5 * SECOND) {
      add(TWINPOOL, operation, due, noisy(3 * MILLI), Outcome.OK, "");
    } else {
      add(TWINPOOL, operation, due, Math.max(0, switched - due) + 70 * MILLI, Outcome.OK, "");
    }
  }

  private void add(
      String contender, Operation operation, long due, long waited, Outcome outcome, String why) {
    samples.add(new Sample(contender, operation, phase(due), due, waited, outcome, why));
  }

  private static Phase phase(long due) {
    return due < 5 * SECOND ? Phase.HEALTHY : due < 20 * SECOND ? Phase.OUTAGE : Phase.RECOVERY;
  }

  private long noisy(long nanos) {
    return (long) (nanos * (0.8 + random.nextDouble() * (random.nextInt(20) == 0 ? 3 : 0.4)));
  }
}
