package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;

class CustomAuthTest {
  private static final String CHALLENGE = "CUSTOM_CHALLENGE";

  private final SignInFixture fixture =
      new SignInFixture(
          builder ->
              builder.customChallenges(
                  List.of(
                      new CustomChallenge(Map.of("question", "colour"), "white"),
                      new CustomChallenge(Map.of("question", "animal"), "horse"))));

  @AfterEach
  void stop() {
    fixture.close();
  }

  private RespondToAuthChallengeResponse answer(String session, String answer) {
    return fixture.answer(CHALLENGE, session, Map.of("USERNAME", "ada", "ANSWER", answer));
  }

  @Test
  void the_challenges_are_asked_in_their_order() {
    InitiateAuthResponse begun = fixture.begin("CUSTOM_AUTH", Map.of("USERNAME", "ada"));
    assertThat(begun.challengeNameAsString()).isEqualTo(CHALLENGE);
    assertThat(begun.challengeParameters())
        .containsOnly(Map.entry("USERNAME", "ada"), Map.entry("question", "colour"));

    RespondToAuthChallengeResponse second = answer(begun.session(), "white");
    assertThat(second.challengeParameters()).containsEntry("question", "animal");
    assertThat(answer(second.session(), "horse").authenticationResult()).isNotNull();
  }

  @Test
  void a_wrong_answer_asks_again_with_a_new_session_three_times_in_all() {
    String first = fixture.begin("CUSTOM_AUTH", Map.of("USERNAME", "ada")).session();
    RespondToAuthChallengeResponse again = answer(first, "black");
    assertThat(again.challengeParameters()).containsEntry("question", "colour");
    notAuthorized(
        () -> answer(first, "white"),
        "Invalid session for the user, session can only be used once.");

    String third = answer(again.session(), "red").session();
    notAuthorized(() -> answer(third, "blue"), "Incorrect username or password.");
  }

  @Test
  void srp_may_come_first() {
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun =
        fixture.begin(
            "CUSTOM_AUTH",
            Map.of("USERNAME", "ada", "CHALLENGE_NAME", "SRP_A", "SRP_A", srp.publicA()));
    assertThat(begun.challengeNameAsString()).isEqualTo("PASSWORD_VERIFIER");
    Map<String, String> proof =
        srp.prove(
            begun.challengeParameters(),
            fixture.poolName(),
            "ada",
            PASSWORD,
            fixture.clock.instant());

    RespondToAuthChallengeResponse first = fixture.answer("PASSWORD_VERIFIER", null, proof);
    assertThat(first.challengeNameAsString()).isEqualTo(CHALLENGE);
    answer(answer(first.session(), "white").session(), "horse");
  }

  @Test
  void an_unknown_user_is_asked_and_is_never_right() {
    String session = fixture.begin("CUSTOM_AUTH", Map.of("USERNAME", "nobody")).session();

    assertThat(
            fixture
                .answer(CHALLENGE, session, Map.of("USERNAME", "nobody", "ANSWER", "white"))
                .challengeParameters())
        .containsEntry("question", "colour");
  }

  @Test
  void without_challenges_the_flow_is_refused() {
    try (SignInFixture bare = new SignInFixture()) {
      refused(
          () -> bare.begin("CUSTOM_AUTH", Map.of("USERNAME", "ada")),
          "InvalidParameterException",
          "Custom auth lambda trigger is not configured for the user pool.");
    }
  }

  @Test
  void the_answer_is_not_shown_and_must_be_one() {
    assertThat(new CustomChallenge(Map.of("q", "colour"), "white").toString())
        .doesNotContain("white");
    assertThatThrownBy(() -> new CustomChallenge(Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answer");
  }
}
