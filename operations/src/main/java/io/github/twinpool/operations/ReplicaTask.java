package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolReplicaType;

/** The replica, until it is made. Statuses that nobody has published are waited for. */
final class ReplicaTask implements SetupTask {
  static final String ACTIVE = "ACTIVE";
  private static final Set<String> MADE = Set.of("INACTIVE", ACTIVE);

  @Override
  public SetupStep look(SetupContext context) {
    String region = context.region(RegionRole.SECONDARY);
    Optional<String> elsewhere =
        context.replicas().stream()
            .map(UserPoolReplicaType::regionName)
            .filter(other -> !region.equals(other))
            .findFirst();
    if (elsewhere.isPresent()) {
      return step(
          State.BLOCKED,
          "the pool has its one replica in " + elsewhere.get() + ": name that, or delete it first");
    }
    Optional<String> status = context.replicaStatus();
    if (status.isEmpty()) {
      return step(State.TO_DO, "creates a replica in " + region);
    }
    if (status.get().equals("DELETING")) {
      return step(State.BLOCKED, "the replica in " + region + " is being deleted: try again later");
    }
    return made(status.get())
        ? step(State.DONE, "the replica in " + region + " is there")
        : step(State.TO_DO, "the replica in " + region + " is " + status.get());
  }

  static List<UserPoolReplicaType> listed(AwsCalls calls) {
    return calls.cognito(
        RegionRole.PRIMARY,
        "ListUserPoolReplicas",
        it ->
            it
                .listUserPoolReplicas(r -> r.userPoolId(calls.pool().id()))
                .userPoolReplicas()
                .stream()
                .filter(replica -> !"PRIMARY".equals(replica.roleAsString()))
                .toList());
  }

  static Optional<String> status(AwsCalls calls) {
    return listed(calls).stream()
        .filter(it -> calls.pool().region(RegionRole.SECONDARY).equals(it.regionName()))
        .map(UserPoolReplicaType::statusAsString)
        .findFirst();
  }

  /** Whether a replica of this status can be configured. */
  static boolean made(String status) {
    return MADE.contains(status);
  }

  /**
   * Creates it, unless it is there. A replica that a run created which was killed may not be listed
   * yet: Cognito then refuses a second one, and it is waited for.
   */
  @Override
  public void apply(SetupContext context) {
    if (context.replicaStatus().isPresent()) {
      return;
    }
    var tags = Unchanged.ownTags(context.described(RegionRole.PRIMARY).userPoolTags());
    String region = context.region(RegionRole.SECONDARY);
    try {
      context
          .calls()
          .cognito(
              RegionRole.PRIMARY,
              "CreateUserPoolReplica",
              it ->
                  it.createUserPoolReplica(
                      r ->
                          r.userPoolId(context.pool().id())
                              .regionName(region)
                              .userPoolTags(tags.isEmpty() ? null : tags)));
    } catch (OperationRefusedException e) {
      if (!(e.getCause() instanceof LimitExceededException)) {
        throw e;
      }
    }
  }

  private static SetupStep step(State state, String change) {
    return new SetupStep(Kind.REPLICA, state, change);
  }
}
