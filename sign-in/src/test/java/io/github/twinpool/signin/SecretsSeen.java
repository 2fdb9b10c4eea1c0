package io.github.twinpool.signin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Collects the secrets in every request and response of every AWS SDK client in this JVM: the SDK
 * finds it by its name in {@code execution.interceptors}.
 */
public final class SecretsSeen implements ExecutionInterceptor {
  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

  /**
   * Shorter ones are codes: six digits stand in every other log line for something else. Capitals
   * are the names of challenges.
   */
  private static final int SHORTEST = 8;

  private static final Set<String> FIELDS =
      Set.of(
          "Session",
          "AccessToken",
          "IdToken",
          "RefreshToken",
          "Token",
          "SecretCode",
          "ClientSecret",
          "Password",
          "TemporaryPassword",
          "PasswordVerifier",
          "Salt");

  private static final Set<String> PUBLIC_ENTRIES =
      Set.of(
          "USERNAME",
          "USER_ID_FOR_SRP",
          "DEVICE_KEY",
          "TIMESTAMP",
          "CHALLENGE_NAME",
          "PREFERRED_CHALLENGE",
          "CODE_DELIVERY_DELIVERY_MEDIUM",
          "CODE_DELIVERY_DESTINATION",
          "FRIENDLY_DEVICE_NAME",
          "MFAS_CAN_CHOOSE",
          "MFAS_CAN_SETUP",
          "requiredAttributes",
          "userAttributes",
          "question");

  static Set<String> all() {
    return Set.copyOf(SECRETS);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    collect((SdkPojo) context.request());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    collect((SdkPojo) context.response());
  }

  private static void collect(SdkPojo pojo) {
    for (SdkField<?> field : pojo.sdkFields()) {
      Optional<?> value = Optional.ofNullable(field.getValueOrDefault(pojo));
      value.ifPresent(it -> collect(field.locationName(), it));
    }
  }

  private static void collect(String name, Object value) {
    if (value instanceof SdkPojo pojo) {
      collect(pojo);
    } else if (value instanceof Map<?, ?> entries
        && !name.equals("ClientMetadata")
        && (name.startsWith("Auth") || name.startsWith("Challenge"))) {
      entries.forEach(
          (key, entry) -> {
            if (!PUBLIC_ENTRIES.contains(key)) {
              keep(String.valueOf(entry));
            }
          });
    } else if (FIELDS.contains(name)) {
      keep(value.toString());
    }
  }

  /** Keeps a secret that no AWS SDK client has seen. */
  static void keep(String secret) {
    if (secret.length() >= SHORTEST && !secret.matches("[A-Z_]+")) {
      SECRETS.add(secret);
    }
  }
}
