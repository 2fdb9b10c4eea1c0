package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The flow USER_AUTH: whoever signs in chooses how. */
final class ChoiceChallenges {
  static final String SELECT = "SELECT_CHALLENGE";
  static final String PASSWORD = "PASSWORD";
  static final String SRP = "PASSWORD_SRP";
  private static final Set<String> CHOICES =
      Set.of(PASSWORD, SRP, CodeChallenges.EMAIL, CodeChallenges.SMS, WebAuthnChallenge.NAME);

  private ChoiceChallenges() {}

  /** The preferred challenge, if it is given and can be had; else the choice. */
  static ObjectNode start(SignInAttempt attempt) {
    Call call = attempt.call();
    Optional<String> preferred = call.request().entry("AuthParameters", "PREFERRED_CHALLENGE");
    if (preferred.isPresent() && !CHOICES.contains(preferred.get())) {
      throw WireError.invalidParameter("PREFERRED_CHALLENGE is none of " + sorted() + ".");
    }
    Set<String> available = available(attempt);
    if (preferred.isEmpty() || !available.contains(preferred.get())) {
      return select(attempt, available);
    }
    String choice = preferred.get();
    String proof = choice.equals(SRP) ? "SRP_A" : PASSWORD;
    boolean asks = choice.equals(SRP) || choice.equals(PASSWORD);
    if (asks && call.request().entry("AuthParameters", proof).isEmpty()) {
      return attempt.challenge(choice, MfaChallenges.parameters(attempt), WireJson.object());
    }
    return go(
        attempt,
        choice,
        name -> call.request().requiredEntry("AuthParameters", name),
        () -> attempt);
  }

  private static List<String> sorted() {
    return CHOICES.stream().sorted().toList();
  }

  private static ObjectNode select(SignInAttempt attempt, Set<String> available) {
    ObjectNode answer =
        attempt.challenge(SELECT, MfaChallenges.parameters(attempt), WireJson.object());
    available.forEach(answer.putArray("AvailableChallenges")::add);
    return answer;
  }

  /**
   * How this user may sign in; who uses a second factor must begin with the password, or with a
   * passkey that stands for both.
   */
  private static Set<String> available(SignInAttempt attempt) {
    Set<String> available = new LinkedHashSet<>();
    RegionRole role = attempt.call().role();
    List<String> allowed = attempt.pool().settings(role).firstFactors();
    boolean password = attempt.found().map(user -> user.password().exists()).orElse(true);
    if (allowed.contains(PASSWORD) && password) {
      available.add(PASSWORD);
      available.add(SRP);
    }
    String mode = attempt.pool().settings(role).mfa().mode();
    boolean secondFactor =
        mode.equals("ON")
            || (mode.equals("OPTIONAL")
                && attempt.found().isPresent()
                && !MfaChallenges.typesOf(attempt).isEmpty());
    if (!secondFactor) {
      addCode(available, attempt, CodeChallenges.EMAIL, "email_verified");
      addCode(available, attempt, CodeChallenges.SMS, "phone_number_verified");
    }
    boolean passkey = !secondFactor || WebAuthnChallenge.party(attempt).insteadOfMfa();
    if (passkey
        && allowed.contains(WebAuthnChallenge.NAME)
        && WebAuthnChallenge.isPossible(attempt)) {
      available.add(WebAuthnChallenge.NAME);
    }
    return available;
  }

  private static void addCode(
      Set<String> available, SignInAttempt attempt, String challenge, String verified) {
    boolean allowed =
        attempt.pool().settings(attempt.call().role()).firstFactors().contains(challenge);
    boolean deliverable =
        attempt.found().map(user -> user.attribute(verified).equals("true")).orElse(true);
    if (allowed && deliverable) {
      available.add(challenge);
    }
  }

  /**
   * Begins with the chosen factor.
   *
   * @param parameters what the request says besides
   * @param accepted uses up the session of a choice that can be followed
   */
  private static ObjectNode go(
      SignInAttempt attempt,
      String choice,
      Function<String, String> parameters,
      Supplier<SignInAttempt> accepted) {
    return switch (choice) {
      case PASSWORD -> {
        PasswordCheck.check(attempt, parameters.apply(PASSWORD));
        yield SignInSteps.afterPassword(accepted.get());
      }
      case SRP -> {
        String srpA = parameters.apply("SRP_A");
        SrpExchange.publicA(srpA);
        yield PasswordVerifierChallenge.issueWithSession(accepted.get(), srpA);
      }
      case WebAuthnChallenge.NAME -> WebAuthnChallenge.issue(accepted.get());
      default -> CodeChallenges.issue(accepted.get(), choice, false);
    };
  }

  static ObjectNode answerSelection(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, SELECT);
    String choice = answer.required("ANSWER");
    if (!available(answer.attempt()).contains(choice)) {
      throw WireError.invalidParameter("The selected challenge is not available for the user.");
    }
    return go(answer.attempt(), choice, answer::required, answer::accepted);
  }

  static ObjectNode answerPassword(Call call, AppClient client) {
    return answerAsked(call, client, PASSWORD);
  }

  static ObjectNode answerSrp(Call call, AppClient client) {
    return answerAsked(call, client, SRP);
  }

  private static ObjectNode answerAsked(Call call, AppClient client, String challenge) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, challenge);
    return go(answer.attempt(), challenge, answer::required, answer::accepted);
  }
}
