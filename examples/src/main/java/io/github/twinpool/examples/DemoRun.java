package io.github.twinpool.examples;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.examples.DemoResult.Shortened;
import io.github.twinpool.failover.FailoverPolicy;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One run: an emulator of its own, both clients under the same load, the primary healthy, then
 * hanging, then healthy again.
 */
final class DemoRun {
  private static final List<String> USERS =
      IntStream.range(0, 40).mapToObj(number -> "user-" + number).toList();
  private static final String PASSWORD = "Correct-Horse-7-Battery";
  private static final int SIGN_UPS_A_SECOND = 3;
  private static final int WARM_UPS = 5;
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DemoPlan plan;
  private final FailoverPolicy policy;
  private final LoadTimer timer;
  private final LiveView view;
  private final Timeline timeline;
  private final CallLog log = new CallLog();

  /**
   * @param policy Twinpool's; a return to the primary takes long with the usual one
   */
  DemoRun(DemoPlan plan, FailoverPolicy policy, LoadTimer timer, LiveView view) {
    this.plan = plan;
    this.policy = policy;
    this.timer = timer;
    this.view = view;
    this.timeline = new Timeline(timer);
  }

  /** Takes as long as the plan says, and leaves no thread and no port behind. */
  DemoResult run() throws Exception {
    ExecutorService workers = Executors.newCachedThreadPool(new Daemons("outage-demo-load"));
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      USERS.forEach(user -> emulator.createUser(user, PASSWORD));
      emulator.region(RegionRole.SECONDARY).latency(plan.secondaryLatency());
      try (PlainSdk plain = new PlainSdk(application(emulator));
          Twinpool twinpool = new Twinpool(application(emulator), policy, timeline)) {
        return run(emulator, List.of(plain, twinpool), workers);
      } finally {
        workers.shutdownNow();
      }
    } finally {
      workers.awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  private static Application application(CognitoEmulator emulator) {
    return new Application(emulator.userPool(), emulator.clientId(), USERS, PASSWORD);
  }

  private DemoResult run(
      CognitoEmulator emulator, List<Contender> contenders, ExecutorService workers)
      throws Exception {
    warmUp(contenders);
    List<String> names = contenders.stream().map(Contender::name).toList();
    LoadGenerator load =
        new LoadGenerator(
            contenders,
            plan.period(),
            Math.max(1, plan.rate() / SIGN_UPS_A_SECOND),
            timer,
            workers,
            log);
    timer.begin();
    LiveWatch watch = new LiveWatch(view, () -> progress(names));
    try {
      outage(emulator, load);
    } finally {
      watch.stop();
    }
    History history = timeline.history();
    log.cutOff(history.endedNanos());
    return new DemoResult(plan, names, log.ended(), history, shortened(), machine());
  }

  /** The first calls of a JVM load classes and open connections: nobody's latency. */
  private static void warmUp(List<Contender> contenders) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      for (Contender contender : contenders) {
        contender.call(Operation.SIGN_IN);
        contender.call(Operation.REFRESH);
        contender.call(Operation.VALIDATE);
      }
    }
  }

  private void outage(CognitoEmulator emulator, LoadGenerator load) throws InterruptedException {
    load.run(Phase.HEALTHY, plan.healthy().toNanos(), () -> false);
    emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
    timeline.outageBegan();
    load.run(Phase.OUTAGE, timer.elapsedNanos() + plan.outage().toNanos(), () -> false);
    // First the note, then the recovery: what is answered from now on was not answered in the
    // outage.
    timeline.outageEnded();
    emulator.region(RegionRole.PRIMARY).recover();
    load.run(
        Phase.RECOVERY,
        timer.elapsedNanos() + plan.recovery().toNanos(),
        () -> timeline.settledFor(SETTLED_NANOS));
    drain();
  }

  /** What was sent last is given time to end; what still hangs after that is cut off. */
  private void drain() throws InterruptedException {
    long until = timer.elapsedNanos() + DRAIN_NANOS;
    while (timer.elapsedNanos() < until && !log.waiting(until).isEmpty()) {
      timer.await(timer.elapsedNanos() + LOOK_NANOS);
    }
  }

  private Progress progress(List<String> names) {
    return Progress.of(timer.elapsedNanos(), timeline.phase(), timeline.mode(), names, log);
  }

  private List<Shortened> shortened() {
    FailoverPolicy usual = FailoverPolicy.defaults();
    return List.of(
        new Shortened("dwell", usual.dwell(), policy.dwell()),
        new Shortened("failback step", usual.failbackStep(), policy.failbackStep()));
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors with a load of %.1f at the end, %s %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"));
  }
}
