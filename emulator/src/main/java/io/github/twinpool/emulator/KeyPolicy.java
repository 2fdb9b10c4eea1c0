package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * As much of key policies as says whether Cognito may use a key for a pool: Allow statements for
 * its service principal, with a condition on {@code aws:SourceArn}. Other conditions are taken to
 * hold, and Deny is not emulated.
 */
final class KeyPolicy {
  private static final String COGNITO = "cognito-idp.amazonaws.com";

  /** (Source: Cognito developer guide, "Data protection", customer managed key policy.) */
  private static final List<String> NEEDED =
      List.of(
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:DescribeKey");

  private KeyPolicy() {}

  /** The policy that a key has whose CreateKey gives none. */
  static String byDefault() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":\"arn:aws:iam::"
        + PoolOperations.ACCOUNT
        + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
  }

  /** The policy of the key that the pool made at start has. */
  static String forCognito() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"Service\":[\""
        + COGNITO
        + "\",\"identitystore.amazonaws.com\"]},\"Action\":\"kms:*\",\"Resource\":\"*\","
        + "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\""
        + PoolOperations.ACCOUNT
        + "\"}}}]}";
  }

  /**
   * Refuses what is no policy.
   *
   * @throws WireError a MalformedPolicyDocumentException
   */
  static String checked(String policy) {
    try {
      if (WireJson.read(policy.getBytes(UTF_8)).path("Statement").isContainerNode()) {
        return policy;
      }
    } catch (WireError e) {
      // Said below.
    }
    throw WireError.of("MalformedPolicyDocumentException", "The policy is malformed.");
  }

  static boolean letsCognitoUse(String policy, String poolArn) {
    List<JsonNode> statements =
        each(WireJson.read(policy.getBytes(UTF_8)).path("Statement"))
            .filter(statement -> statement.path("Effect").asText().equals("Allow"))
            .filter(
                statement ->
                    texts(statement.path("Principal").path("Service")).anyMatch(COGNITO::equals))
            .filter(statement -> sourceAllowed(statement.path("Condition"), poolArn))
            .toList();
    return NEEDED.stream()
        .allMatch(
            action ->
                statements.stream()
                    .flatMap(statement -> texts(statement.path("Action")))
                    .anyMatch(pattern -> matches(pattern, action)));
  }

  private static boolean sourceAllowed(JsonNode condition, String poolArn) {
    List<String> sources =
        Stream.of("ArnEquals", "ArnLike", "StringEquals", "StringLike")
            .flatMap(operator -> texts(condition.path(operator).path("aws:SourceArn")))
            .toList();
    return sources.isEmpty() || sources.stream().anyMatch(source -> matches(source, poolArn));
  }

  /** IAM's wildcards; actions are compared without case. */
  private static boolean matches(String pattern, String text) {
    String regex =
        Pattern.quote(pattern.toLowerCase(Locale.ROOT))
            .replace("*", "\\E.*\\Q")
            .replace("?", "\\E.\\Q");
    return text.toLowerCase(Locale.ROOT).matches(regex);
  }

  private static Stream<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray() ? oneOrMany.valueStream() : Stream.of(oneOrMany);
  }

  private static Stream<String> texts(JsonNode oneOrMany) {
    return each(oneOrMany).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
