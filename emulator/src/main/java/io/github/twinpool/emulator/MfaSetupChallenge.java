package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The challenge MFA_SETUP, for users without a second factor of a pool that insists on one. Its
 * session goes through AssociateSoftwareToken and VerifySoftwareToken, each of which gives the
 * next.
 */
final class MfaSetupChallenge {
  static final String NAME = "MFA_SETUP";

  /** What the session is sealed for, one after the other. */
  private static final String ISSUED = ChallengeAnswer.sessionOf(NAME);

  private static final String ASSOCIATED = ISSUED + " associated";
  private static final String VERIFIED = ISSUED + " verified";

  private MfaSetupChallenge() {}

  static ObjectNode issue(SignInAttempt attempt) {
    PoolSettings settings = attempt.pool().settings(attempt.call().role());
    ObjectNode parameters =
        MfaChallenges.parameters(attempt)
            .put(
                "MFAS_CAN_SETUP",
                MfaChallenges.json(
                    Stream.of(MfaType.values()).filter(settings.mfa().types()::contains).toList()));
    return attempt.challenge(NAME, parameters, WireJson.object());
  }

  /** AssociateSoftwareToken with a Session. */
  static ObjectNode associate(Call call, String session) {
    Opened opened = open(call, ISSUED, session);
    String secret = Totp.secret(call.cognito().random());
    opened.useUp();
    return WireJson.object()
        .put("SecretCode", secret)
        .put("Session", opened.next(secret, ASSOCIATED));
  }

  /**
   * VerifySoftwareToken with a Session; a wrong code leaves it usable. A right one registers the
   * authenticator, whatever becomes of the sign-in. (Source: API reference, VerifySoftwareToken.)
   */
  static ObjectNode verify(Call call, String session, String code) {
    Opened opened = open(call, ASSOCIATED, session);
    String secret = opened.state().data().path("secret").asText();
    SoftwareTokenOperations.check(call, opened.pool(), opened.attempt().username(), secret, code);
    opened.useUp();
    opened
        .pool()
        .update(
            opened.attempt().username(),
            user ->
                user.withMfa(
                    user.mfa().withVerified(secret).with(MfaType.SOFTWARE_TOKEN_MFA, true, true),
                    call.now()));
    return WireJson.object().put("Status", "SUCCESS").put("Session", opened.next(secret, VERIFIED));
  }

  static ObjectNode answer(Call call, AppClient client) {
    String session =
        call.request()
            .text("Session")
            .orElseThrow(() -> WireError.invalidParameter("Missing required parameter Session"));
    ChallengeAnswer answer = ChallengeAnswer.open(call, client, VERIFIED, session);
    MfaChallenges.checkEnabled(answer.attempt());
    return SignInSteps.afterMfa(answer.accepted());
  }

  /** A session of a request that names neither pool nor client. */
  private record Opened(Pool pool, SealedState state, SignInAttempt attempt) {
    void useUp() {
      pool.usedStates().use(state.id());
    }

    String next(String secret, String purpose) {
      return attempt.state(WireJson.object().put("secret", secret)).seal(pool, purpose);
    }
  }

  private static Opened open(Call call, String purpose, String session) {
    for (Pool pool : call.cognito().pools()) {
      Optional<AppClient> client =
          pool.keys()
              .sealer()
              .open(purpose, session)
              .flatMap(
                  content -> call.cognito().client(call.role(), content.path("client").asText()));
      if (client.isPresent()) {
        SealedState state = SealedState.open(call, pool, client.get(), purpose, session);
        return new Opened(pool, state, SignInAttempt.resume(call, pool, client.get(), state));
      }
    }
    throw SealedState.invalid();
  }
}
