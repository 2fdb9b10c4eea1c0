package io.github.twinpool.operations;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of a {@link SetupPlan}: what it changes, why, and how far it is. Immutable. */
public final class SetupStep {
  private final Kind kind;
  private final State state;
  private final String change;
  private final List<String> warnings;

  SetupStep(Kind kind, State state, String change, List<String> warnings) {
    this.kind = kind;
    this.state = state;
    this.change = change;
    this.warnings = List.copyOf(warnings);
  }

  SetupStep(Kind kind, State state, String change) {
    this(kind, state, change, List.of());
  }

  /** Which step it is. */
  public Kind kind() {
    return kind;
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  /** What is there, what will be changed, or what blocks: one sentence without a full stop. */
  public String change() {
    return change;
  }

  /** What to know before, or what remains to be done by hand. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public String toString() {
    return kind + ": " + state + ", " + change;
  }

  /** How far a step is. */
  public enum State {
    /** Nothing is left to do. */
    DONE,
    /** {@link ReplicationSetup#apply} will do it. */
    TO_DO,
    /** Left as it is, because nobody asked for it. */
    NOT_ASKED,
    /** It wants a decision or a deed first. */
    BLOCKED
  }

  /** The steps, in their order. */
  public enum Kind {
    /** The feature plan of the pool. */
    TIER(
        "Only pools of the Essentials or the Plus plan have replicas",
        null,
        "cognito-idp:DescribeUserPool"),
    /** The KMS key in the primary Region. */
    KEY(
        "A replicated pool is encrypted with a multi-Region key of your own",
        "schedule the deletion of the key, once no pool uses it",
        "kms:DescribeKey",
        "kms:ListKeys",
        "kms:ListResourceTags",
        "kms:CreateKey",
        "kms:TagResource"),
    /** The key's replica in the secondary Region. */
    KEY_REPLICA(
        "The key must be in every Region that has a replica of the pool",
        "schedule the deletion of the replica key, once no replica uses it",
        "kms:DescribeKey",
        "kms:GetKeyPolicy",
        "kms:ReplicateKey",
        "kms:CreateKey",
        "kms:TagResource"),
    /** The key policies in both Regions. */
    KEY_POLICY(
        "Cognito uses the key by its service principal, which the key policy must allow",
        "put the former key policy back",
        "kms:GetKeyPolicy",
        "kms:PutKeyPolicy"),
    /** The pool's KeyConfiguration. */
    KEY_CONFIGURATION(
        "The pool must be encrypted with that key before it is replicated",
        "set KeyConfiguration to AWS_OWNED_KEY, while there is no replica",
        "cognito-idp:DescribeUserPool",
        "cognito-idp:UpdateUserPool"),
    /** The pool's IssuerConfiguration. */
    ISSUER(
        "The updated issuer publishes its keys from several Regions, the original from one",
        "set IssuerConfiguration to ORIGINAL; tokens in use keep the issuer they have",
        "cognito-idp:UpdateUserPool"),
    /** The replica. */
    REPLICA(
        "The replica signs people in while the primary Region cannot",
        "deactivate and delete the replica",
        "cognito-idp:ListUserPoolReplicas",
        "cognito-idp:CreateUserPoolReplica",
        "cognito-idp:CreateUserPool"),
    /** What each Region has of its own. */
    REGIONAL_SETTINGS(
        "E-mail, SMS, triggers, tags, log export and WAF do not replicate",
        "update the replica with what it had",
        "cognito-idp:DescribeUserPool",
        "cognito-idp:GetLogDeliveryConfiguration",
        "cognito-idp:DescribeRiskConfiguration",
        "cognito-idp:UpdateUserPool"),
    /** The Route 53 health check. */
    HEALTH_CHECK(
        "Cognito moves the pool's domain when this check is unhealthy, and back when it is healthy",
        "delete the check, once no domain follows it",
        "route53:GetHealthCheck",
        "route53:GetHealthCheckStatus",
        "route53:ListHealthChecks",
        "route53:CreateHealthCheck"),
    /** The prefix domain's Routing. */
    PREFIX_DOMAIN(
        "Managed login and OAuth 2.0 at the prefix domain fail over with the check",
        "update the domain without Routing",
        "cognito-idp:DescribeUserPoolDomain",
        "cognito-idp:UpdateUserPoolDomain"),
    /** The custom domain's Routing. */
    CUSTOM_DOMAIN(
        "Managed login and OAuth 2.0 at the custom domain fail over with the check",
        "update the domain without Routing",
        "cognito-idp:DescribeUserPoolDomain",
        "cognito-idp:UpdateUserPoolDomain"),
    /** The replica's status. */
    ACTIVATION(
        "An INACTIVE replica signs nobody in",
        "set the replica's status to INACTIVE",
        "cognito-idp:ListUserPoolReplicas",
        "cognito-idp:UpdateUserPoolReplica");

    private final String why;
    private final @Nullable String undo;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of, which the type does not say
    private final List<String> permissions;

    Kind(String why, @Nullable String undo, String... permissions) {
      this.why = why;
      this.undo = undo;
      this.permissions = List.of(permissions);
    }

    /** Why the step is there. */
    public String why() {
      return why;
    }

    /** How to undo it; empty if it changes nothing. */
    public Optional<String> undo() {
      return Optional.ofNullable(undo);
    }

    /** The IAM actions that looking and changing need. */
    public List<String> permissions() {
      return permissions;
    }
  }
}
