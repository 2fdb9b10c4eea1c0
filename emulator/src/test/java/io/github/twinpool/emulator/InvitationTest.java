package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.SentMessage.Medium;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeliveryMediumType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;

/** AdminCreateUser: invitations, RESEND, and temporary passwords that end. */
class InvitationTest {
  private final SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private UserType create(Consumer<AdminCreateUserRequest.Builder> more) {
    return fixture
        .primary()
        .adminCreateUser(
            r -> {
              r.userPoolId(fixture.poolId).username("bob");
              more.accept(r);
            })
        .user();
  }

  private static void withBothAddresses(AdminCreateUserRequest.Builder request) {
    request.userAttributes(
        attribute("email", "bob@example.com"), attribute("phone_number", "+15555550101"));
  }

  private InitiateAuthResponse signIn(String password) {
    return fixture.begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "bob", "PASSWORD", password));
  }

  private SentMessage last() {
    return fixture.emulator.messages("bob").get(fixture.emulator.messages("bob").size() - 1);
  }

  @Test
  void an_invitation_carries_the_temporary_password_and_goes_where_it_is_asked_to_go() {
    create(
        r -> {
          withBothAddresses(r);
          r.temporaryPassword(PASSWORD)
              .desiredDeliveryMediums(DeliveryMediumType.EMAIL, DeliveryMediumType.SMS);
        });

    assertThat(fixture.emulator.messages("bob"))
        .extracting(SentMessage::purpose, SentMessage::medium, SentMessage::destination)
        .containsExactly(
            tuple(Purpose.INVITATION, Medium.EMAIL, "bob@example.com"),
            tuple(Purpose.INVITATION, Medium.SMS, "+15555550101"));
    assertThat(last().code()).isEqualTo(PASSWORD);
    assertThat(last().toString()).doesNotContain(PASSWORD);
    assertThat(signIn(last().code()).challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(fixture.emulator.confirmationCode("bob")).as("it is no code").isEmpty();
  }

  @Test
  void an_invitation_goes_by_sms_or_else_by_mail_and_not_at_all_if_it_is_suppressed() {
    create(
        r -> {
          withBothAddresses(r);
          r.temporaryPassword(PASSWORD);
        });
    assertThat(last().medium()).isEqualTo(Medium.SMS);

    fixture
        .primary()
        .adminCreateUser(
            r ->
                r.userPoolId(fixture.poolId)
                    .username("cy")
                    .temporaryPassword(PASSWORD)
                    .userAttributes(attribute("email", "cy@example.com")));
    assertThat(fixture.emulator.messages("cy"))
        .singleElement()
        .satisfies(it -> assertThat(it.medium()).isEqualTo(Medium.EMAIL));

    fixture
        .primary()
        .adminCreateUser(
            r ->
                r.userPoolId(fixture.poolId)
                    .username("di")
                    .temporaryPassword(PASSWORD)
                    .messageAction("SUPPRESS")
                    .desiredDeliveryMediums(DeliveryMediumType.EMAIL)
                    .userAttributes(attribute("email", "di@example.com")));
    assertThat(fixture.emulator.messages("di")).isEmpty();
  }

  @Test
  void an_invitation_by_a_medium_without_an_address_makes_no_user() {
    refused(
        () ->
            create(
                r ->
                    r.temporaryPassword(PASSWORD).desiredDeliveryMediums(DeliveryMediumType.EMAIL)),
        "InvalidParameterException",
        "The user has no email for an invitation by EMAIL.");
    refused(
        () -> fixture.primary().adminGetUser(r -> r.userPoolId(fixture.poolId).username("bob")),
        "UserNotFoundException",
        "User does not exist.");
    refused(
        () -> create(r -> r.messageAction("SHOUT")),
        "InvalidParameterException",
        "1 validation error detected: Value 'SHOUT' at 'messageAction' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [RESEND, SUPPRESS]");
  }

  @Test
  void resend_invites_again_with_another_password_that_is_good_for_as_long_as_the_first() {
    UserType made =
        create(
            r -> {
              withBothAddresses(r);
              r.temporaryPassword(PASSWORD);
            });
    fixture.clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(signIn(PASSWORD).challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    fixture.clock.advance(Duration.ofSeconds(1));
    notAuthorized(
        () -> signIn(PASSWORD),
        "Temporary password has expired and must be reset by an administrator.");

    UserType again = create(r -> r.messageAction("RESEND"));

    assertThat(again.userStatusAsString()).isEqualTo("FORCE_CHANGE_PASSWORD");
    assertThat(again.userCreateDate()).isEqualTo(made.userCreateDate());
    assertThat(again.userLastModifiedDate()).isEqualTo(fixture.clock.instant());
    assertThat(last().purpose()).isEqualTo(Purpose.INVITATION);
    assertThat(last().code()).isNotEqualTo(PASSWORD);
    assertThat(signIn(last().code()).challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    notAuthorized(() -> signIn(PASSWORD), "Incorrect username or password.");

    create(r -> r.messageAction("RESEND").temporaryPassword("Another-Horse-8"));
    assertThat(last().code()).isEqualTo("Another-Horse-8");
  }

  @Test
  void resend_is_for_users_who_have_not_chosen_a_password_yet() {
    refused(
        () -> create(r -> r.messageAction("RESEND")),
        "UserNotFoundException",
        "User does not exist.");
    refused(
        () ->
            fixture
                .primary()
                .adminCreateUser(
                    r -> r.userPoolId(fixture.poolId).username("ada").messageAction("RESEND")),
        "UnsupportedUserStateException",
        "Resend not possible. ada status is not FORCE_CHANGE_PASSWORD");
    refused(
        () -> create(r -> r.messageAction("RESEND").temporaryPassword("weak")),
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough");
  }

  @Test
  void tests_in_other_languages_read_invitations_over_http() {
    create(
        r -> {
          withBothAddresses(r);
          r.temporaryPassword(PASSWORD);
        });
    URI endpoint = fixture.emulator.region(RegionRole.PRIMARY).endpoint();
    JsonNode message =
        new RawClient()
            .get(endpoint.resolve("/_twinpool/messages/" + fixture.poolId + "/bob"))
            .json()
            .path("messages")
            .path(0);
    assertThat(message.path("purpose").asText()).isEqualTo("INVITATION");
    assertThat(message.path("code").asText()).isEqualTo(PASSWORD);
  }
}
