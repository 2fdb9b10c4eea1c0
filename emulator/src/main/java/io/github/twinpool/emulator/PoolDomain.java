package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A domain as CreateUserPoolDomain and UpdateUserPoolDomain make it. Immutable.
 *
 * @param name a prefix, or the full name of a custom domain
 * @param settings ManagedLoginVersion, CustomDomainConfig and Routing, as they were given
 */
record PoolDomain(String poolId, String name, ObjectNode settings) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
  private static final String CUSTOM = "CustomDomainConfig";
  private static final String VERSION = "ManagedLoginVersion";
  static final String ROUTING = "Routing";

  /**
   * The domain that a request describes; what it leaves out is reset. That an update resets is what
   * UpdateUserPool does, and assumed here.
   *
   * @param failoverRegion the only Region that a failover can go to
   * @throws WireError an InvalidParameterException
   */
  static PoolDomain of(Pool pool, JsonRequest request, String failoverRegion, HealthChecks checks) {
    String name = request.required("Domain");
    if (!NAME.matcher(name).matches()) {
      throw WireError.invalidParameter("Domain is malformed.");
    }
    ObjectNode settings = request.copy(VERSION, CUSTOM, ROUTING);
    if (!settings.has(VERSION)) {
      settings.put(VERSION, 1);
    }
    PoolDomain domain = new PoolDomain(pool.id(), name, settings);
    if (domain.custom() != settings.has(CUSTOM)) {
      throw WireError.invalidParameter(
          "A custom domain wants a CustomDomainConfig, and a prefix domain has none.");
    }
    request
        .text("Routing.Failover.SecondaryRegion")
        .filter(region -> !region.equals(failoverRegion))
        .ifPresent(
            region -> {
              throw WireError.invalidParameter("The pool has no replica in " + region + ".");
            });
    domain
        .healthCheckId()
        .filter(id -> checks.of(id).isEmpty())
        .ifPresent(
            id -> {
              throw WireError.invalidParameter("There is no Route 53 health check " + id + ".");
            });
    return domain;
  }

  boolean custom() {
    return name.indexOf('.') >= 0;
  }

  /** The health check that the domain follows, if it is failed over. */
  Optional<String> healthCheckId() {
    return Optional.ofNullable(
        settings.at("/Routing/Failover/PrimaryRoute53HealthCheckId").textValue());
  }

  /** As DescribeUserPoolDomain shows it. */
  ObjectNode describe(String account) {
    return settings
        .deepCopy()
        .put("UserPoolId", poolId)
        .put("AWSAccountId", account)
        .put("Domain", name)
        .put("CloudFrontDistribution", cloudFront())
        .put("Version", "20260604000000")
        .put("Status", "ACTIVE");
  }

  /** As CreateUserPoolDomain and UpdateUserPoolDomain answer. */
  ObjectNode answer() {
    ObjectNode answer = WireJson.object();
    answer.set(VERSION, settings.path(VERSION));
    if (settings.has(ROUTING)) {
      answer.set(ROUTING, settings.path(ROUTING).deepCopy());
    }
    return custom() ? answer.put("CloudFrontDomain", cloudFront()) : answer;
  }

  private String cloudFront() {
    return "d111111abcdef8.cloudfront.net";
  }
}
