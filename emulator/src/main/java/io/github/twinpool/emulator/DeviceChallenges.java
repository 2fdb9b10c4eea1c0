package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The challenges DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a device proves its secret by SRP.
 */
final class DeviceChallenges {
  static final String SRP = "DEVICE_SRP_AUTH";
  static final String VERIFIER = "DEVICE_PASSWORD_VERIFIER";

  private DeviceChallenges() {}

  /** The first challenge; empty if the sign-in names no device. */
  static Optional<ObjectNode> issue(SignInAttempt attempt) {
    return Devices.of(attempt)
        .map(device -> attempt.challenge(SRP, WireJson.object(), WireJson.object()));
  }

  static ObjectNode answerSrp(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, SRP);
    Device device = device(answer);
    BigInteger publicA = SrpExchange.publicA(answer.required("SRP_A"));
    SignInAttempt attempt = answer.accepted();
    ObjectNode parameters =
        SrpExchange.offer(attempt, VERIFIER, device.verifier(), publicA, WireJson.object());
    ObjectNode challenge = WireJson.object().put("ChallengeName", VERIFIER);
    challenge.set("ChallengeParameters", parameters.put("DEVICE_KEY", device.key()));
    return challenge;
  }

  static ObjectNode answerVerifier(Call call, AppClient client) {
    ChallengeAnswer answer = SrpExchange.open(call, client, VERIFIER);
    Device device = device(answer);
    String group = answer.attempt().pool().devices().group();
    if (!PasswordCheck.isProved(
        answer.attempt(), () -> SrpExchange.proves(answer, group, device.key()))) {
      answer.useUp();
      throw SignInAttempt.wrongCredentials();
    }
    SignInAttempt attempt = answer.accepted();
    if (call.role() == RegionRole.PRIMARY) {
      attempt
          .pool()
          .devices()
          .update(device.username(), device.key(), known -> known.authenticated(call.now()));
    }
    return SignInSteps.afterDevice(attempt);
  }

  /** The device that the challenge was about, and no other. */
  private static Device device(ChallengeAnswer answer) {
    String claimed = answer.required("DEVICE_KEY");
    if (!claimed.equals(answer.data().path("device").asText())) {
      throw Devices.unknown();
    }
    return Devices.of(answer.attempt()).orElseThrow(Devices::unknown);
  }
}
