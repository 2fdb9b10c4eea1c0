package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.List;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolTierType;

/** The feature plan: a question of money, so it is never changed here. */
final class TierTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    var pool = context.described(RegionRole.PRIMARY);
    if (pool.userPoolTier() == UserPoolTierType.LITE) {
      return new SetupStep(
          Kind.TIER,
          State.BLOCKED,
          "the pool is on LITE: move it to ESSENTIALS or PLUS, which costs more for each user");
    }
    return new SetupStep(
        Kind.TIER,
        State.DONE,
        "the pool is on " + pool.userPoolTierAsString(),
        List.of(
            "No API tells whether a pool runs on Cognito's newer infrastructure, which replication"
                + " wants; if not, creating the replica is refused"));
  }

  @Override
  public void apply(SetupContext context) {
    throw new IllegalStateException("nothing to apply");
  }
}
