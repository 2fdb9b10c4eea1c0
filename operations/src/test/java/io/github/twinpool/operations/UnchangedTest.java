package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** An update sends every field of the SDK's model again: each is filled with a value of its own. */
class UnchangedTest {
  private final AtomicInteger next = new AtomicInteger(1);

  private <T extends SdkPojo> T filled(T builder) {
    builder.sdkFields().forEach(field -> field.set(builder, value(field)));
    return builder;
  }

  private Object value(SdkField<?> field) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    int number = next.getAndIncrement();
    return switch (type) {
      case STRING -> "text-" + number;
      case INTEGER -> number;
      case BOOLEAN -> true;
      case INSTANT -> Instant.ofEpochSecond(number);
      case SDK_POJO -> ((SdkBuilder<?, ?>) filled(field.constructor().get())).build();
      case LIST -> List.of(value(field.getTrait(ListTrait.class).memberFieldInfo()));
      case MAP -> Map.of("key-" + number, value(field.getTrait(MapTrait.class).valueFieldInfo()));
      default -> throw new AssertionError("teach this test the type " + type);
    };
  }

  private static Object value(SdkPojo pojo, String member) {
    return pojo.sdkFields().stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the description has no " + member))
        .getValueOrDefault(pojo);
  }

  @Test
  void an_update_of_a_pool_sends_every_field_of_its_description_that_there_is_one_for() {
    UserPoolType described = filled(UserPoolType.builder()).build();
    UpdateUserPoolRequest update = Unchanged.pool(described).build();
    Map<String, String> names = Map.of("UserPoolId", "Id", "PoolName", "Name");
    for (SdkField<?> field : update.sdkFields()) {
      String member = field.memberName();
      Object sent = field.getValueOrDefault(update);
      assertThat(sent).as(member).isNotNull();
      if (!member.equals("AdminCreateUserConfig")) {
        assertThat(sent).as(member).isEqualTo(value(described, names.getOrDefault(member, member)));
      }
    }
    assertThat(update.adminCreateUserConfig())
        .as("all but what an update that has the new validity must not repeat")
        .isEqualTo(
            described.adminCreateUserConfig().toBuilder().unusedAccountValidityDays(null).build());
    assertThat(update.sdkFields()).hasSizeGreaterThan(20);
  }

  @Test
  void an_update_of_a_domain_sends_every_field_of_its_description_that_there_is_one_for() {
    DomainDescriptionType described = filled(DomainDescriptionType.builder()).build();
    UpdateUserPoolDomainRequest update = Unchanged.domain(described).build();
    for (SdkField<?> field : update.sdkFields()) {
      assertThat(field.getValueOrDefault(update))
          .as(field.memberName())
          .isNotNull()
          .isEqualTo(value(described, field.memberName()));
    }
  }

  @Test
  void what_a_description_leaves_out_an_update_leaves_out() {
    UpdateUserPoolRequest update =
        Unchanged.pool(UserPoolType.builder().id("us-east-1_A").build()).build();
    assertThat(update).isEqualTo(UpdateUserPoolRequest.builder().userPoolId("us-east-1_A").build());
  }

  @Test
  void tags_of_the_system_are_not_sent_since_nobody_may_set_them() {
    UserPoolType described =
        UserPoolType.builder()
            .id("us-east-1_A")
            .userPoolTags(Map.of("team", "red", "aws:cloudformation:stack-name", "pool"))
            .build();
    assertThat(Unchanged.pool(described).build().userPoolTags())
        .containsExactly(Map.entry("team", "red"));
  }

  /** What DescribeUserPool has and UpdateUserPool has not: nobody can lose it by an update. */
  @Test
  void what_an_update_cannot_send_is_known() {
    Set<String> sent = Set.copyOf(names(UpdateUserPoolRequest.builder()));
    assertThat(names(UserPoolType.builder()).stream().filter(it -> !sent.contains(it)))
        .containsExactlyInAnyOrder(
            "Id",
            "Name",
            "Status",
            "LastModifiedDate",
            "CreationDate",
            "SchemaAttributes",
            "AliasAttributes",
            "UsernameAttributes",
            "EstimatedNumberOfUsers",
            "SmsConfigurationFailure",
            "EmailConfigurationFailure",
            "Domain",
            "CustomDomain",
            "UsernameConfiguration",
            "Arn");
  }

  private static List<String> names(SdkPojo pojo) {
    return pojo.sdkFields().stream().map(SdkField::memberName).toList();
  }
}
