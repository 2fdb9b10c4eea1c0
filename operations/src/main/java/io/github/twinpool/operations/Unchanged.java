package io.github.twinpool.operations;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserConfigType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * Updates that leave everything as it is. Cognito resets what an update leaves out, so each field
 * of the description is sent again. They are copied by the names in the SDK's model rather than one
 * by one: a field that a later SDK adds is then kept, too. What a later Cognito describes and this
 * SDK does not know is lost: keep the SDK up to date.
 */
final class Unchanged {
  private static final Map<String, String> OF_POOL = Map.of("UserPoolId", "Id", "PoolName", "Name");

  private Unchanged() {}

  static UpdateUserPoolRequest.Builder pool(UserPoolType described) {
    UpdateUserPoolRequest.Builder request = UpdateUserPoolRequest.builder();
    copy(described, request, OF_POOL);
    if (described.hasUserPoolTags()) {
      request.userPoolTags(ownTags(described.userPoolTags()));
    }
    return withoutOldValidity(described, request);
  }

  /**
   * The tags that may be set. Those that CloudFormation and others set stay by themselves, and a
   * request that names them is refused. (Source: AWS's tagging guide, system tags.)
   */
  static Map<String, String> ownTags(Map<String, String> tags) {
    Map<String, String> own = new HashMap<>(tags);
    own.keySet().removeIf(name -> name.startsWith("aws:"));
    return own;
  }

  static UpdateUserPoolDomainRequest.Builder domain(DomainDescriptionType described) {
    UpdateUserPoolDomainRequest.Builder request = UpdateUserPoolDomainRequest.builder();
    copy(described, request, Map.of());
    return request;
  }

  private static void copy(SdkPojo from, SdkPojo to, Map<String, String> otherNames) {
    Map<String, SdkField<?>> given = new HashMap<>();
    from.sdkFields().forEach(field -> given.put(field.memberName(), field));
    for (SdkField<?> field : to.sdkFields()) {
      SdkField<?> source =
          given.get(otherNames.getOrDefault(field.memberName(), field.memberName()));
      Object value = source == null ? null : source.getValueOrDefault(from);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        field.set(to, value);
      }
    }
  }

  /**
   * DescribeUserPool shows how long temporary passwords are good twice, and an update that repeats
   * both is refused. (Seen: pulumi-aws-native issue 1256.)
   */
  private static UpdateUserPoolRequest.Builder withoutOldValidity(
      UserPoolType described, UpdateUserPoolRequest.Builder request) {
    AdminCreateUserConfigType creation = described.adminCreateUserConfig();
    boolean newOne =
        described.policies() != null
            && described.policies().passwordPolicy() != null
            && described.policies().passwordPolicy().temporaryPasswordValidityDays() != null;
    return creation == null || !newOne
        ? request
        : request.adminCreateUserConfig(
            creation.toBuilder().unusedAccountValidityDays(null).build());
  }
}
