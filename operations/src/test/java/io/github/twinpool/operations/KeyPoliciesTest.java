package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.operations.KeyPolicies.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPoliciesTest {
  private static final String ARN = "arn:aws:cognito-idp:%s:123456789012:userpool/us-east-1_A";
  private static final List<String> ARNS =
      List.of(ARN.formatted("us-east-1"), ARN.formatted("us-west-2"));

  private static String policy(String effect, String services, String actions, String condition) {
    return """
        {"Statement": [{"Effect": "%s", "Principal": {"Service": %s}, "Resource": "*",
        "Action": %s, "Condition": {%s}}]}"""
        .formatted(effect, services, actions, condition)
        .replace('\'', '"');
  }

  private static final String BOTH = "['cognito-idp.amazonaws.com','identitystore.amazonaws.com']";
  private static final String ALL =
      "['kms:Encrypt','kms:Decrypt','kms:ReEncrypt*','kms:GenerateDataKeyWithoutPlainText',"
          + "'kms:DescribeKey']";

  private static Verdict judge(String services, String actions, String condition) {
    return KeyPolicies.judge(policy("Allow", services, actions, condition), ARNS);
  }

  /** The example of the Cognito developer guide, "Data protection", spells an action so. */
  @Test
  void a_policy_for_cognitos_services_allows_whatever_the_case_and_the_wildcards() {
    assertThat(judge(BOTH, ALL, "")).isEqualTo(Verdict.ALLOWS);
    assertThat(judge(BOTH, "'kms:*'", "")).isEqualTo(Verdict.ALLOWS);
    assertThat(
            judge(
                BOTH,
                ALL,
                "'ArnLike': {'aws:SourceArn': 'arn:aws:cognito-idp:*:123456789012:userpool/*'},"
                    + "'StringEquals': {'aws:SourceAccount': ['123456789012']}"))
        .isEqualTo(Verdict.ALLOWS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'cognito-idp.amazonaws.com'; 'kms:*'; ",
        "['cognito-idp.amazonaws.com','identitystore.amazonaws.com']; 'kms:Decrypt'; ",
        "['cognito-idp.amazonaws.com','identitystore.amazonaws.com']; 'kms:*';"
            + " 'StringEquals': {'aws:SourceAccount': '999999999999'}",
        "['cognito-idp.amazonaws.com','identitystore.amazonaws.com']; 'kms:*'; 'ArnEquals':"
            + " {'aws:SourceArn': 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}"
      })
  void a_policy_that_lacks_a_service_an_action_or_one_of_the_arns_does_not_allow(
      String services, String actions, String condition) {
    assertThat(judge(services, actions, condition == null ? "" : condition))
        .isEqualTo(Verdict.ALLOWS_NOT);
  }

  @Test
  void what_is_not_judged_is_said_to_be_unsure() {
    assertThat(judge(BOTH, ALL, "'StringEquals': {'aws:PrincipalOrgID': 'o-1'}"))
        .isEqualTo(Verdict.UNSURE);
    assertThat(judge(BOTH, ALL, "'ArnNotEquals': {'aws:SourceArn': 'x'}"))
        .isEqualTo(Verdict.UNSURE);
    assertThat(KeyPolicies.judge(policy("Deny", BOTH, "'kms:*'", ""), ARNS))
        .isEqualTo(Verdict.UNSURE);
  }

  @Test
  void a_policy_for_a_new_key_allows_and_names_account_and_pool() {
    String policy = KeyPolicies.forNewKey(ARNS);
    assertThat(KeyPolicies.judge(policy, ARNS)).isEqualTo(Verdict.ALLOWS);
    assertThat(policy).contains("arn:aws:iam::123456789012:root", "aws:SourceAccount");
    assertThat(KeyPolicies.judge(policy, List.of(ARN.formatted("us-east-1") + "B")))
        .isEqualTo(Verdict.ALLOWS_NOT);
  }

  @Test
  void an_extended_policy_keeps_what_it_has_and_is_extended_once() {
    String own =
        """
        {"Version": "2012-10-17", "Id": "mine", "Statement": {"Sid": "Mine", "Effect": "Allow",
         "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*",
         "Resource": "*"}}""";
    String once = KeyPolicies.extended(own, ARNS);
    assertThat(KeyPolicies.judge(own, ARNS)).isEqualTo(Verdict.ALLOWS_NOT);
    assertThat(KeyPolicies.judge(once, ARNS)).isEqualTo(Verdict.ALLOWS);
    assertThat(once).contains("\"Id\":\"mine\"", "\"Sid\":\"Mine\"");
    assertThat(KeyPolicies.extended(once, ARNS)).isEqualTo(once);
  }
}
