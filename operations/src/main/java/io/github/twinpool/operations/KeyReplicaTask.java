package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.MultiRegionKeyType;

/** The key's replica in the secondary Region. */
final class KeyReplicaTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    String region = context.region(RegionRole.SECONDARY);
    Optional<String> id = context.key().id();
    if (id.isEmpty()) {
      return step(State.TO_DO, "replicates the new key to " + region);
    }
    Optional<KeyMetadata> replica = context.key().describe(RegionRole.SECONDARY, id.get());
    if (replica.isPresent()) {
      return judged(replica.get(), region);
    }
    return context.settings().manageKey()
        ? step(State.TO_DO, "replicates " + id.get() + " to " + region)
        : step(
            State.BLOCKED,
            id.get() + " has no replica in " + region + ": replicate it, or let it be done");
  }

  private static SetupStep judged(KeyMetadata replica, String region) {
    if (replica.keyState() == KeyState.ENABLED) {
      return step(State.DONE, replica.keyId() + " is in " + region + " and enabled");
    }
    boolean soon =
        replica.keyState() == KeyState.CREATING || replica.keyState() == KeyState.UPDATING;
    return step(
        soon ? State.TO_DO : State.BLOCKED,
        replica.keyId() + " in " + region + " is " + replica.keyStateAsString());
  }

  /** KMS refuses to replicate twice, so a repeated run does no harm. */
  @Override
  public void apply(SetupContext context) {
    String id = context.key().id().orElseThrow();
    String region = context.region(RegionRole.SECONDARY);
    if (context.key().describe(RegionRole.SECONDARY, id).isPresent()) {
      return; // on its way
    }
    RegionRole primaryKey = primaryKey(context, id);
    // ReplicateKey copies no policy, and without one KMS gives a default that has no Deny.
    String policy =
        KeyPolicies.sufficient(KeyPolicyTask.policy(context, primaryKey, id), context.poolArns());
    try {
      context
          .calls()
          .kms(
              primaryKey,
              "ReplicateKey",
              kms ->
                  kms.replicateKey(
                      it ->
                          it.keyId(id)
                              .replicaRegion(region)
                              .policy(policy)
                              .description("Amazon Cognito user pool " + context.pool().id())
                              .tags(context.key().tag())));
    } catch (OperationRefusedException e) {
      if (!PoolKey.isThere(e)) {
        throw e;
      }
    }
  }

  private static RegionRole primaryKey(SetupContext context, String id) {
    return context
        .key()
        .describe(RegionRole.PRIMARY, id)
        .filter(
            key ->
                key.multiRegionConfiguration() == null
                    || key.multiRegionConfiguration().multiRegionKeyType()
                        == MultiRegionKeyType.PRIMARY)
        .map(key -> RegionRole.PRIMARY)
        .orElseThrow(
            () ->
                new SetupBlockedException(
                    List.of(
                        step(
                            State.BLOCKED,
                            id
                                + " is itself a replica in "
                                + context.region(RegionRole.PRIMARY)
                                + ": replicate its primary key to the secondary Region"))));
  }

  private static SetupStep step(State state, String change) {
    return new SetupStep(Kind.KEY_REPLICA, state, change);
  }
}
