package io.github.twinpool.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Key policies, as far as Cognito is concerned. (Source of what it needs: Cognito developer guide,
 * "Data protection", customer managed key policy. That a replica's use names the secondary Region
 * in the pool's ARN is assumed, so both ARNs are allowed in both Regions.)
 */
final class KeyPolicies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SERVICES =
      List.of("cognito-idp.amazonaws.com", "identitystore.amazonaws.com");
  private static final List<String> USE =
      List.of(
          "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKeyWithoutPlaintext");
  private static final String DESCRIBE = "kms:DescribeKey";
  private static final String CONTEXT = "kms:EncryptionContext:aws:cognito-idp:userpool-arn";
  private static final Set<String> OPERATORS =
      Set.of("ArnEquals", "ArnLike", "StringEquals", "StringLike");
  private static final Set<String> UNDERSTOOD =
      Set.of("aws:SourceArn", "aws:SourceAccount", CONTEXT);

  /** What a policy says to Cognito. */
  enum Verdict {
    ALLOWS,
    ALLOWS_NOT,
    /** It has denials or conditions that are not judged here. */
    UNSURE
  }

  private KeyPolicies() {}

  /** Whether a policy lets Cognito use the key for a pool by each of its ARNs. */
  static Verdict judge(String policy, List<String> poolArns) {
    List<JsonNode> forCognito =
        each(read(policy).path("Statement")).filter(KeyPolicies::isForCognito).toList();
    boolean unsure = forCognito.stream().anyMatch(statement -> !isUnderstood(statement));
    boolean allows =
        Stream.concat(USE.stream().map(action -> action.replace("*", "From")), Stream.of(DESCRIBE))
            .allMatch(
                action ->
                    poolArns.stream()
                        .allMatch(
                            arn ->
                                SERVICES.stream()
                                    .allMatch(
                                        service ->
                                            forCognito.stream()
                                                .anyMatch(
                                                    it -> allows(it, service, action, arn)))));
    if (unsure) {
      return Verdict.UNSURE;
    }
    return allows ? Verdict.ALLOWS : Verdict.ALLOWS_NOT;
  }

  private static boolean isForCognito(JsonNode statement) {
    return texts(statement.path("Principal").path("Service")).anyMatch(SERVICES::contains);
  }

  private static boolean isUnderstood(JsonNode statement) {
    JsonNode conditions = statement.path("Condition");
    return "Allow".equals(statement.path("Effect").asText())
        && OPERATORS.containsAll(names(conditions))
        && conditions.valueStream().allMatch(keys -> UNDERSTOOD.containsAll(names(keys)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean allows(JsonNode statement, String service, String action, String poolArn) {
    return texts(statement.path("Principal").path("Service")).anyMatch(service::equals)
        && texts(statement.path("Action")).anyMatch(pattern -> matches(pattern, action))
        && conditioned(statement, "aws:SourceArn", poolArn)
        && conditioned(statement, "aws:SourceAccount", poolArn.split(":", -1)[4])
        && (action.equals(DESCRIBE) || conditioned(statement, CONTEXT, poolArn));
  }

  private static boolean conditioned(JsonNode statement, String key, String value) {
    List<String> allowed =
        statement
            .path("Condition")
            .valueStream()
            .flatMap(operator -> texts(operator.path(key)))
            .toList();
    return allowed.isEmpty() || allowed.stream().anyMatch(pattern -> matches(pattern, value));
  }

  /** IAM's wildcards; actions are compared without case. */
  private static boolean matches(String pattern, String text) {
    String regex =
        Pattern.quote(pattern.toLowerCase(Locale.ROOT))
            .replace("*", "\\E.*\\Q")
            .replace("?", "\\E.\\Q");
    return text.toLowerCase(Locale.ROOT).matches(regex);
  }

  /** A policy with what it lacks for Cognito; everything else in it stays. */
  static String extended(String policy, List<String> poolArns) {
    ObjectNode extended = read(policy).deepCopy();
    ArrayNode statements = JSON.createArrayNode();
    each(extended.path("Statement"))
        .filter(it -> !it.path("Sid").asText().startsWith("TwinpoolCognito"))
        .forEach(statements::add);
    addForCognito(statements, poolArns);
    extended.set("Statement", statements);
    return extended.toString();
  }

  /** The policy of a key that is made for a pool: for Cognito, and for the account's IAM. */
  static String forNewKey(List<String> poolArns) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    ObjectNode administration = statements.addObject().put("Sid", "Administration");
    administration.put("Effect", "Allow");
    administration
        .putObject("Principal")
        .put("AWS", "arn:" + part(poolArns, 1) + ":iam::" + part(poolArns, 4) + ":root");
    administration.put("Action", "kms:*").put("Resource", "*");
    addForCognito(statements, poolArns);
    return policy.toString();
  }

  private static String part(List<String> poolArns, int index) {
    return poolArns.get(0).split(":", -1)[index];
  }

  private static void addForCognito(ArrayNode statements, List<String> poolArns) {
    ObjectNode use = statement(statements, "TwinpoolCognitoUse", poolArns);
    USE.forEach(use.putArray("Action")::add);
    ObjectNode encrypted = use.withObject("/Condition").putObject("StringLike");
    poolArns.forEach(encrypted.putArray(CONTEXT)::add);
    statement(statements, "TwinpoolCognitoDescribe", poolArns).put("Action", DESCRIBE);
  }

  private static ObjectNode statement(ArrayNode statements, String sid, List<String> poolArns) {
    ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
    SERVICES.forEach(statement.putObject("Principal").putArray("Service")::add);
    statement.put("Resource", "*");
    ObjectNode condition = statement.putObject("Condition");
    poolArns.forEach(condition.putObject("ArnEquals").putArray("aws:SourceArn")::add);
    condition.putObject("StringEquals").put("aws:SourceAccount", part(poolArns, 4));
    return statement;
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

  private static Stream<String> texts(JsonNode oneOrMany) {
    return each(oneOrMany).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
