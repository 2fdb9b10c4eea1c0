package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EncryptionKeyType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.KeyConfigurationType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * The key that a pool is or will be encrypted with: the one that was named, the one made in this
 * run, the one that it has, or the one that an earlier run made and tagged with the pool's ID.
 */
final class PoolKey {
  /** By which a later run finds the key: CreateKey has no token that makes it idempotent. */
  static final String TAG = "twinpool:user-pool";

  private static final String MULTI_REGION = "mrk-";

  private final SetupContext context;
  private @Nullable String found;

  PoolKey(SetupContext context) {
    this.context = context;
  }

  /** A key that was made just now. */
  void made(String arn) {
    found = arn;
  }

  /** Its ARN in the primary Region, if there is one. */
  Optional<String> arn() {
    return Optional.ofNullable(context.settings().kmsKey())
        .or(() -> Optional.ofNullable(found))
        .or(() -> configured().filter(PoolKey::isMultiRegion))
        .or(this::tagged);
  }

  /** Its ID, which is the same in both Regions. */
  Optional<String> id() {
    return arn().map(PoolKey::id);
  }

  static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  static boolean isMultiRegion(String arn) {
    return id(arn).startsWith(MULTI_REGION);
  }

  /** The customer managed key that the pool has now. */
  Optional<String> configured() {
    KeyConfigurationType configuration = context.described(RegionRole.PRIMARY).keyConfiguration();
    return Optional.ofNullable(configuration)
        .filter(it -> it.keyType() == EncryptionKeyType.CUSTOMER_MANAGED_KEY)
        .map(KeyConfigurationType::kmsKeyArn);
  }

  private Optional<String> tagged() {
    if (!context.settings().manageKey()) {
      return Optional.empty();
    }
    Optional<String> tagged =
        context
            .calls()
            .kms(
                RegionRole.PRIMARY,
                "ListKeys",
                kms ->
                    kms.listKeysPaginator().keys().stream()
                        .filter(key -> key.keyId().startsWith(MULTI_REGION))
                        .filter(key -> isOurs(key.keyId()))
                        .map(key -> key.keyArn())
                        .findFirst());
    tagged.ifPresent(this::made);
    return tagged;
  }

  private boolean isOurs(String keyId) {
    boolean tagged =
        context
            .calls()
            .kms(
                RegionRole.PRIMARY,
                "ListResourceTags",
                kms -> kms.listResourceTags(it -> it.keyId(keyId)).tags().stream())
            .anyMatch(
                tag -> tag.tagKey().equals(TAG) && tag.tagValue().equals(context.pool().id()));
    return tagged
        && describe(RegionRole.PRIMARY, keyId)
            .filter(key -> key.keyState() != KeyState.PENDING_DELETION)
            .isPresent();
  }

  Tag tag() {
    return Tag.builder().tagKey(TAG).tagValue(context.pool().id()).build();
  }

  /** A key as a Region describes it; empty if that does not know it, or not yet. */
  Optional<KeyMetadata> describe(RegionRole role, String keyId) {
    try {
      return Optional.of(
          context
              .calls()
              .kms(role, "DescribeKey", kms -> kms.describeKey(it -> it.keyId(keyId)))
              .keyMetadata());
    } catch (OperationRefusedException e) {
      if (e.getCause() instanceof NotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether an exception says that what was to be made is there already. */
  static boolean isThere(OperationRefusedException e) {
    return e.getCause() instanceof KmsException kms
        && "AlreadyExistsException".equals(kms.awsErrorDetails().errorCode());
  }
}
