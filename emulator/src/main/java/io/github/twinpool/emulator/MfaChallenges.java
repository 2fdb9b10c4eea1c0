package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The second factor after a password: which one, and the challenges of TOTP and of choosing. */
final class MfaChallenges {
  static final String SMS = "SMS_MFA";
  static final String TOTP = "SOFTWARE_TOKEN_MFA";
  static final String SELECT = "SELECT_MFA_TYPE";

  private MfaChallenges() {}

  /** Whether a second factor, or its set-up, would be asked for. */
  static boolean isWanted(SignInAttempt attempt) {
    String mode = settings(attempt).mfa().mode();
    return mode.equals("ON") || (mode.equals("OPTIONAL") && !typesOf(attempt).isEmpty());
  }

  /** The challenge of a second factor; empty if none is wanted. */
  static Optional<ObjectNode> issue(SignInAttempt attempt) {
    PoolMfa mfa = settings(attempt).mfa();
    if (mfa.mode().equals("OFF") || Devices.replaceMfa(attempt)) {
      return Optional.empty();
    }
    List<MfaType> types = typesOf(attempt);
    if (types.size() == 1) {
      return Optional.of(issue(attempt, types.get(0)));
    }
    if (!types.isEmpty()) {
      return Optional.of(select(attempt, types));
    }
    return mfa.mode().equals("ON")
        ? Optional.of(MfaSetupChallenge.issue(attempt))
        : Optional.empty();
  }

  /**
   * The second factors that this sign-in may end with: the preferred one, or else all that are
   * switched on, or else, if the pool insists on one, those that have an address to go to.
   */
  static List<MfaType> typesOf(SignInAttempt attempt) {
    UserRecord user = attempt.user();
    PoolMfa mfa = settings(attempt).mfa();
    List<MfaType> switchedOn =
        Stream.of(MfaType.values())
            .filter(mfa.types()::contains)
            .filter(user.mfa().enabled()::contains)
            .filter(type -> isPossible(user, type))
            .toList();
    MfaType preferred = user.mfa().preferred();
    if (preferred != null && switchedOn.contains(preferred)) {
      return List.of(preferred);
    }
    if (!switchedOn.isEmpty() || mfa.mode().equals("OPTIONAL")) {
      return switchedOn;
    }
    return Stream.of(MfaType.SMS_MFA, MfaType.EMAIL_OTP)
        .filter(mfa.types()::contains)
        .filter(type -> isVerified(user, type))
        .toList();
  }

  private static boolean isPossible(UserRecord user, MfaType type) {
    return switch (type) {
      case SMS_MFA -> !user.attribute("phone_number").isEmpty();
      case EMAIL_OTP -> !user.attribute("email").isEmpty();
      case SOFTWARE_TOKEN_MFA -> user.mfa().secret().isPresent();
    };
  }

  private static boolean isVerified(UserRecord user, MfaType type) {
    String attribute = type == MfaType.SMS_MFA ? "phone_number" : "email";
    return isPossible(user, type) && user.attribute(attribute + "_verified").equals("true");
  }

  private static ObjectNode issue(SignInAttempt attempt, MfaType type) {
    return type == MfaType.SOFTWARE_TOKEN_MFA
        ? attempt.challenge(TOTP, parameters(attempt), WireJson.object())
        : CodeChallenges.issue(attempt, type.name(), true);
  }

  private static ObjectNode select(SignInAttempt attempt, List<MfaType> types) {
    ObjectNode parameters = parameters(attempt).put("MFAS_CAN_CHOOSE", json(types));
    return attempt.challenge(SELECT, parameters, WireJson.object());
  }

  static ObjectNode parameters(SignInAttempt attempt) {
    return WireJson.object().put("USER_ID_FOR_SRP", attempt.username());
  }

  /** A list as challenge parameters carry it: as JSON in a text. */
  static String json(Collection<MfaType> types) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    types.forEach(type -> list.add(type.name()));
    return list.toString();
  }

  static ObjectNode answerSelection(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, SELECT);
    checkEnabled(answer.attempt());
    MfaType chosen =
        MfaType.named(answer.required("ANSWER"))
            .filter(typesOf(answer.attempt())::contains)
            .orElseThrow(
                () -> WireError.invalidParameter("Invalid MFA type selected for the user."));
    return issue(answer.accepted(), chosen);
  }

  /** A wrong code leaves the session usable, and so does a used one. */
  static ObjectNode answerTotp(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, TOTP);
    SignInAttempt attempt = answer.attempt();
    String code = answer.required("SOFTWARE_TOKEN_MFA_CODE");
    checkEnabled(attempt);
    String secret =
        attempt
            .user()
            .mfa()
            .secret()
            .orElseThrow(
                () ->
                    WireError.of(
                        "SoftwareTokenMFANotFoundException",
                        "Software token MFA not found for the user."));
    Totp.Verdict verdict =
        attempt.pool().totp().use(call.role(), attempt.username(), secret, code, call.now());
    switch (verdict) {
      case USED ->
          throw WireError.of(
              "ExpiredCodeException", "Your software token has already been used once.");
      case WRONG -> throw WireError.of("CodeMismatchException", "Invalid code received for user");
      case RIGHT -> {}
    }
    return SignInSteps.afterMfa(answer.accepted());
  }

  /** Whoever was disabled in the middle of a sign-in does not get to its end. */
  static void checkEnabled(SignInAttempt attempt) {
    if (!attempt.user().enabled()) {
      throw WireError.notAuthorized("User is disabled.");
    }
  }

  private static PoolSettings settings(SignInAttempt attempt) {
    return attempt.pool().settings(attempt.call().role());
  }
}
