package io.github.twinpool.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a key policy says to Cognito about a pool, as far as it can be read here. A Deny counts
 * before an Allow. What depends on something that is not known here is doubtful, and said to be.
 *
 * @param verdict the answer
 * @param statements those that deny, or that are doubtful, by their names
 * @param open those that allow Cognito the key and do not limit {@code aws:SourceArn} or {@code
 *     aws:SourceAccount} to known accounts or pools (confused deputy)
 */
record KeyPolicyJudgement(Verdict verdict, List<String> statements, List<String> open) {
  /** What a policy says to Cognito. */
  enum Verdict {
    ALLOWS,
    /** Statements are missing. */
    ALLOWS_NOT,
    /** A Deny forbids it, which no further statement can change. */
    DENIES,
    /** It has statements that are not judged here, and the answer depends on them. */
    UNSURE
  }

  /** Names of condition keys have no case. (Source: IAM guide.) */
  private static final String SOURCE_ARN = "aws:sourcearn";

  private static final String SOURCE_ACCOUNT = "aws:sourceaccount";

  /** Operators that say what a key must be. */
  private static final Set<String> LIMITING =
      Set.of("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike");

  /** Whether a statement is about a use of the key. */
  private enum Applies {
    NO,
    DOUBTFUL,
    YES;

    Applies and(Applies other) {
      return compareTo(other) <= 0 ? this : other;
    }

    static Applies when(boolean yes) {
      return yes ? YES : NO;
    }
  }

  /** One thing that Cognito does with the key. */
  private record Use(String service, String action, String poolArn) {}

  /** Judges a policy for a pool by each of its ARNs. */
  static KeyPolicyJudgement of(String policy, List<String> poolArns) {
    List<JsonNode> statements = KeyPolicies.statements(policy).toList();
    List<JsonNode> denials = ofEffect(statements, "Deny");
    List<JsonNode> permits = ofEffect(statements, "Allow");
    List<Use> uses = uses(poolArns);
    List<JsonNode> denying = thatApply(denials, uses, Applies.YES);
    if (!denying.isEmpty()) {
      return judgement(Verdict.DENIES, denying, statements, permits);
    }
    if (uses.stream().anyMatch(use -> best(permits, use) == Applies.NO)) {
      return judgement(Verdict.ALLOWS_NOT, List.of(), statements, permits);
    }
    List<JsonNode> doubtful = new ArrayList<>(thatApply(denials, uses, Applies.DOUBTFUL));
    List<Use> unsure = uses.stream().filter(use -> best(permits, use) == Applies.DOUBTFUL).toList();
    doubtful.addAll(thatApply(permits, unsure, Applies.DOUBTFUL));
    return judgement(
        doubtful.isEmpty() ? Verdict.ALLOWS : Verdict.UNSURE, doubtful, statements, permits);
  }

  private static KeyPolicyJudgement judgement(
      Verdict verdict, List<JsonNode> named, List<JsonNode> all, List<JsonNode> permits) {
    return new KeyPolicyJudgement(
        verdict, names(named, all), names(permits.stream().filter(it -> isOpen(it)).toList(), all));
  }

  private static List<Use> uses(List<String> poolArns) {
    return KeyPolicies.SERVICES.stream()
        .flatMap(
            service ->
                KeyPolicies.neededActions()
                    .flatMap(action -> poolArns.stream().map(arn -> new Use(service, action, arn))))
        .toList();
  }

  private static List<JsonNode> ofEffect(List<JsonNode> statements, String effect) {
    return statements.stream().filter(it -> it.path("Effect").asText().equals(effect)).toList();
  }

  private static List<JsonNode> thatApply(List<JsonNode> of, List<Use> uses, Applies how) {
    return of.stream()
        .filter(it -> uses.stream().anyMatch(use -> applies(it, use) == how))
        .toList();
  }

  private static Applies best(List<JsonNode> of, Use use) {
    return of.stream().map(it -> applies(it, use)).max(Applies::compareTo).orElse(Applies.NO);
  }

  private static List<String> names(List<JsonNode> of, List<JsonNode> all) {
    return of.stream()
        .map(
            it ->
                it.path("Sid").asText().isEmpty()
                    ? "statement " + (all.indexOf(it) + 1)
                    : "statement '" + it.path("Sid").asText() + "'")
        .toList();
  }

  /** An Allow for everybody is meant for Cognito only if nothing else limits it. */
  private static boolean isOpen(JsonNode statement) {
    boolean named =
        KeyPolicies.texts(statement.path("Principal").path("Service"))
            .anyMatch(KeyPolicies.SERVICES::contains);
    return named
        ? statement.path("Condition").propertyStream().noneMatch(it -> limits(it))
        : (isForEverybody(statement) || statement.has("NotPrincipal"))
            && statement.path("Condition").isEmpty();
  }

  private static boolean isForEverybody(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    return Stream.of(principal, principal.path("AWS"), principal.path("Service"))
        .flatMap(KeyPolicies::texts)
        .anyMatch("*"::equals);
  }

  /**
   * Whether an operator of a condition leaves no pool of an unknown account in. One that says what
   * must not be does not; nor does one that holds without the key ({@code IfExists}, {@code
   * ForAllValues}).
   */
  private static boolean limits(Map.Entry<String, JsonNode> condition) {
    String operator = condition.getKey().replaceFirst("^ForAnyValue:", "");
    return LIMITING.contains(operator)
        && condition
            .getValue()
            .propertyStream()
            .anyMatch(key -> limits(operator, key.getKey(), key.getValue()));
  }

  private static boolean limits(String operator, String key, JsonNode values) {
    boolean wild = !operator.startsWith("StringEquals");
    List<String> given = KeyPolicies.scalars(values).toList();
    return !given.isEmpty()
        && switch (key.toLowerCase(Locale.ROOT)) {
          case SOURCE_ACCOUNT -> given.stream().noneMatch(it -> mayBeSeveral(it, wild));
          case SOURCE_ARN -> given.stream().allMatch(it -> namesAccountOrPool(it, wild));
          default -> false;
        };
  }

  /** The ID of a pool is given out once, in whichever account. */
  private static boolean namesAccountOrPool(String arn, boolean wild) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && !(mayBeSeveral(parts[4], wild) && mayBeSeveral(parts[5], wild));
  }

  /** Whether a part may stand for several: by wildcards, or by a variable. */
  private static boolean mayBeSeveral(String part, boolean wild) {
    return part.contains("${") || (wild && (part.contains("*") || part.contains("?")));
  }

  private static Applies applies(JsonNode statement, Use use) {
    return principal(statement, use.service())
        .and(action(statement, use.action()))
        .and(resource(statement))
        .and(conditions(statement.path("Condition"), use));
  }

  /** "*" and {"AWS": "*"} mean everybody, services too. An Allow for everybody is not relied on. */
  private static Applies principal(JsonNode statement, String service) {
    if (statement.has("NotPrincipal")) {
      return Applies.DOUBTFUL;
    }
    return Applies.when(
        (isForEverybody(statement) && statement.path("Effect").asText().equals("Deny"))
            || KeyPolicies.texts(statement.path("Principal").path("Service"))
                .anyMatch(service::equals));
  }

  private static Applies action(JsonNode statement, String action) {
    if (statement.has("NotAction")) {
      return Applies.DOUBTFUL;
    }
    String lower = action.toLowerCase(Locale.ROOT);
    return Applies.when(
        KeyPolicies.texts(statement.path("Action"))
            .anyMatch(pattern -> isLike(pattern.toLowerCase(Locale.ROOT), lower)));
  }

  /** In a key policy "*" is the key. What else could be meant is not judged. */
  private static Applies resource(JsonNode statement) {
    boolean key = KeyPolicies.texts(statement.path("Resource")).anyMatch("*"::equals);
    return key ? Applies.YES : Applies.DOUBTFUL;
  }

  private static Applies conditions(JsonNode conditions, Use use) {
    Applies all = Applies.YES;
    for (Map.Entry<String, JsonNode> operator : conditions.properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        all = all.and(condition(operator.getKey(), key.getKey(), key.getValue(), use));
      }
    }
    return all;
  }

  private static Applies condition(String operator, String key, JsonNode values, Use use) {
    String actual =
        switch (key.toLowerCase(Locale.ROOT)) {
          case SOURCE_ARN -> use.poolArn();
          case SOURCE_ACCOUNT -> KeyPolicies.account(use.poolArn());
          default -> context(key, use);
        };
    List<String> wanted = KeyPolicies.texts(values).toList();
    // An account may be a JSON number, which is no text.
    long given = values.isArray() ? values.size() : 1;
    if (actual.isEmpty()
        || wanted.size() < given
        || wanted.stream().anyMatch(it -> it.contains("${"))) {
      return Applies.DOUBTFUL;
    }
    return switch (operator) {
      case "StringEquals" -> Applies.when(wanted.contains(actual));
      case "StringLike" -> Applies.when(wanted.stream().anyMatch(it -> isLike(it, actual)));
      case "ArnEquals", "ArnLike" ->
          Applies.when(wanted.stream().anyMatch(it -> isLikeArn(it, actual)));
      default -> Applies.DOUBTFUL;
    };
  }

  /** DescribeKey has no encryption context; what else there is, is not known here. */
  private static String context(String key, Use use) {
    return key.equalsIgnoreCase(KeyPolicies.CONTEXT) && !use.action().equals(KeyPolicies.DESCRIBE)
        ? use.poolArn()
        : "";
  }

  /** Each part by itself: a star does not go over a colon, but in the last. (Source: IAM guide.) */
  private static boolean isLikeArn(String pattern, String arn) {
    String[] patterns = pattern.split(":", 6);
    String[] parts = arn.split(":", 6);
    boolean like = patterns.length == parts.length;
    for (int i = 0; like && i < parts.length; i++) {
      like = isLike(patterns[i], parts[i]);
    }
    return like;
  }

  /**
   * IAM's wildcards. In one pass, which goes back to the last star alone: a regular expression of
   * many stars would take for ever.
   */
  private static boolean isLike(String pattern, String text) {
    int at = 0;
    int star = -1;
    int covered = 0;
    for (int i = 0; i < text.length(); ) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (wanted == '*') {
        star = at++;
        covered = i;
      } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++covered;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(it -> it == '*');
  }
}
