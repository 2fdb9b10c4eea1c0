package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.KeyPolicyJudgement.Verdict;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key policies in both Regions. */
final class KeyPolicyTask implements SetupTask {
  private static final String POLICY = "default";

  @Override
  public SetupStep look(SetupContext context) {
    Map<RegionRole, String> policies = policies(context);
    List<RegionRole> lacking = new ArrayList<>();
    List<String> denials = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    policies.forEach(
        (role, policy) -> {
          String region = context.region(role);
          KeyPolicyJudgement judged = KeyPolicyJudgement.of(policy, context.poolArns());
          if (judged.verdict() == Verdict.ALLOWS_NOT) {
            lacking.add(role);
          } else if (judged.verdict() == Verdict.DENIES) {
            denials.add(denial(region, judged));
          }
          doubt(region, judged).ifPresent(warnings::add);
          openness(region, judged).ifPresent(warnings::add);
        });
    if (!denials.isEmpty()) {
      return step(State.BLOCKED, String.join("; ", denials), warnings);
    }
    if (!lacking.isEmpty()) {
      return lacking(context, lacking, policies, warnings);
    }
    if (policies.size() == RegionRole.values().length) {
      return step(State.DONE, "the policies let Cognito use the key", warnings);
    }
    return step(
        State.TO_DO,
        policies.isEmpty()
            ? "lets Cognito use the key, which is made with such a policy"
            : "gives the key's replica the policy of the key, which lets Cognito use it",
        warnings);
  }

  private static SetupStep lacking(
      SetupContext context,
      List<RegionRole> lacking,
      Map<RegionRole, String> policies,
      List<String> warnings) {
    String where = String.join(" and ", lacking.stream().map(context::region).toList());
    if (!context.settings().manageKey()) {
      return step(
          State.BLOCKED,
          "the key policy in " + where + " does not let Cognito use the key for this pool",
          warnings);
    }
    boolean replaces =
        lacking.stream()
            .anyMatch(
                role -> KeyPolicies.hasOurs(policies.getOrDefault(role, ""), context.poolArns()));
    return step(
        State.TO_DO,
        (replaces ? "replaces the statements for this pool" : "adds statements for this pool")
            + " in the key policy in "
            + where
            + ", and leaves all others as they are",
        warnings);
  }

  /** Of the Regions that have the key. */
  static Map<RegionRole, String> policies(SetupContext context) {
    Map<RegionRole, String> policies = new EnumMap<>(RegionRole.class);
    context
        .key()
        .id()
        .ifPresent(
            id -> {
              for (RegionRole role : RegionRole.values()) {
                if (context.key().describe(role, id).isPresent()) {
                  policies.put(role, policy(context, role, id));
                }
              }
            });
    return policies;
  }

  static String denial(String region, KeyPolicyJudgement judged) {
    return "the key policy in "
        + region
        + " denies Cognito the key ("
        + String.join(", ", judged.statements())
        + "): change that, no other statement can allow it";
  }

  /** What cannot be judged, if the answer depends on it. */
  static Optional<String> doubt(String region, KeyPolicyJudgement judged) {
    return judged.verdict() == Verdict.UNSURE
        ? Optional.of(
            "Whether the key policy in "
                + region
                + " lets Cognito use the key is not judged here: it depends on "
                + String.join(", ", judged.statements()))
        : Optional.empty();
  }

  /** (Source: KMS developer guide, "Avoiding the confused deputy problem".) */
  static Optional<String> openness(String region, KeyPolicyJudgement judged) {
    return judged.open().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "In the key policy in "
                + region
                + " "
                + String.join(", ", judged.open())
                + " lets Cognito use the key without a condition on aws:SourceArn or"
                + " aws:SourceAccount that leaves other accounts out: another account's pool might"
                + " be enough");
  }

  /** A key's policy in a Region. */
  static String policy(SetupContext context, RegionRole role, String id) {
    return context
        .calls()
        .kms(role, "GetKeyPolicy", kms -> kms.getKeyPolicy(it -> it.keyId(id).policyName(POLICY)))
        .policy();
  }

  @Override
  public void apply(SetupContext context) {
    String id = context.key().id().orElseThrow();
    List<String> arns = context.poolArns();
    for (RegionRole role : RegionRole.values()) {
      String policy = policy(context, role, id);
      String sufficient = KeyPolicies.sufficient(policy, arns);
      if (!sufficient.equals(policy)) {
        context
            .calls()
            .kms(
                role,
                "PutKeyPolicy",
                kms -> kms.putKeyPolicy(it -> it.keyId(id).policyName(POLICY).policy(sufficient)));
      }
    }
  }

  private static SetupStep step(State state, String change, List<String> warnings) {
    return new SetupStep(Kind.KEY_POLICY, state, change, warnings);
  }
}
