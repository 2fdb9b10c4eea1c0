package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.KeyPolicies.Verdict;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The key policies in both Regions. */
final class KeyPolicyTask implements SetupTask {
  private static final String POLICY = "default";

  @Override
  public SetupStep look(SetupContext context) {
    Optional<String> id = context.key().id();
    List<RegionRole> lacking = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (RegionRole role : RegionRole.values()) {
      if (id.isEmpty() || context.key().describe(role, id.get()).isEmpty()) {
        return step(
            State.TO_DO, "lets Cognito use the key, which is made with such a policy", warnings);
      }
      Verdict verdict = KeyPolicies.judge(policy(context, role, id.get()), context.poolArns());
      if (verdict == Verdict.ALLOWS_NOT) {
        lacking.add(role);
      } else if (verdict == Verdict.UNSURE) {
        warnings.add(
            "The policy in "
                + context.region(role)
                + " has denials or conditions for Cognito that are not judged here");
      }
    }
    if (lacking.isEmpty()) {
      return step(State.DONE, "the policies let Cognito use the key", warnings);
    }
    String where = String.join(" and ", lacking.stream().map(context::region).toList());
    return context.settings().manageKey()
        ? step(State.TO_DO, "adds statements for Cognito to the key policy in " + where, warnings)
        : step(
            State.BLOCKED,
            "the key policy in " + where + " does not let Cognito use the key for this pool",
            warnings);
  }

  private static String policy(SetupContext context, RegionRole role, String id) {
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
      if (KeyPolicies.judge(policy, arns) == Verdict.ALLOWS_NOT) {
        String extended = KeyPolicies.extended(policy, arns);
        context
            .calls()
            .kms(
                role,
                "PutKeyPolicy",
                kms -> kms.putKeyPolicy(it -> it.keyId(id).policyName(POLICY).policy(extended)));
      }
    }
  }

  private static SetupStep step(State state, String change, List<String> warnings) {
    return new SetupStep(Kind.KEY_POLICY, state, change, warnings);
  }
}
