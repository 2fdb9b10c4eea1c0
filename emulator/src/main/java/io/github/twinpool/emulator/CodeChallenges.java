package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Medium;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The challenges EMAIL_OTP, SMS_OTP and SMS_MFA: a code is sent and must be sent back. The sealed
 * session carries it, so that a code is good for the session that it was sent for, and only there.
 */
final class CodeChallenges {
  static final String EMAIL = "EMAIL_OTP";
  static final String SMS = "SMS_OTP";

  private CodeChallenges() {}

  /**
   * Sends a code.
   *
   * @param second whether it is a second factor
   */
  static ObjectNode issue(SignInAttempt attempt, String challenge, boolean second) {
    Medium medium = challenge.equals(EMAIL) ? Medium.EMAIL : Medium.SMS;
    int digits = challenge.equals(MfaChallenges.SMS) ? 6 : 8;
    String code = attempt.call().cognito().names().digits(digits);
    CodeDelivery delivery =
        attempt
            .found()
            .flatMap(user -> CodeDelivery.to(user, medium.attribute()))
            .orElseGet(() -> CodeDelivery.simulated(attempt.username(), medium));
    attempt
        .found()
        .ifPresent(
            user ->
                attempt
                    .pool()
                    .outbox()
                    .deliver(
                        user.username(),
                        new SentMessage(
                            attempt.call().role(),
                            SentMessage.Purpose.SIGN_IN,
                            medium,
                            user.attribute(medium.attribute()),
                            code,
                            attempt.call().now())));
    ObjectNode parameters =
        WireJson.object()
            .put("CODE_DELIVERY_DELIVERY_MEDIUM", medium.name())
            .put("CODE_DELIVERY_DESTINATION", delivery.maskedDestination())
            .put("USER_ID_FOR_SRP", attempt.username());
    ObjectNode data = WireJson.object().put("code", code).put("second", second);
    return attempt.challenge(challenge, parameters, data);
  }

  /** A wrong code leaves the session usable. */
  static ObjectNode answer(Call call, AppClient client, String challenge) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, challenge);
    byte[] claimed = answer.required(challenge + "_CODE").getBytes(StandardCharsets.UTF_8);
    byte[] sent = answer.data().path("code").asText().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sent, claimed) || answer.attempt().found().isEmpty()) {
      throw WireError.of("CodeMismatchException", "Invalid code or auth state for the user.");
    }
    MfaChallenges.checkEnabled(answer.attempt());
    boolean second = answer.data().path("second").asBoolean();
    SignInAttempt attempt = answer.accepted();
    return second ? SignInSteps.afterMfa(attempt) : SignInSteps.afterPassword(attempt);
  }
}
