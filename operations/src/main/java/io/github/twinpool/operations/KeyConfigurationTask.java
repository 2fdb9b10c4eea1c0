package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EncryptionKeyType;

/** The pool's KeyConfiguration. */
final class KeyConfigurationTask implements SetupTask {
  @Override
  public SetupStep look(SetupContext context) {
    Optional<String> wanted = context.key().arn();
    Optional<String> configured = context.key().configured();
    if (wanted.isEmpty()) {
      return step(State.TO_DO, "encrypts the pool with the new key");
    }
    if (wanted.equals(configured)) {
      return step(State.DONE, "the pool is encrypted with " + wanted.get());
    }
    return step(
        State.TO_DO,
        "encrypts the pool with "
            + wanted.get()
            + configured.map(before -> " instead of " + before).orElse(""));
  }

  @Override
  public void apply(SetupContext context) {
    String arn = context.key().arn().orElseThrow();
    PoolUpdate.apply(
        context,
        RegionRole.PRIMARY,
        request ->
            request.keyConfiguration(
                key -> key.keyType(EncryptionKeyType.CUSTOMER_MANAGED_KEY).kmsKeyArn(arn)));
  }

  private static SetupStep step(State state, String change) {
    return new SetupStep(Kind.KEY_CONFIGURATION, state, change);
  }
}
