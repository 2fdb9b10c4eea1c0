package io.github.twinpool.operations;

import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;

/** The Route 53 health check that the domain is to follow. */
final class HealthCheckTask implements SetupTask {
  /** Returns an ID that is one by its form. */
  static String requireId(String field, String id) {
    if (!id.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          field + " '" + id + "': must be the ID of a Route 53 health check");
    }
    return id;
  }

  @Override
  public SetupStep look(SetupContext context) {
    String id = context.settings().healthCheckId();
    HealthCheckConfig wanted = context.settings().healthCheck();
    if (id != null) {
      return config(context.calls(), id).isPresent()
          ? step(State.DONE, "the health check " + id + " is there")
          : step(State.BLOCKED, "there is no health check " + id);
    }
    if (wanted == null) {
      return step(
          State.NOT_ASKED, "no health check was named, so the pool's domain is left as it is");
    }
    Optional<HealthCheck> existing = existing(context);
    if (existing.isEmpty()) {
      return step(
          State.TO_DO,
          "creates a health check of " + endpoint(wanted) + ", which costs a little each month");
    }
    List<String> differences = differences(wanted, existing.get().healthCheckConfig());
    if (!differences.isEmpty()) {
      return step(
          State.BLOCKED,
          "the health check "
              + existing.get().id()
              + " was made for this pool with other values of "
              + String.join(", ", differences)
              + ": change it, or name it");
    }
    context.madeHealthCheck(existing.get().id());
    return step(State.DONE, "the health check " + existing.get().id() + " is there");
  }

  /** How a check is configured; empty if there is none of this ID. */
  static Optional<HealthCheckConfig> config(AwsCalls calls, String id) {
    try {
      return Optional.of(
          calls
              .route53("GetHealthCheck", it -> it.getHealthCheck(r -> r.healthCheckId(id)))
              .healthCheck()
              .healthCheckConfig());
    } catch (OperationRefusedException e) {
      if (e.getCause() instanceof NoSuchHealthCheckException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What a check says now; empty if no checker reports or there is no such check. */
  static Optional<HealthReading> reading(AwsCalls calls, String id) {
    return config(calls, id)
        .flatMap(
            config ->
                HealthReading.of(
                    config,
                    Boolean.TRUE.equals(config.disabled())
                        ? List.of()
                        : calls
                            .route53(
                                "GetHealthCheckStatus",
                                it -> it.getHealthCheckStatus(r -> r.healthCheckId(id)))
                            .healthCheckObservations()));
  }

  private static Optional<HealthCheck> existing(SetupContext context) {
    String reference = context.settings().healthCheckReference();
    return context
        .calls()
        .route53(
            "ListHealthChecks",
            it ->
                it.listHealthChecksPaginator().healthChecks().stream()
                    .filter(check -> reference.equals(check.callerReference()))
                    .findFirst());
  }

  private static List<String> differences(HealthCheckConfig wanted, HealthCheckConfig given) {
    List<String> names = new ArrayList<>();
    for (SdkField<?> field : wanted.sdkFields()) {
      Object value = field.getValueOrDefault(wanted);
      if (value != null
          && !(value instanceof List<?> list && list.isEmpty())
          && !value.equals(field.getValueOrDefault(given))) {
        names.add(field.memberName());
      }
    }
    return names;
  }

  private static String endpoint(HealthCheckConfig config) {
    String host =
        config.fullyQualifiedDomainName() == null
            ? config.ipAddress()
            : config.fullyQualifiedDomainName();
    return config.typeAsString() + " " + host;
  }

  /** CreateHealthCheck is idempotent by its caller reference. */
  @Override
  public void apply(SetupContext context) {
    context.madeHealthCheck(
        context
            .calls()
            .route53(
                "CreateHealthCheck",
                it ->
                    it.createHealthCheck(
                        r ->
                            r.callerReference(context.settings().healthCheckReference())
                                .healthCheckConfig(context.settings().healthCheck())))
            .healthCheck()
            .id());
  }

  private static SetupStep step(State state, String change) {
    return new SetupStep(Kind.HEALTH_CHECK, state, change);
  }
}
