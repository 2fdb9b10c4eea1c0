package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * Updates a pool in one Region and keeps all that is not meant to change. The description is read
 * right before: Cognito has no version by which it would notice that somebody else was faster.
 */
final class PoolUpdate {
  private static final Logger LOG = LoggerFactory.getLogger(PoolUpdate.class);

  private PoolUpdate() {}

  /** What a change would send, or an empty list if it changes nothing. */
  static List<String> changes(
      UserPoolType described, Consumer<UpdateUserPoolRequest.Builder> change) {
    return differences(Unchanged.pool(described).build(), changed(described, change));
  }

  private static UpdateUserPoolRequest changed(
      UserPoolType described, Consumer<UpdateUserPoolRequest.Builder> change) {
    UpdateUserPoolRequest.Builder request = Unchanged.pool(described);
    change.accept(request);
    return request.build();
  }

  static void apply(
      SetupContext context, RegionRole role, Consumer<UpdateUserPoolRequest.Builder> change) {
    UpdateUserPoolRequest request = changed(context.described(role), change);
    context.calls().cognito(role, "UpdateUserPool", it -> it.updateUserPool(request));
    List<String> others = differences(request, Unchanged.pool(context.described(role)).build());
    if (!others.isEmpty()) {
      LOG.warn(
          "UpdateUserPool of {} in {}: DescribeUserPool shows other values than were sent for {}",
          context.pool().id(),
          context.region(role),
          others);
    }
  }

  private static List<String> differences(UpdateUserPoolRequest one, UpdateUserPoolRequest other) {
    List<String> names = new ArrayList<>();
    for (SdkField<?> field : one.sdkFields()) {
      if (!Objects.equals(field.getValueOrDefault(one), field.getValueOrDefault(other))) {
        names.add(field.memberName());
      }
    }
    return names;
  }
}
