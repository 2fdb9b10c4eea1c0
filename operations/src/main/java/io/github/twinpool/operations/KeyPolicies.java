package io.github.twinpool.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.operations.KeyPolicyJudgement.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Key policies, as far as Cognito is concerned. (Source of what it needs: Cognito developer guide,
 * "Data protection", customer managed key policy. That a replica's use names the secondary Region
 * in the pool's ARN is assumed, so both ARNs are allowed in both Regions.)
 *
 * <p>One key may serve several pools, and its policy belongs to its operator: only statements that
 * were written here for the same pool are ever replaced.
 */
final class KeyPolicies {
  static final List<String> SERVICES =
      List.of("cognito-idp.amazonaws.com", "identitystore.amazonaws.com");
  static final String DESCRIBE = "kms:DescribeKey";
  static final String CONTEXT = "kms:EncryptionContext:aws:cognito-idp:userpool-arn";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> USE =
      List.of(
          "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKeyWithoutPlaintext");
  private static final String USE_SID = "TwinpoolCognitoUse";
  private static final String DESCRIBE_SID = "TwinpoolCognitoDescribe";
  private static final Set<String> MEMBERS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  private KeyPolicies() {}

  /** What Cognito does with a key. */
  static Stream<String> neededActions() {
    return Stream.concat(
        USE.stream()
            .flatMap(
                action ->
                    action.endsWith("*")
                        ? Stream.of(action.replace("*", "From"), action.replace("*", "To"))
                        : Stream.of(action)),
        Stream.of(DESCRIBE));
  }

  /** A policy with what it lacks for a pool; unchanged if it lacks nothing. */
  static String sufficient(String policy, List<String> poolArns) {
    boolean lacks = KeyPolicyJudgement.of(policy, poolArns).verdict() == Verdict.ALLOWS_NOT;
    return lacks ? extended(policy, poolArns) : policy;
  }

  /** A policy with statements for a pool; everything else in it stays as it is. */
  static String extended(String policy, List<String> poolArns) {
    ObjectNode extended = read(policy).deepCopy();
    ArrayNode statements = JSON.createArrayNode();
    statements(policy).filter(statement -> !isOurs(statement, poolArns)).forEach(statements::add);
    addForCognito(statements, poolArns);
    extended.set("Statement", statements);
    return extended.toString();
  }

  /** Whether a policy has statements that {@link #extended} would replace. */
  static boolean hasOurs(String policy, List<String> poolArns) {
    return statements(policy).anyMatch(statement -> isOurs(statement, poolArns));
  }

  /**
   * Whether a statement was written here for exactly this pool, and says no more. A statement that
   * only has such a Sid is somebody's own, and so is ours once it was changed to say more.
   */
  private static boolean isOurs(JsonNode statement, List<String> poolArns) {
    String sid = statement.path("Sid").asText();
    return (sid.startsWith(USE_SID) || sid.startsWith(DESCRIBE_SID))
        && statement.path("Effect").asText().equals("Allow")
        && statement.propertyStream().map(Map.Entry::getKey).allMatch(MEMBERS::contains)
        && statement.path("Principal").size() == 1
        && consistsOf(statement.path("Principal").path("Service"), SERVICES)
        && (consistsOf(statement.path("Action"), USE)
            || consistsOf(statement.path("Action"), List.of(DESCRIBE)))
        && consistsOf(statement.path("Resource"), List.of("*"))
        && isAboutPool(statement.path("Condition"), poolArns.get(0));
  }

  /** Whether there are texts, and of these alone. */
  private static boolean consistsOf(JsonNode oneOrMany, List<String> known) {
    return consistsOf(oneOrMany, known::contains);
  }

  private static boolean consistsOf(JsonNode oneOrMany, Predicate<String> known) {
    List<JsonNode> all = each(oneOrMany).toList();
    return !all.isEmpty() && all.stream().allMatch(it -> it.isTextual() && known.test(it.asText()));
  }

  private static boolean isAboutPool(JsonNode conditions, String poolArn) {
    Set<String> arns = values(conditions, "ArnEquals", "aws:SourceArn").collect(Collectors.toSet());
    return !arns.isEmpty()
        && arns.stream().allMatch(arn -> isOfPool(arn, poolArn))
        && conditions
            .propertyStream()
            .allMatch(
                operator ->
                    operator
                        .getValue()
                        .propertyStream()
                        .allMatch(key -> isOurCondition(operator.getKey(), key, poolArn)));
  }

  private static boolean isOurCondition(
      String operator, Map.Entry<String, JsonNode> key, String poolArn) {
    return switch (operator + " " + key.getKey()) {
      case "ArnEquals aws:SourceArn", "StringLike " + CONTEXT ->
          consistsOf(key.getValue(), arn -> isOfPool(arn, poolArn));
      case "StringEquals aws:SourceAccount" ->
          consistsOf(key.getValue(), List.of(account(poolArn)));
      default -> false;
    };
  }

  /** Whether an ARN names the pool, in whichever Region. */
  private static boolean isOfPool(String arn, String poolArn) {
    String[] parts = arn.split(":", -1);
    String[] own = poolArn.split(":", -1);
    if (parts.length == own.length) {
      own[3] = parts[3];
    }
    return List.of(parts).equals(List.of(own)) && parts[3].matches("[a-z0-9-]+");
  }

  private static Stream<String> values(JsonNode conditions, String operator, String key) {
    return texts(conditions.path(operator).path(key));
  }

  /** The policy of a key that is made for a pool: for Cognito, and for the account's IAM. */
  static String forNewKey(List<String> poolArns) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    ObjectNode administration = statements.addObject().put("Sid", "Administration");
    administration.put("Effect", "Allow");
    administration
        .putObject("Principal")
        .put(
            "AWS",
            "arn:" + part(poolArns.get(0), 1) + ":iam::" + account(poolArns.get(0)) + ":root");
    administration.put("Action", "kms:*").put("Resource", "*");
    addForCognito(statements, poolArns);
    return policy.toString();
  }

  private static String part(String arn, int index) {
    return arn.split(":", -1)[index];
  }

  static String account(String poolArn) {
    return part(poolArn, 4);
  }

  private static void addForCognito(ArrayNode statements, List<String> poolArns) {
    ObjectNode use = statement(statements, USE_SID, poolArns);
    USE.forEach(use.putArray("Action")::add);
    ObjectNode encrypted = use.withObject("/Condition").putObject("StringLike");
    poolArns.forEach(encrypted.putArray(CONTEXT)::add);
    statement(statements, DESCRIBE_SID, poolArns).put("Action", DESCRIBE);
  }

  private static ObjectNode statement(ArrayNode statements, String prefix, List<String> poolArns) {
    String sid = free(statements, prefix + "For" + alphanumeric(poolArns.get(0)));
    ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
    SERVICES.forEach(statement.putObject("Principal").putArray("Service")::add);
    statement.put("Resource", "*");
    ObjectNode condition = statement.putObject("Condition");
    poolArns.forEach(condition.putObject("ArnEquals").putArray("aws:SourceArn")::add);
    condition.putObject("StringEquals").put("aws:SourceAccount", account(poolArns.get(0)));
    return statement;
  }

  /** IAM takes letters and digits alone in a Sid, and each Sid once. */
  private static String alphanumeric(String poolArn) {
    return part(poolArn, 5).replaceFirst("^userpool/", "").replaceAll("[^A-Za-z0-9]", "");
  }

  private static String free(ArrayNode statements, String sid) {
    Set<String> taken =
        statements.valueStream().map(it -> it.path("Sid").asText()).collect(Collectors.toSet());
    String free = sid;
    for (int number = 2; taken.contains(free); number++) {
      free = sid + "No" + number;
    }
    return free;
  }

  /** The statements of a policy. */
  static Stream<JsonNode> statements(String policy) {
    return each(read(policy).path("Statement")).filter(JsonNode::isObject);
  }

  private static ObjectNode read(String policy) {
    try {
      if (JSON.readTree(policy) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Said below: Jackson's own message quotes the policy.
    }
    throw new IllegalStateException("KMS gave a key policy that is no JSON object");
  }

  private static Stream<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray() ? oneOrMany.valueStream() : Stream.of(oneOrMany);
  }

  /** An account may be a JSON number, too. */
  static Stream<String> scalars(JsonNode oneOrMany) {
    return each(oneOrMany).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }

  static Stream<String> texts(JsonNode oneOrMany) {
    return each(oneOrMany).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
