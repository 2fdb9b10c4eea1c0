package io.github.twinpool.failover.internal.calls;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * The values of a request that may be a stranger's. An application names its pool by itself; any
 * other value (a user, a group, an app client) may be what a person typed.
 */
final class CallersValues {
  private static final String POOL = "UserPoolId";

  private CallersValues() {}

  /** Whether a value of the request contains the text, letter case aside. */
  static boolean contain(CognitoIdentityProviderRequest request, String text) {
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      boolean pool = POOL.equals(field.locationName()) && text.equals(value);
      if (!pool && contains(value, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(@Nullable Object value, String text) {
    if (value instanceof String it) {
      return containsIgnoringCase(it, text);
    }
    if (value instanceof Collection<?> all) {
      return all.stream().anyMatch(it -> contains(it, text));
    }
    if (value instanceof Map<?, ?> map) {
      return contains(map.keySet(), text) || contains(map.values(), text);
    }
    return value instanceof SdkPojo pojo
        && pojo.sdkFields().stream().anyMatch(it -> contains(it.getValueOrDefault(pojo), text));
  }

  private static boolean containsIgnoringCase(String value, String text) {
    for (int at = 0; at + text.length() <= value.length(); at++) {
      if (value.regionMatches(true, at, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}
