package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FailoverType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RoutingType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** The failover of the pool's prefix domain, or of its custom domain. */
final class RoutingTask implements SetupTask {
  private final Kind kind;

  /**
   * A domain's task.
   *
   * @param kind PREFIX_DOMAIN or CUSTOM_DOMAIN
   */
  RoutingTask(Kind kind) {
    this.kind = kind;
  }

  private Optional<String> name(SetupContext context) {
    UserPoolType pool = context.described(RegionRole.PRIMARY);
    return Optional.ofNullable(kind == Kind.CUSTOM_DOMAIN ? pool.customDomain() : pool.domain());
  }

  @Override
  public SetupStep look(SetupContext context) {
    Optional<String> name = name(context);
    if (name.isEmpty()) {
      return step(State.DONE, "the pool has none");
    }
    Optional<FailoverType> present = failover(description(context.calls(), name.get()));
    Optional<String> check = context.healthCheckId();
    if (check.isEmpty()) {
      if (context.settings().healthCheck() != null) {
        return step(State.TO_DO, name.get() + " follows the new health check");
      }
      return present
          .map(it -> step(State.DONE, name.get() + " follows " + it.primaryRoute53HealthCheckId()))
          .orElseGet(() -> step(State.NOT_ASKED, name.get() + " is not failed over"));
    }
    if (present.equals(Optional.of(wanted(context, check.get())))) {
      return step(State.DONE, name.get() + " follows " + check.get());
    }
    boolean unhealthy =
        HealthCheckTask.reading(context.calls(), check.get())
            .filter(it -> !it.healthy())
            .isPresent();
    return unhealthy
        ? step(
            State.BLOCKED,
            "the health check "
                + check.get()
                + " is unhealthy: "
                + name.get()
                + " would move to the secondary Region at once")
        : step(State.TO_DO, name.get() + " follows " + check.get());
  }

  /** A domain as the primary describes it. */
  static DomainDescriptionType description(AwsCalls calls, String name) {
    return calls
        .cognito(
            RegionRole.PRIMARY,
            "DescribeUserPoolDomain",
            it -> it.describeUserPoolDomain(r -> r.domain(name)))
        .domainDescription();
  }

  static Optional<FailoverType> failover(DomainDescriptionType description) {
    return Optional.ofNullable(description.routing()).map(RoutingType::failover);
  }

  private static FailoverType wanted(SetupContext context, String healthCheckId) {
    return FailoverType.builder()
        .secondaryRegion(context.region(RegionRole.SECONDARY))
        .primaryRoute53HealthCheckId(healthCheckId)
        .build();
  }

  @Override
  public void apply(SetupContext context) {
    String name = name(context).orElseThrow();
    FailoverType failover = wanted(context, context.healthCheckId().orElseThrow());
    var request =
        Unchanged.domain(description(context.calls(), name))
            .routing(routing -> routing.failover(failover))
            .build();
    context
        .calls()
        .cognito(
            RegionRole.PRIMARY, "UpdateUserPoolDomain", it -> it.updateUserPoolDomain(request));
  }

  private SetupStep step(State state, String change) {
    return new SetupStep(kind, state, change);
  }
}
