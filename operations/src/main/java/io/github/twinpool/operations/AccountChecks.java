package io.github.twinpool.operations;

import static io.github.twinpool.operations.DoctorCheck.info;
import static io.github.twinpool.operations.DoctorCheck.warning;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.Finding.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitClass;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.wafv2.model.WebACL;

/** What the doctor looks at around the pool: what the account has in each Region. */
final class AccountChecks {
  /** The categories of operations that a secondary serves; it declines the others. */
  private static final List<String> CATEGORIES =
      List.of("UserAuthentication", "UserToken", "UserFederation", "UserRead", "UserList");

  private AccountChecks() {}

  /** (Source: Cognito developer guide: WAF web ACLs are not replicated.) */
  static List<Finding> waf(SetupContext context) {
    if (context.replicaStatus().filter(ReplicaTask::made).isEmpty()) {
      return List.of(); // said by the check of the replica
    }
    List<String> arns = context.poolArns();
    Optional<WebACL> guard = webAcl(context, RegionRole.PRIMARY, arns.get(0));
    if (guard.isEmpty() || webAcl(context, RegionRole.SECONDARY, arns.get(1)).isPresent()) {
      return List.of();
    }
    return List.of(
        warning(
            Check.WAF,
            "the web ACL " + guard.get().name() + " guards the pool, and none guards the replica",
            "associate one of " + context.region(RegionRole.SECONDARY) + " with " + arns.get(1)));
  }

  private static Optional<WebACL> webAcl(SetupContext context, RegionRole role, String arn) {
    return Optional.ofNullable(
        context
            .calls()
            .waf(
                role,
                "GetWebACLForResource",
                it -> it.getWebACLForResource(r -> r.resourceArn(arn)))
            .webACL());
  }

  /**
   * Compares what was raised in the primary. (Source: Cognito developer guide, "Quotas": they are
   * per account and Region, and a raise in one is none in the other. That the secondary Region
   * tells its own is assumed; if it declines, that is said.)
   */
  static List<Finding> quotas(SetupContext context) {
    String region = context.region(RegionRole.SECONDARY);
    List<String> lower = new ArrayList<>();
    for (String category : CATEGORIES) {
      LimitType primary = limit(context, RegionRole.PRIMARY, category);
      if (primary.provisionedLimitValue() <= primary.freeLimitValue()) {
        continue; // Nobody has less than that.
      }
      try {
        LimitType secondary = limit(context, RegionRole.SECONDARY, category);
        if (secondary.provisionedLimitValue() < primary.provisionedLimitValue()) {
          lower.add(
              category
                  + " "
                  + secondary.provisionedLimitValue()
                  + " a second instead of "
                  + primary.provisionedLimitValue());
        }
      } catch (OperationRefusedException e) {
        if (!(e.getCause() instanceof OperationNotEnabledException)) {
          throw e;
        }
        return List.of(
            info(
                Check.QUOTAS,
                category
                    + " was raised in the primary, and "
                    + region
                    + " does not tell its quotas",
                "compare them in the Service Quotas console of " + region));
      }
    }
    return lower.isEmpty()
        ? List.of()
        : List.of(
            warning(
                Check.QUOTAS,
                "quotas are lower in " + region + ": " + String.join(", ", lower),
                "raise them there, too: a raise in one Region is none in the other"));
  }

  private static LimitType limit(SetupContext context, RegionRole role, String category) {
    return context
        .calls()
        .cognito(
            role,
            "GetProvisionedLimit",
            it ->
                it.getProvisionedLimit(
                    r ->
                        r.limitDefinition(
                            of ->
                                of.limitClass(LimitClass.API_CATEGORY)
                                    .attributes(Map.of("Category", category)))))
        .limit();
  }
}
