package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets multi-Region replication of a user pool up: key, issuer, replica, regional settings, health
 * check and the domains' failover. {@link #plan} looks and changes nothing; {@link #apply} does
 * what is left, waits for it, and looks again.
 *
 * <p>It may be interrupted or killed at any point and run again: each step looks before it changes
 * anything, nothing is remembered between two runs, and what AWS would make twice (a KMS key) is
 * found by its tag. Run it by one operator at a time: Cognito has no version by which it would
 * notice that two update a pool at once.
 *
 * <p>Updates send everything again that they do not mean to change, since Cognito resets what an
 * update leaves out. Thread-safe.
 */
public final class ReplicationSetup {
  private static final List<SetupTask> TASKS =
      List.of(
          new TierTask(),
          new KeyTask(),
          new KeyReplicaTask(),
          new KeyPolicyTask(),
          new KeyConfigurationTask(),
          new IssuerTask(),
          new ReplicaTask(),
          new RegionalSettingsTask(),
          new HealthCheckTask(),
          new RoutingTask(Kind.PREFIX_DOMAIN),
          new RoutingTask(Kind.CUSTOM_DOMAIN),
          new ActivationTask());

  private final AwsCalls calls;
  private final SetupSettings settings;
  private final Patience patience;

  ReplicationSetup(AwsClients clients, SetupSettings settings, Patience patience) {
    this.calls = new AwsCalls(clients);
    this.settings = settings;
    this.patience = patience;
  }

  /** A builder; the clients stay the caller's to close. */
  public static ReplicationSetupBuilder builder(AwsClients clients) {
    return new ReplicationSetupBuilder(clients);
  }

  /**
   * Reads the present state of both Regions, of KMS and of Route 53.
   *
   * @throws OperationsException if something cannot be read
   */
  public SetupPlan plan() {
    return plan(new SetupContext(calls, settings, patience));
  }

  private SetupPlan plan(SetupContext context) {
    List<SetupStep> steps = new ArrayList<>();
    for (SetupTask task : TASKS) {
      steps.add(task.look(context));
    }
    return new SetupPlan(
        "Replication of user pool "
            + context.pool().id()
            + "\nfrom "
            + context.region(RegionRole.PRIMARY)
            + " to "
            + context.region(RegionRole.SECONDARY),
        steps);
  }

  /** Applies what {@link #plan} shows, and tells nobody how far it is. */
  public SetupPlan apply() {
    return apply(new SetupListener() {});
  }

  /**
   * Does what is left, step by step, and waits until each is seen to be done.
   *
   * @return the plan afterwards, with nothing left to do
   * @throws SetupBlockedException before anything is changed, if a step of the plan is blocked; or
   *     later, if one turns out to be, or takes longer than the patience
   * @throws OperationsException if a call fails; run it again to go on
   */
  public SetupPlan apply(SetupListener listener) {
    SetupContext context = new SetupContext(calls, settings, patience);
    requireUnblocked(plan(context).steps(State.BLOCKED));
    for (SetupTask task : TASKS) {
      SetupStep step = task.look(context);
      requireUnblocked(step.state() == State.BLOCKED ? List.of(step) : List.of());
      if (step.state() == State.TO_DO) {
        Hearing.tell(() -> listener.begins(step));
        task.apply(context);
        SetupStep done = awaited(task, step, context, listener);
        Hearing.tell(() -> listener.done(done));
      }
    }
    return plan(context);
  }

  private SetupStep awaited(
      SetupTask task, SetupStep begun, SetupContext context, SetupListener listener) {
    SetupStep last =
        patience.until(
            () -> task.look(context),
            seen -> seen.state() != State.TO_DO,
            (seen, elapsed) -> listener.waits(begun, seen.change(), elapsed));
    boolean unfinished = last.state() == State.TO_DO || last.state() == State.BLOCKED;
    requireUnblocked(unfinished ? List.of(last) : List.of());
    return last;
  }

  private static void requireUnblocked(List<SetupStep> blocked) {
    if (!blocked.isEmpty()) {
      throw new SetupBlockedException(blocked);
    }
  }
}
