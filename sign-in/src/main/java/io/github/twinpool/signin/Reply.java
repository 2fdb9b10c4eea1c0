package io.github.twinpool.signin;

import java.util.List;
import java.util.Map;
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

  @Override
  public String toString() {
    return "Reply[" + (challenge == null ? "tokens" : challenge) + "]";
  }
}
