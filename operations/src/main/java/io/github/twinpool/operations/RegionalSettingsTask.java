package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.RegionalDifferences.Difference;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;

/** What each Region has of its own: changed as asked, and compared in any case. */
final class RegionalSettingsTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    Consumer<UpdateUserPoolRequest.Builder> wanted = context.settings().secondarySettings();
    if (context.replicaStatus().filter(ReplicaTask::made).isEmpty()) {
      return wanted == null
          ? step(State.NOT_ASKED, "is compared once the replica is there", List.of())
          : step(State.TO_DO, "sets on the replica what it has of its own", List.of());
    }
    List<String> warnings =
        new ArrayList<>(
            RegionalDifferences.between(context).stream().map(Difference::evidence).toList());
    warnings.add("WAF web ACLs and quotas are each Region's own, too: the doctor compares them");
    if (wanted == null) {
      return step(
          State.NOT_ASKED,
          warnings.size() == 1 ? "nothing differs that is looked at" : "the replica differs",
          warnings);
    }
    List<String> changes = PoolUpdate.changes(context.described(RegionRole.SECONDARY), wanted);
    return changes.isEmpty()
        ? step(State.DONE, "the replica has what was asked for", warnings)
        : step(State.TO_DO, "sets on the replica: " + String.join(", ", changes), warnings);
  }

  @Override
  public void apply(SetupContext context) {
    Consumer<UpdateUserPoolRequest.Builder> wanted = context.settings().secondarySettings();
    if (wanted != null) {
      PoolUpdate.apply(context, RegionRole.SECONDARY, wanted);
    }
  }

  private static SetupStep step(State state, String change, List<String> warnings) {
    return new SetupStep(Kind.REGIONAL_SETTINGS, state, change, warnings);
  }
}
