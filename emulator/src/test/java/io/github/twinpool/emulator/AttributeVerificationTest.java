package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeDeliveryDetailsType;

/** GetUserAttributeVerificationCode, VerifyUserAttribute, and values that wait to be verified. */
class AttributeVerificationTest {
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

    request("email");
    String old = fixture.lastCode("ada");
    set("email", "other@example.com", false);
    refused(() -> verify("email", old), "ExpiredCodeException", EXPIRED);
    assertThat(value("email_verified")).isEqualTo("false");
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
