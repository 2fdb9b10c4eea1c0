package io.github.twinpool.signin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/** SELECT_MFA_TYPE: the person has several second factors and chooses one. */
public final class SelectMfaTypeChallenge extends OpenChallenge implements SignInChallenge {

  SelectMfaTypeChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** What can be chosen (MFAS_CAN_CHOOSE), SOFTWARE_TOKEN_MFA on the secondary, too. */
  public List<ChallengeNameType> choices() {
    return Challenges.names(parameters().get("MFAS_CAN_CHOOSE"));
  }

  /** Chooses; the next step asks for that factor. */
  public SignInStep answer(ChallengeNameType choice) {
    return respond(Challenges.ANSWER, choice.toString());
  }

  /** Chooses; the next step asks for that factor. */
  public CompletableFuture<SignInStep> answerAsync(ChallengeNameType choice) {
    return respondAsync(Challenges.ANSWER, choice.toString());
  }
}
