package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateReplicaStatusType;

/** The replica's status. */
final class ActivationTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    Optional<String> status = context.replicaStatus();
    if (status.filter(ReplicaTask.ACTIVE::equals).isPresent()) {
      return step(State.DONE, "the replica is ACTIVE", List.of());
    }
    if (!context.settings().activate()) {
      return step(State.NOT_ASKED, "the replica is left INACTIVE", List.of());
    }
    return step(
        State.TO_DO,
        "activates the replica",
        List.of("From then on it serves sign-ins, with what its Region has of its own"));
  }

  @Override
  public void apply(SetupContext context) {
    context
        .calls()
        .cognito(
            RegionRole.PRIMARY,
            "UpdateUserPoolReplica",
            it ->
                it.updateUserPoolReplica(
                    r ->
                        r.userPoolId(context.pool().id())
                            .regionName(context.region(RegionRole.SECONDARY))
                            .status(UpdateReplicaStatusType.ACTIVE)));
  }

  private static SetupStep step(State state, String change, List<String> warnings) {
    return new SetupStep(Kind.ACTIVATION, state, change, warnings);
  }
}
