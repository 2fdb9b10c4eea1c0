package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.MultiRegionKeyType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** The emulator's KMS with the AWS SDK's client, and what Cognito asks of a key. */
class KmsTest {
  private final TestClock clock = new TestClock();
  private final CognitoEmulator emulator =
      TestEmulators.builder()
          .singleRegion(true)
          .clock(clock)
          .consistencyDelay(Duration.ofSeconds(5))
          .start();
  private final EmulatorClients clients = new EmulatorClients(emulator);
  private final KmsClient primary = kms(RegionRole.PRIMARY);
  private final KmsClient secondary = kms(RegionRole.SECONDARY);
  private final String pool = emulator.userPool().id();

  private KmsClient kms(RegionRole role) {
    return KmsClient.builder()
        .region(Region.of(emulator.userPool().region(role)))
        .endpointOverride(emulator.kms(role).endpoint())
        .credentialsProvider(EmulatorClients.CREDENTIALS)
        .build();
  }

  @AfterEach
  void stop() {
    primary.close();
    secondary.close();
    clients.close();
  }

  private static String policy(String service) {
    return """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
         "Principal": {"Service": "%s"}, "Resource": "*",
         "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:DescribeKey",
                    "kms:GenerateDataKeyWithoutPlainText"]}}"""
        .formatted(service);
  }

  private KeyMetadata create(boolean multiRegion) {
    return primary
        .createKey(
            it ->
                it.multiRegion(multiRegion)
                    .policy(policy("cognito-idp.amazonaws.com"))
                    .tags(Tag.builder().tagKey("pool").tagValue(pool).build()))
        .keyMetadata();
  }

  private void settle() {
    clock.advance(Duration.ofSeconds(5));
  }

  private void encrypt(String arn) {
    clients.primary.updateUserPool(
        it ->
            it.userPoolId(pool)
                .keyConfiguration(key -> key.keyType("CUSTOMER_MANAGED_KEY").kmsKeyArn(arn)));
  }

  private void replica() {
    clients.primary.createUserPoolReplica(it -> it.userPoolId(pool).regionName("us-west-2"));
  }

  @Test
  void a_key_is_seen_a_while_after_it_was_made_with_its_tags_and_its_policy() {
    String id = create(true).keyId();
    assertThat(id).startsWith("mrk-");
    assertThatThrownBy(() -> primary.describeKey(it -> it.keyId(id)))
        .isInstanceOf(NotFoundException.class);
    assertThat(primary.listKeys().keys()).isEmpty();

    settle();
    KeyMetadata seen = primary.describeKey(it -> it.keyId(id)).keyMetadata();
    assertThat(seen.enabled()).isTrue();
    assertThat(seen.multiRegionConfiguration().multiRegionKeyType())
        .isEqualTo(MultiRegionKeyType.PRIMARY);
    assertThat(primary.listKeys().keys()).extracting(KeyListEntry::keyId).containsExactly(id);
    assertThat(primary.listResourceTags(it -> it.keyId(id)).tags())
        .extracting(Tag::tagKey)
        .containsExactly("pool");
    assertThat(primary.getKeyPolicy(it -> it.keyId(seen.arn())).policy())
        .contains("cognito-idp.amazonaws.com");
    assertThatThrownBy(() -> secondary.describeKey(it -> it.keyId(seen.arn())))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void keys_are_listed_in_pages() {
    for (int i = 0; i < 5; i++) {
      create(false);
    }
    settle();
    List<String> ids =
        primary.listKeysPaginator(it -> it.limit(2)).keys().stream()
            .map(KeyListEntry::keyId)
            .toList();
    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void a_multi_region_key_has_one_replica_in_the_other_region_and_other_keys_none() {
    String plain = create(false).keyId();
    String id = create(true).keyId();
    settle();
    assertThatThrownBy(() -> primary.replicateKey(it -> it.keyId(plain).replicaRegion("us-west-2")))
        .isInstanceOf(UnsupportedOperationException.class);
    primary.replicateKey(it -> it.keyId(id).replicaRegion("us-west-2"));
    assertThatThrownBy(() -> primary.replicateKey(it -> it.keyId(id).replicaRegion("us-west-2")))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> primary.replicateKey(it -> it.keyId(id).replicaRegion("eu-west-1")))
        .isInstanceOf(UnsupportedOperationException.class);
    settle();
    KeyMetadata replica = secondary.describeKey(it -> it.keyId(id)).keyMetadata();
    assertThat(replica.multiRegionConfiguration().multiRegionKeyType())
        .isEqualTo(MultiRegionKeyType.REPLICA);
    assertThat(replica.multiRegionConfiguration().primaryKey().region()).isEqualTo("us-east-1");
  }

  /** Cognito developer guide, "Data protection", and "Multi-Region replication": the key. */
  @Test
  void a_pool_takes_a_key_that_cognito_may_use_and_a_replica_one_that_is_there_too() {
    String arn = create(true).arn();
    settle();
    encrypt(arn);
    assertThatThrownBy(this::replica)
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("does not exist in us-west-2");
    primary.replicateKey(
        it -> it.keyId(arn).replicaRegion("us-west-2").policy(policy("lambda.amazonaws.com")));
    settle();
    assertThatThrownBy(this::replica)
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("not authorized");
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    secondary.putKeyPolicy(it -> it.keyId(id).policy(policy("cognito-idp.amazonaws.com")));
    replica();
  }

  @Test
  void a_pool_refuses_keys_that_are_unknown_disabled_asymmetric_or_not_for_cognito() {
    assertThatThrownBy(() -> encrypt("arn:aws:kms:us-east-1:123456789012:key/mrk-0123"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("does not exist");
    String disabled = create(false).arn();
    String asymmetric =
        primary.createKey(it -> it.keySpec("RSA_2048").policy(policy("*"))).keyMetadata().arn();
    String foreign = primary.createKey().keyMetadata().arn();
    settle();
    primary.disableKey(it -> it.keyId(disabled));
    assertThatThrownBy(() -> encrypt(disabled)).hasMessageContaining("is in an invalid state");
    assertThatThrownBy(() -> encrypt(asymmetric)).hasMessageContaining("not symmetric");
    assertThatThrownBy(() -> encrypt(foreign)).hasMessageContaining("not authorized");
    primary.enableKey(it -> it.keyId(disabled));
    encrypt(disabled);
  }

  @Test
  void a_policy_that_is_for_another_pool_is_for_no_pool_of_ours() {
    String other =
        policy("cognito-idp.amazonaws.com")
            .replace(
                "\"Resource\"",
                "\"Condition\": {\"ArnEquals\": {\"aws:SourceArn\":"
                    + " \"arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Other\"}},"
                    + " \"Resource\"");
    String arn = primary.createKey(it -> it.policy(other)).keyMetadata().arn();
    settle();
    assertThatThrownBy(() -> encrypt(arn)).hasMessageContaining("not authorized");
    assertThatThrownBy(() -> primary.putKeyPolicy(it -> it.keyId(arn).policy("{]")))
        .isInstanceOf(MalformedPolicyDocumentException.class);
  }

  @Test
  void a_denied_operation_names_its_action_and_an_outage_is_one() {
    emulator.kms(RegionRole.PRIMARY).deny("CreateKey");
    assertThatThrownBy(() -> create(true))
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(e.awsErrorDetails().errorMessage()).contains("kms:CreateKey");
            });
    emulator.kms(RegionRole.PRIMARY).deny();
    create(true);
    assertThat(emulator.kms(RegionRole.PRIMARY).calls("CreateKey")).isEqualTo(2);
    emulator.kms(RegionRole.PRIMARY).outage(Outage.internalErrors());
    assertThatThrownBy(primary::listKeys)
        .isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThat(secondary.listKeys().keys()).isEmpty();
  }

  @Test
  void the_pool_of_an_emulator_with_a_replica_has_a_key_in_both_regions() {
    try (EmulatorClients two = new EmulatorClients(TestEmulators.start())) {
      String arn =
          two.primary
              .describeUserPool(it -> it.userPoolId(two.emulator.userPool().id()))
              .userPool()
              .keyConfiguration()
              .kmsKeyArn();
      for (RegionRole role : RegionRole.values()) {
        try (KmsClient kms =
            KmsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(two.emulator.kms(role).endpoint())
                .credentialsProvider(EmulatorClients.CREDENTIALS)
                .build()) {
          String id = arn.substring(arn.lastIndexOf('/') + 1);
          assertThat(kms.describeKey(it -> it.keyId(id)).keyMetadata().enabled()).isTrue();
        }
      }
    }
  }
}
