package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** The key in the primary Region: multi-Region, symmetric, enabled. */
final class KeyTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    Optional<String> arn = context.key().arn();
    if (arn.isPresent()) {
      return judged(context, arn.get());
    }
    if (context.settings().manageKey()) {
      return step(
          State.TO_DO,
          "creates a multi-Region key in "
              + context.region(RegionRole.PRIMARY)
              + ", tagged "
              + PoolKey.TAG
              + "="
              + context.pool().id());
    }
    return step(
        State.BLOCKED,
        context
                .key()
                .configured()
                .map(own -> "the pool's key " + own + " is a single-Region key, which it will stay")
                .orElse("the pool is encrypted with a key of AWS's own")
            + ": name a multi-Region key, or let one be made");
  }

  private static SetupStep judged(SetupContext context, String arn) {
    Optional<KeyMetadata> key = context.key().describe(RegionRole.PRIMARY, arn);
    if (key.isEmpty()) {
      return step(
          context.settings().kmsKey() == null ? State.TO_DO : State.BLOCKED,
          arn + " is not there, or not yet");
    }
    return key.map(KeyTask::objection)
        .filter(objection -> !objection.isEmpty())
        .map(objection -> step(State.BLOCKED, arn + " " + objection))
        .orElseGet(() -> step(State.DONE, arn + " is multi-Region, symmetric and enabled"));
  }

  private static String objection(KeyMetadata key) {
    if (!Boolean.TRUE.equals(key.multiRegion())) {
      return "is a single-Region key, which it will stay: name another";
    }
    if (key.keySpec() != KeySpec.SYMMETRIC_DEFAULT
        || key.keyUsage() != KeyUsageType.ENCRYPT_DECRYPT) {
      return "is no symmetric key for encryption: name another";
    }
    return key.keyState() == KeyState.ENABLED
        ? ""
        : "is " + key.keyStateAsString() + ": enable it, or name another";
  }

  /**
   * Makes a key unless an earlier run has made one. KMS is eventually consistent, so a key made
   * moments ago by a run that was killed may not be listed yet: it is looked for twice.
   */
  @Override
  public void apply(SetupContext context) {
    if (context.key().arn().isPresent()) {
      return; // made, and not seen yet
    }
    context.patience().settleDown();
    if (context.key().arn().isPresent()) {
      return;
    }
    String policy = KeyPolicies.forNewKey(context.poolArns());
    KeyMetadata made =
        context
            .calls()
            .kms(
                RegionRole.PRIMARY,
                "CreateKey",
                kms ->
                    kms.createKey(
                        it ->
                            it.multiRegion(true)
                                .description("Amazon Cognito user pool " + context.pool().id())
                                .policy(policy)
                                .tags(context.key().tag())))
            .keyMetadata();
    context.key().made(made.arn());
  }

  private static SetupStep step(State state, String change) {
    return new SetupStep(Kind.KEY, state, change);
  }
}
