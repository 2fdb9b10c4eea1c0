package io.github.twinpool.signin;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;

/**
 * The service's answer to any of the four operations of a sign-in: tokens, or a challenge.
 *
 * @param challenge as it is spelled on the wire: a new one is no error
 */
record Reply(
    @Nullable AuthenticationResultType result,
    @Nullable String challenge,
    @Nullable String session,
    Map<String, String> parameters,
    List<String> choices) {

  static Reply of(InitiateAuthResponse it) {
    return new Reply(
        it.authenticationResult(),
        it.challengeNameAsString(),
        it.session(),
        it.challengeParameters(),
        it.availableChallengesAsStrings());
  }

  static Reply of(AdminInitiateAuthResponse it) {
    return new Reply(
        it.authenticationResult(),
        it.challengeNameAsString(),
        it.session(),
        it.challengeParameters(),
        it.availableChallengesAsStrings());
  }

  static Reply of(RespondToAuthChallengeResponse it) {
    return new Reply(
        it.authenticationResult(),
        it.challengeNameAsString(),
        it.session(),
        it.challengeParameters(),
        List.of());
  }

  static Reply of(AdminRespondToAuthChallengeResponse it) {
    return new Reply(
        it.authenticationResult(),
        it.challengeNameAsString(),
        it.session(),
        it.challengeParameters(),
        List.of());
  }

  /**
   * A parameter that the challenge must have.
   *
   * @throws SignInProtocolException if it has not
   */
  String required(String parameter) {
    String value = parameters.get(parameter);
    if (value == null) {
      throw new SignInProtocolException(challenge + " came without " + parameter);
    }
    return value;
  }

  /**
   * Whom to answer as: who signs in by an alias has another name at Cognito, which a challenge
   * tells under one of two keys. After SRP it is USER_ID_FOR_SRP that signs. (Source: API reference
   * of AdminRespondToAuthChallenge.)
   *
   * @param known the name so far
   */
  String username(String known) {
    return Stream.of("USER_ID_FOR_SRP", "USERNAME")
        .map(parameters::get)
        .filter(name -> name != null && !name.isEmpty())
        .findFirst()
        .orElse(known);
  }

  @Override
  public String toString() {
    return "Reply[" + (challenge == null ? "tokens" : challenge) + "]";
  }
}
