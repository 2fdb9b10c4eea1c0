package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.operations.KeyPolicyJudgement.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static Verdict judge(String policy, List<String> arns) {
    return KeyPolicyJudgement.of(policy, arns).verdict();
  }

  private static Verdict judge(String services, String actions, String condition) {
    return judge(policy("Allow", services, actions, condition), ARNS);
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
    assertThat(judge(BOTH, ALL, "'StringEquals': {'aws:SourceArn': '${aws:SourceArn}'}"))
        .isEqualTo(Verdict.UNSURE);
  }

  /** A policy that allows, and one more statement. */
  private static String allowingAnd(String statement) {
    String allowing = KeyPolicies.forNewKey(ARNS);
    return allowing.substring(0, allowing.length() - 2) + "," + statement.replace('\'', '"') + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'Principal': '*', 'Action': 'kms:*'; DENIES",
        "'Principal': {'AWS': '*'}, 'Action': 'kms:Decrypt'; DENIES",
        "'Principal': {'AWS': ['arn:aws:iam::1:root', '*']}, 'Action': ['kms:encrypt']; DENIES",
        "'Principal': {'Service': ['x', 'identitystore.amazonaws.com']}, 'Action': '*'; DENIES",
        "'Principal': '*', 'Action': 'kms:ReEncryptTo'; DENIES",
        "'Principal': '*', 'Action': 'kms:*',"
            + " 'Condition': {'StringEquals': {'aws:SourceAccount': '123456789012'}}; DENIES",
        "'Principal': '*', 'NotAction': 'kms:DescribeKey'; UNSURE",
        "'NotPrincipal': {'AWS': 'arn:aws:iam::1:root'}, 'Action': 'kms:*'; UNSURE",
        "'Principal': '*', 'Action': 'kms:*', 'Resource': 'arn:aws:kms:::key/x'; UNSURE",
        "'Principal': '*', 'Action': 'kms:*',"
            + " 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}; UNSURE",
        "'Principal': '*', 'Action': ['kms:ScheduleKeyDeletion', 'kms:DisableKey']; ALLOWS",
        "'Principal': {'AWS': 'arn:aws:iam::123456789012:root'}, 'Action': 'kms:*'; ALLOWS",
        "'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'kms:*'; ALLOWS",
        "'Principal': '*', 'Action': 'kms:*',"
            + " 'Condition': {'StringEquals': {'aws:SourceAccount': '999999999999'}}; ALLOWS",
        "'Principal': '*', 'Action': 'kms:*',"
            + " 'Condition': {'StringEquals': {'aws:SourceAccount': 123456789012}}; UNSURE",
        "'NotPrincipal': {'AWS': 'x'}, 'Action': 'kms:DisableKey'; ALLOWS",
      })
  void a_deny_counts_before_an_allow_and_one_that_cannot_be_judged_is_said(
      String members, Verdict verdict) {
    String resource = members.contains("Resource") ? "" : ", 'Resource': '*'";
    KeyPolicyJudgement judged =
        KeyPolicyJudgement.of(
            allowingAnd("{'Sid': 'No', 'Effect': 'Deny', " + members + resource + "}"), ARNS);
    assertThat(judged.verdict()).isEqualTo(verdict);
    assertThat(judged.statements())
        .isEqualTo(verdict == Verdict.ALLOWS ? List.of() : List.of("statement 'No'"));
  }

  @Test
  void conditions_must_all_hold_and_are_compared_with_case() {
    String account = "'StringEquals': {'aws:SourceAccount': '123456789012'}";
    assertThat(judge(BOTH, ALL, account + ", 'ArnLike': {'aws:SourceArn': 'arn:aws:s3:::x'}"))
        .isEqualTo(Verdict.ALLOWS_NOT);
    assertThat(
            judge(
                BOTH,
                ALL,
                "'ArnLike': {'aws:SourceArn':"
                    + " 'arn:aws:cognito-idp:*:123456789012:userpool/us-east-1_a'}"))
        .as("another pool, whose ID differs in case alone")
        .isEqualTo(Verdict.ALLOWS_NOT);
    assertThat(judge(BOTH, ALL, "'StringEquals': {'aws:SourceAccount': '*'}"))
        .as("StringEquals has no wildcards")
        .isEqualTo(Verdict.ALLOWS_NOT);
  }

  @Test
  void a_statement_for_pools_of_any_account_is_told() {
    String open = policy("Allow", BOTH, ALL, "");
    assertThat(KeyPolicyJudgement.of(open, ARNS).open()).containsExactly("statement 1");
    String sourced =
        policy("Allow", BOTH, ALL, "'StringEquals': {'aws:SourceAccount': '123456789012'}");
    assertThat(KeyPolicyJudgement.of(sourced, ARNS).open()).isEmpty();
    assertThat(KeyPolicyJudgement.of(sourced.replace("aws:S", "AWS:s"), ARNS))
        .as("names of condition keys have no case")
        .isEqualTo(KeyPolicyJudgement.of(sourced, ARNS));
    assertThat(KeyPolicyJudgement.of(KeyPolicies.forNewKey(ARNS), ARNS).open()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        // Names an account or a pool, whichever way.
        "'StringEquals': {'aws:SourceAccount': ['123456789012', '210987654321']}; false",
        "'StringEquals': {'aws:SourceAccount': 123456789012}; false",
        "'StringLike': {'AWS:sourceaccount': '123456789012'}; false",
        "'ForAnyValue:StringEquals': {'aws:SourceAccount': '123456789012'}; false",
        "'StringEqualsIgnoreCase': {'aws:SourceAccount': '123456789012'}; false",
        "'ArnLike': {'aws:SourceArn': 'arn:aws:cognito-idp:*:123456789012:userpool/*'}; false",
        "'ArnLike': {'aws:SourceArn': 'arn:*:cognito-idp:*:*:userpool/us-east-1_A'}; false",
        "'StringLike': {'aws:SourceArn': 'arn:aws:cognito-idp:*:123456789012:*'}; false",
        "'StringEquals': {'aws:SourceAccount': '*'}; false",
        "'Null': {'aws:SourceArn': 'false'},"
            + " 'StringEquals': {'aws:SourceAccount': '123456789012'}; false",
        // Mentions one, and leaves others in.
        "'StringNotEquals': {'aws:SourceAccount': '999999999999'}; true",
        "'ArnNotLike': {'aws:SourceArn': 'arn:aws:cognito-idp:*:999999999999:*'}; true",
        "'StringLike': {'aws:SourceAccount': '*'}; true",
        "'StringLike': {'aws:SourceAccount': '????????????'}; true",
        "'StringLike': {'aws:SourceAccount': ['123456789012', '1*']}; true",
        "'StringLike': {'aws:SourceArn': '*'}; true",
        "'ArnLike': {'aws:SourceArn': 'arn:aws:cognito-idp:us-east-1:*:userpool/*'}; true",
        "'ArnEquals': {'aws:SourceArn': 'arn:aws:cognito-idp:*:*:userpool/us-east-1_*'}; true",
        "'StringLike': {'aws:SourceArn': 'arn:aws:cognito-idp:*userpool/us-east-1_A'}; true",
        "'StringEquals': {'aws:SourceAccount': '${aws:PrincipalAccount}'}; true",
        "'ArnLike': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:*:${aws:SourceAccount}:userpool/*'}; true",
        "'StringEqualsIfExists': {'aws:SourceAccount': '123456789012'}; true",
        "'StringLikeIfExists': {'aws:SourceArn': 'arn:aws:cognito-idp:*:123456789012:*'}; true",
        "'ForAllValues:StringEquals': {'aws:SourceAccount': '123456789012'}; true",
        "'Null': {'aws:SourceArn': 'false'}; true",
        "'Bool': {'aws:SourceAccount': 'true'}; true",
        "'StringEquals': {'aws:SourceAccount ': '123456789012'}; true",
        "'StringEquals': {'aws:ResourceAccount': '123456789012'}; true",
      })
  void a_condition_that_leaves_other_accounts_in_is_no_limit(String condition, boolean open) {
    String policy = policy("Allow", BOTH, ALL, condition);
    assertThat(KeyPolicyJudgement.of(policy, ARNS).open())
        .isEqualTo(open ? List.of("statement 1") : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'Principal': '*', 'Action': 'kms:*', 'Resource': '*'; true",
        "'Principal': {'AWS': ['*']}, 'Action': 'kms:Decrypt', 'Resource': '*'; true",
        "'NotPrincipal': {'AWS': 'arn:aws:iam::1:root'}, 'Action': 'kms:*', 'Resource': '*'; true",
        "'Principal': {'Service': ['x', 'identitystore.amazonaws.com']}, 'Action': 'kms:Decrypt',"
            + " 'Resource': '*'; true",
        "'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'kms:*',"
            + " 'Resource': '*'; false",
        "'Principal': {'AWS': 'arn:aws:iam::123456789012:root'}, 'Action': 'kms:*',"
            + " 'Resource': '*'; false",
        // As KMS writes it for keys that a service of AWS makes: for callers of one account.
        "'Principal': {'AWS': '*'}, 'Action': 'kms:*', 'Resource': '*', 'Condition':"
            + " {'StringEquals': {'kms:CallerAccount': '123456789012'}}; false",
      })
  void who_lets_everybody_in_lets_cognito_in(String members, boolean open) {
    String policy = "{'Statement': {'Effect': 'Allow', " + members + "}}";
    assertThat(KeyPolicyJudgement.of(policy.replace('\'', '"'), ARNS).open())
        .isEqualTo(open ? List.of("statement 1") : List.of());
  }

  /** Matched part by part, a pattern with many stars takes no time. */
  @Test
  void a_pattern_of_many_stars_is_matched_at_once() {
    String stars = "*u".repeat(40) + "*z";
    String policy =
        policy("Allow", BOTH, "'kms:*'", "'StringLike': {'aws:SourceArn': '" + stars + "'}");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertThat(judge(policy, ARNS)).isEqualTo(Verdict.ALLOWS_NOT));
    String deny = policy("Deny", BOTH, "'" + "*".repeat(60) + "!'", "");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> KeyPolicyJudgement.of(deny, ARNS).verdict());
  }

  @ParameterizedTest
  @CsvSource({
    "kms:Dec\\E*, ALLOWS_NOT",
    "kms:[A-Z]*, ALLOWS_NOT",
    "kms:.*, ALLOWS_NOT",
    "kms:(*), ALLOWS_NOT",
    "KMS:*, ALLOWS",
    "k?s:*, ALLOWS",
    "*:*, ALLOWS",
    "kms*, ALLOWS",
    "kms:?*, ALLOWS",
    "kms:, ALLOWS_NOT",
    "?, ALLOWS_NOT"
  })
  void a_pattern_is_iams_and_no_regular_expression(String action, Verdict verdict) {
    assertThat(judge(BOTH, "'" + action.replace("\\", "\\\\") + "'", "")).isEqualTo(verdict);
  }

  @Test
  void a_policy_for_a_new_key_allows_and_names_account_and_pool() {
    String policy = KeyPolicies.forNewKey(ARNS);
    assertThat(judge(policy, ARNS)).isEqualTo(Verdict.ALLOWS);
    assertThat(policy).contains("arn:aws:iam::123456789012:root", "aws:SourceAccount");
    assertThat(judge(policy, List.of(ARN.formatted("us-east-1") + "B")))
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
    assertThat(judge(own, ARNS)).isEqualTo(Verdict.ALLOWS_NOT);
    assertThat(judge(once, ARNS)).isEqualTo(Verdict.ALLOWS);
    assertThat(once).contains("\"Id\":\"mine\"", "\"Sid\":\"Mine\"");
    assertThat(KeyPolicies.extended(once, ARNS)).isEqualTo(once);
  }

  private static List<String> arns(String poolId) {
    return ARNS.stream().map(arn -> arn.replace("us-east-1_A", poolId)).toList();
  }

  private static List<JsonNode> statements(String policy) throws IOException {
    return new ObjectMapper().readTree(policy).path("Statement").valueStream().toList();
  }

  @Test
  void pools_that_share_a_key_keep_their_rights_whichever_is_set_up_again() throws IOException {
    List<List<String>> pools = List.of(ARNS, arns("us-east-1_B"), arns("us-east-1_AB"));
    String shared = KeyPolicies.forNewKey(ARNS);
    for (List<String> pool : pools) {
      shared = KeyPolicies.sufficient(shared, pool);
    }
    String once = shared;
    assertThat(pools).allSatisfy(it -> assertThat(judge(once, it)).isEqualTo(Verdict.ALLOWS));
    for (List<String> pool : pools) {
      assertThat(KeyPolicies.sufficient(once, pool)).as("idempotent").isEqualTo(once);
      assertThat(statements(KeyPolicies.extended(once, pool)))
          .containsExactlyInAnyOrderElementsOf(statements(once));
    }
    assertThat(statements(once).stream().map(it -> it.path("Sid").asText()))
        .as("IAM takes a Sid once, of letters and digits")
        .hasSize(7)
        .doesNotHaveDuplicates()
        .allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
  }

  /** China, GovCloud and a Region whose name has four letters; IDs that differ in case alone. */
  @ParameterizedTest
  @CsvSource({
    "aws-cn, cn-north-1, cn-northwest-1",
    "aws-us-gov, us-gov-west-1, us-gov-east-1",
    "aws-eusc, eusc-de-east-1, eusc-de-west-1",
    "aws-iso-b, us-isob-east-1, us-isob-west-1"
  })
  void pools_of_other_partitions_share_a_key_as_well(String partition, String one, String other)
      throws IOException {
    String shared = "{\"Statement\": []}";
    List<List<String>> pools =
        Stream.of("_aBcDeF", "_AbCdEf", "_ABCDEF")
            .map(
                id ->
                    Stream.of(one, other)
                        .map(
                            region ->
                                "arn:%s:cognito-idp:%s:123456789012:userpool/%s%s"
                                    .formatted(partition, region, one, id))
                        .toList())
            .toList();
    for (int i = 0; i < 2; i++) {
      for (List<String> pool : pools) {
        shared = KeyPolicies.sufficient(KeyPolicies.extended(shared, pool), pool);
      }
    }
    String once = shared;
    assertThat(pools).allSatisfy(it -> assertThat(judge(once, it)).isEqualTo(Verdict.ALLOWS));
    assertThat(KeyPolicyJudgement.of(once, pools.get(0)).open()).isEmpty();
    assertThat(statements(once)).hasSize(6);
    assertThat(KeyPolicies.forNewKey(pools.get(0)))
        .contains("arn:" + partition + ":iam::123456789012:root");
  }

  @Test
  void a_pool_that_moves_its_replica_has_its_own_statements_replaced_and_no_other() {
    String before = KeyPolicies.extended(KeyPolicies.forNewKey(ARNS), arns("us-east-1_B"));
    List<String> moved = List.of(ARNS.get(0), ARN.formatted("eu-west-1"));
    assertThat(KeyPolicies.hasOurs(before, moved)).isTrue();
    String after = KeyPolicies.sufficient(before, moved);
    assertThat(judge(after, moved)).isEqualTo(Verdict.ALLOWS);
    assertThat(judge(after, arns("us-east-1_B"))).isEqualTo(Verdict.ALLOWS);
    assertThat(after).doesNotContain("us-west-2:123456789012:userpool/us-east-1_A\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Sid': 'TwinpoolCognitoUseForuseast1A', 'Effect': 'Deny', 'Principal': {'AWS': 'x'},"
            + " 'Action': 'kms:*', 'Resource': '*'}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::1:root'},"
            + " 'Action': 'kms:Decrypt', 'Resource': '*'}",
        "{'Sid': 'TwinpoolCognitoDescribe', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:DescribeKey', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A',"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Z']}}}",
        "{'Sid': 'TwinpoolCognitoUseAll', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:*:123456789012:userpool/us-east-1_A'}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': '*', 'Action':"
            + " 'kms:Decrypt', 'Resource': '*', 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': ['kms:Decrypt', 'kms:CreateGrant'],"
            + " 'Resource': '*', 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}}}",
        // A narrower statement of the operator's: JSON numbers, and lists without anything.
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'},"
            + " 'StringEquals': {'aws:SourceAccount': 999999999999}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'},"
            + " 'StringLike': {'kms:EncryptionContext:aws:cognito-idp:userpool-arn': []}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A', 7]}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': ['*', 7],"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}}}",
        "{'Sid': 'TwinpoolCognitoUse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws-cn:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}}}",
        "{'Sid': 'twinpoolcognitouse', 'Effect': 'Allow', 'Principal': {'Service':"
            + " 'cognito-idp.amazonaws.com'}, 'Action': 'kms:Decrypt', 'Resource': '*',"
            + " 'Condition': {'ArnEquals': {'aws:SourceArn':"
            + " 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_A'}}}"
      })
  void a_statement_of_the_operators_own_stays_whatever_its_sid(String own) throws IOException {
    String policy = "{\"Statement\": [" + own.replace('\'', '"') + "]}";
    String extended = KeyPolicies.extended(policy, ARNS);
    assertThat(statements(extended)).hasSize(3).containsAll(statements(policy));
    assertThat(statements(extended).stream().map(it -> it.path("Sid").asText()))
        .doesNotHaveDuplicates();
    assertThat(KeyPolicies.hasOurs(policy, ARNS)).isFalse();
  }

  /** What the first version wrote, whose Sids named no pool. */
  @Test
  void statements_for_this_pool_under_the_former_sids_are_replaced() throws IOException {
    String former = KeyPolicies.forNewKey(ARNS).replace("Foruseast1A", "");
    assertThat(former).contains("\"TwinpoolCognitoUse\"");
    assertThat(statements(KeyPolicies.extended(former, ARNS)))
        .isEqualTo(statements(KeyPolicies.forNewKey(ARNS)));
  }
}
