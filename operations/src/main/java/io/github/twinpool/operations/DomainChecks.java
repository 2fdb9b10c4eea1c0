package io.github.twinpool.operations;

import static io.github.twinpool.operations.DoctorCheck.critical;
import static io.github.twinpool.operations.DoctorCheck.warning;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.Finding.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FailoverType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;

/** What the doctor looks at in the pool's domains and the health check that they follow. */
final class DomainChecks {
  private DomainChecks() {}

  private static List<String> names(AwsCalls calls) {
    UserPoolType pool = SetupContext.described(calls, RegionRole.PRIMARY);
    return Stream.of(pool.domain(), pool.customDomain())
        .flatMap(name -> Optional.ofNullable(name).stream())
        .toList();
  }

  private static Optional<FailoverType> failover(AwsCalls calls, String name) {
    return RoutingTask.failover(RoutingTask.description(calls, name));
  }

  /** The health checks that the pool's domains follow. */
  static Set<String> healthCheckIds(AwsCalls calls) {
    Set<String> ids = new TreeSet<>();
    names(calls)
        .forEach(
            name ->
                failover(calls, name)
                    .map(FailoverType::primaryRoute53HealthCheckId)
                    .ifPresent(ids::add));
    return ids;
  }

  static List<Finding> domains(SetupContext context) {
    List<Finding> findings = new ArrayList<>();
    for (String name : names(context.calls())) {
      Optional<FailoverType> failover = failover(context.calls(), name);
      if (failover.isEmpty()) {
        findings.add(
            warning(
                Check.DOMAIN,
                "the domain "
                    + name
                    + " has no failover: managed login, federation and machine"
                    + " tokens there stay with the primary",
                "name a health check (setup plan)"));
      } else if (!context.region(RegionRole.SECONDARY).equals(failover.get().secondaryRegion())) {
        findings.add(
            critical(
                Check.DOMAIN,
                "the domain " + name + " fails over to " + failover.get().secondaryRegion(),
                "set its Routing to " + context.region(RegionRole.SECONDARY)));
      }
    }
    return findings;
  }

  static List<Finding> healthChecks(SetupContext context) {
    List<Finding> findings = new ArrayList<>();
    for (String id : healthCheckIds(context.calls())) {
      Optional<HealthCheckConfig> config = HealthCheckTask.config(context.calls(), id);
      if (config.isEmpty()) {
        findings.add(
            critical(
                Check.HEALTH_CHECK,
                "the domain follows the health check " + id + ", which does not exist",
                "name another (setup plan)"));
      } else {
        findings.addAll(judged(context, id, config.get()));
      }
    }
    return findings;
  }

  private static List<Finding> judged(SetupContext context, String id, HealthCheckConfig config) {
    if (Boolean.TRUE.equals(config.inverted())) {
      return List.of(
          warning(
              Check.HEALTH_CHECK,
              "the health check " + id + " is inverted: a drill is on, or was never ended",
              "end the drill, or set Inverted to false"));
    }
    if (Boolean.TRUE.equals(config.disabled())) {
      return List.of(
          critical(
              Check.HEALTH_CHECK,
              "the health check " + id + " is disabled, and so always healthy",
              "enable it"));
    }
    return HealthCheckTask.reading(context.calls(), id)
        .filter(reading -> !reading.healthy())
        .map(
            reading ->
                warning(
                    Check.HEALTH_CHECK,
                    "the health check "
                        + id
                        + " is unhealthy ("
                        + reading.healthyCheckers()
                        + " of "
                        + reading.checkers()
                        + " checkers): the domain is with the secondary",
                    "look at what it checks"))
        .map(List::of)
        .orElse(List.of());
  }
}
