package io.github.twinpool.operations;

import io.github.twinpool.operations.SetupStep.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The IAM actions that each command calls. The table in {@code docs/setup.md} is made of them, and
 * a test holds them against the calls that the commands really make.
 */
enum IamActions {
  SIGNAL("Route53HealthSignal", "route53:GetHealthCheck", "route53:GetHealthCheckStatus"),
  SETUP_PLAN(
      "ReplicationSetup.plan", setup().filter(action -> !isChange(action)).toArray(String[]::new)),
  SETUP_APPLY("ReplicationSetup.apply", setup().toArray(String[]::new)),
  DOCTOR(
      "ReplicationDoctor.examine",
      "cognito-idp:AdminGetUser",
      "cognito-idp:AdminInitiateAuth",
      "cognito-idp:DescribeRiskConfiguration",
      "cognito-idp:DescribeUserPool",
      "cognito-idp:DescribeUserPoolDomain",
      "cognito-idp:GetLogDeliveryConfiguration",
      "cognito-idp:GetProvisionedLimit",
      "cognito-idp:GetUserPoolMfaConfig",
      "cognito-idp:GetWebACLForResource",
      "cognito-idp:ListUserPoolClientSecrets",
      "cognito-idp:ListUserPoolClients",
      "cognito-idp:ListUserPoolReplicas",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "route53:GetHealthCheck",
      "route53:GetHealthCheckStatus",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource"),
  FLEET_DRILL("Drill.fleet", "route53:GetHealthCheck", "route53:UpdateHealthCheck"),
  DRILL_RESTORE(
      "Drill.restoreLeft",
      "cognito-idp:DescribeUserPool",
      "cognito-idp:DescribeUserPoolDomain",
      "route53:UpdateHealthCheck"),
  LAG(
      "ReplicationLagMeter.measure",
      "cognito-idp:AdminGetUser",
      "cognito-idp:AdminUpdateUserAttributes"),
  STATUS("ReplicationStatus.of", "cognito-idp:GetUser", "cognito-idp:ListUserPoolReplicas"),
  DNS_PLAN("DnsSwitch.plan", "route53:ListResourceRecordSets"),
  DNS_APPLY(
      "DnsSwitch.apply",
      "route53:ListResourceRecordSets",
      "route53:ChangeResourceRecordSets",
      "route53:GetChange");

  /**
   * Actions that IAM asks for though they are no calls. (Source: SDK's documentation of
   * CreateUserPoolReplica; KMS developer guide, ReplicateKey and CreateKey with tags; WAF API
   * reference, GetWebACLForResource; Cognito developer guide, "Associate an AWS WAF web ACL".)
   */
  private static final Set<String> NO_CALLS =
      Set.of(
          "cognito-idp:CreateUserPool",
          "kms:TagResource",
          "wafv2:GetWebACL",
          "cognito-idp:GetWebACLForResource");

  private final String command;

  @SuppressWarnings("ImmutableEnumChecker") // of List.copyOf, which the type does not say
  private final List<String> actions;

  IamActions(String command, String... actions) {
    this.command = command;
    this.actions = List.copyOf(new TreeSet<>(Arrays.asList(actions)));
  }

  private static Stream<String> setup() {
    return Arrays.stream(Kind.values()).flatMap(kind -> kind.permissions().stream());
  }

  private static boolean isChange(String action) {
    return !action.matches("[a-z0-9-]+:(Describe|Get|List).*");
  }

  /** The type and the method. */
  String command() {
    return command;
  }

  /** All actions, sorted. */
  List<String> actions() {
    return actions;
  }

  /** Those that are calls. */
  Set<String> calls() {
    return actions.stream()
        .filter(action -> !NO_CALLS.contains(action))
        .collect(Collectors.toUnmodifiableSet());
  }
}
