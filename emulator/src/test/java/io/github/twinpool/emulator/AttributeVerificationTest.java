package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeDeliveryDetailsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserAttributesResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/** GetUserAttributeVerificationCode, VerifyUserAttribute, and values that wait to be verified. */
class AttributeVerificationTest {
  private static final String KEY =
      "arn:aws:kms:us-east-1:123456789012:key/mrk-00000000000000000000000000000000";
  private static final String EXPIRED = "Invalid code provided, please request a code again.";

  private final SignInFixture fixture = new SignInFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;
  private String token;

  @BeforeEach
  void signIn() {
    token = fixture.beginWithPassword().authenticationResult().accessToken();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private CodeDeliveryDetailsType request(String attribute) {
    return primary
        .getUserAttributeVerificationCode(r -> r.accessToken(token).attributeName(attribute))
        .codeDeliveryDetails();
  }

  private void verify(String attribute, String code) {
    primary.verifyUserAttribute(r -> r.accessToken(token).attributeName(attribute).code(code));
  }

  private String value(RegionRole role, String attribute) {
    return fixture.clients.in(role).getUser(r -> r.accessToken(token)).userAttributes().stream()
        .filter(it -> it.name().equals(attribute))
        .map(AttributeType::value)
        .findFirst()
        .orElse("");
  }

  private String value(String attribute) {
    return value(RegionRole.PRIMARY, attribute);
  }

  private void set(String attribute, String value, boolean verified) {
    primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(fixture.poolId)
                .username("ada")
                .userAttributes(
                    attribute(attribute, value),
                    attribute(attribute + "_verified", Boolean.toString(verified))));
  }

  @Test
  void an_address_is_verified_with_the_code_that_was_sent_to_it() {
    set("email", "new@example.com", false);
    CodeDeliveryDetailsType delivery = request("email");
    assertThat(delivery.destination()).isEqualTo("n***@e***");
    assertThat(delivery.deliveryMediumAsString()).isEqualTo("EMAIL");
    assertThat(delivery.attributeName()).isEqualTo("email");
    String code = fixture.lastCode("ada");

    refused(
        () -> verify("email", SignInFixture.not(code)),
        "CodeMismatchException",
        "Invalid verification code provided, please try again.");
    refused(() -> verify("phone_number", code), "ExpiredCodeException", EXPIRED);
    verify("email", code);

    assertThat(value(RegionRole.SECONDARY, "email_verified")).isEqualTo("true");
    refused(() -> verify("email", code), "ExpiredCodeException", EXPIRED);
  }

  /** Seen: floci-io/floci pull request 2018, against a real pool. */
  @Test
  void a_verified_address_can_be_verified_again_and_both_addresses_at_a_time() {
    request("email");
    String mail = fixture.lastCode("ada");
    assertThat(request("phone_number").deliveryMediumAsString()).isEqualTo("SMS");
    String phone = fixture.lastCode("ada");

    verify("email", mail);
    verify("phone_number", phone);

    assertThat(fixture.emulator.messages("ada"))
        .extracting(SentMessage::purpose, SentMessage::destination)
        .containsExactly(
            tuple(Purpose.ATTRIBUTE_VERIFICATION, "ada@example.com"),
            tuple(Purpose.ATTRIBUTE_VERIFICATION, "+15555550100"));
  }

  @Test
  void a_code_is_good_for_a_day_for_one_purpose_and_for_the_address_it_was_sent_to() {
    request("email");
    String late = fixture.lastCode("ada");
    fixture.clock.advance(Duration.ofHours(24));
    signIn();
    refused(() -> verify("email", late), "ExpiredCodeException", EXPIRED);

    primary.forgotPassword(r -> r.clientId(fixture.clientId).username("ada"));
    String reset = fixture.lastCode("ada");
    refused(() -> verify("email", reset), "ExpiredCodeException", EXPIRED);

    request("phone_number");
    String old = fixture.lastCode("ada");
    set("phone_number", "+15555550199", false);
    refused(() -> verify("phone_number", old), "ExpiredCodeException", EXPIRED);
    assertThat(value("phone_number_verified")).isEqualTo("false");
  }

  @Test
  void only_addresses_that_the_user_has_can_be_verified() {
    refused(
        () -> request("nickname"),
        "InvalidParameterException",
        "Invalid attribute name. Only phone_number and email can be verified.");
    refused(
        () -> verify("custom:x", "1"),
        "InvalidParameterException",
        "Invalid attribute name. Only phone_number and email can be verified.");
    primary.deleteUserAttributes(r -> r.accessToken(token).userAttributeNames("phone_number"));
    refused(
        () -> request("phone_number"),
        "InvalidParameterException",
        "User does not have a valid registered phone number");
    token = "a.b.c";
    notAuthorized(() -> request("email"), "Invalid Access Token");
    notAuthorized(() -> verify("email", "1"), "Invalid Access Token");
  }

  @Test
  void an_alias_of_another_user_cannot_be_verified_and_the_code_stays_usable() {
    OwnPool own =
        OwnPool.of(
            fixture.clients,
            r ->
                r.aliasAttributesWithStrings("email")
                    .autoVerifiedAttributes(VerifiedAttributeType.EMAIL));
    own.user("ada", Map.of("email", "ada@example.com", "email_verified", "true"));
    own.user("bob", Map.of());
    token = own.signIn("bob").accessToken();
    own.update(token, Map.of("email", "ada@example.com"));
    String code = own.lastMessage("bob").path("code").asText();

    refused(
        () -> verify("email", code),
        "AliasExistsException",
        "An account with the given email already exists.");
    primary.adminDeleteUser(r -> r.userPoolId(own.id()).username("ada"));
    verify("email", code);
    assertThat(value("email_verified")).isEqualTo("true");
  }

  private void verifyBeforeUpdate() {
    primary.updateUserPool(
        r ->
            r.userPoolId(fixture.poolId)
                .autoVerifiedAttributes(VerifiedAttributeType.EMAIL)
                .keyConfiguration(key -> key.keyType("CUSTOMER_MANAGED_KEY").kmsKeyArn(KEY))
                .userAttributeUpdateSettings(
                    it ->
                        it.attributesRequireVerificationBeforeUpdate(VerifiedAttributeType.EMAIL)));
  }

  /** API reference, UserAttributeUpdateSettingsType. */
  @Test
  void a_new_address_waits_for_its_code_where_the_pool_verifies_before_it_updates() {
    verifyBeforeUpdate();
    UpdateUserAttributesResponse sent =
        primary.updateUserAttributes(
            r ->
                r.accessToken(token)
                    .userAttributes(
                        attribute("email", "new@example.com"), attribute("name", "Ada")));
    assertThat(sent.codeDeliveryDetailsList())
        .extracting(CodeDeliveryDetailsType::destination)
        .containsExactly("n***@e***");
    assertThat(value("email")).isEqualTo("ada@example.com");
    assertThat(value("email_verified")).isEqualTo("true");
    assertThat(value("name")).isEqualTo("Ada");

    assertThat(request("email").destination()).as("another code for it").isEqualTo("n***@e***");
    verify("email", fixture.lastCode("ada"));
    assertThat(value(RegionRole.SECONDARY, "email")).isEqualTo("new@example.com");
    assertThat(value("email_verified")).isEqualTo("true");
  }

  /** API reference, AdminUpdateUserAttributes. */
  @Test
  void an_administrators_change_waits_too_unless_it_says_that_the_address_is_verified() {
    verifyBeforeUpdate();
    primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(fixture.poolId)
                .username("ada")
                .userAttributes(attribute("email", "new@example.com")));
    assertThat(value("email")).isEqualTo("ada@example.com");
    assertThat(fixture.emulator.messages("ada"))
        .singleElement()
        .satisfies(it -> assertThat(it.destination()).isEqualTo("new@example.com"));

    set("email", "sure@example.com", true);
    assertThat(value("email")).isEqualTo("sure@example.com");
    assertThat(fixture.emulator.messages("ada")).hasSize(1);
  }

  /** Seen: ekristen/aws-nuke issue 477. */
  @Test
  void a_pool_verifies_before_an_update_only_what_it_verifies_at_all() {
    refused(
        () ->
            primary.createUserPool(
                r ->
                    r.poolName("p")
                        .userAttributeUpdateSettings(
                            it ->
                                it.attributesRequireVerificationBeforeUpdate(
                                    VerifiedAttributeType.EMAIL))),
        "InvalidParameterException",
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in"
            + " AutoVerifiedAttributes");
  }

  /** Facts page, "What the secondary serves". */
  @Test
  void the_secondary_neither_sends_nor_takes_such_codes() {
    request("email");
    String code = fixture.lastCode("ada");
    refused(
        () ->
            fixture.clients.secondary.getUserAttributeVerificationCode(
                r -> r.accessToken(token).attributeName("email")),
        "OperationNotEnabledException",
        "GetUserAttributeVerificationCode is not enabled in us-west-2.");
    refused(
        () ->
            fixture.clients.secondary.verifyUserAttribute(
                r -> r.accessToken(token).attributeName("email").code(code)),
        "OperationNotEnabledException",
        "VerifyUserAttribute is not enabled in us-west-2.");
  }
}
