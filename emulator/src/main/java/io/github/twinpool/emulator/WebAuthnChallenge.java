package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.Optional;

/** The challenge WEB_AUTHN: a passkey signs what the sealed session carries. */
final class WebAuthnChallenge {
  static final String NAME = "WEB_AUTHN";

  private static final int CHALLENGE = 32;

  private WebAuthnChallenge() {}

  /** Whether a user can be asked for a passkey; one who does not exist has none. */
  static boolean isPossible(SignInAttempt attempt) {
    RegionRole role = attempt.call().role();
    return attempt
        .found()
        .filter(
            user -> !attempt.pool().webAuthn().of(role, user.username(), party(attempt)).isEmpty())
        .isPresent();
  }

  static RelyingParty party(SignInAttempt attempt) {
    return attempt.pool().settings(attempt.call().role()).mfa().relyingParty();
  }

  static ObjectNode issue(SignInAttempt attempt) {
    RelyingParty party = party(attempt);
    String challenge = freshChallenge(attempt.call());
    ObjectNode options =
        WireJson.object()
            .put("challenge", challenge)
            .put("timeout", attempt.client().lifetimes().session().toMillis())
            .put("rpId", party.id())
            .put("userVerification", party.userVerification());
    ArrayNode allowed = options.putArray("allowCredentials");
    attempt.pool().webAuthn().of(attempt.call().role(), attempt.username(), party).stream()
        .map(WebAuthnCredential::descriptor)
        .forEach(allowed::add);
    return attempt.challenge(
        NAME,
        MfaChallenges.parameters(attempt).put("CREDENTIAL_REQUEST_OPTIONS", options.toString()),
        WireJson.object().put("challenge", challenge));
  }

  /**
   * A malformed credential leaves the session usable; a wrong one uses it up, since its challenge
   * is good for one assertion. That, and the wording, are assumptions.
   */
  static ObjectNode answer(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, NAME);
    CredentialJson given = CredentialJson.parse(answer.required("CREDENTIAL"));
    JsonNode clientData = given.clientData();
    byte[] signed = given.response("authenticatorData");
    AuthenticatorData data = new AuthenticatorData(signed);
    byte[] signature = given.response("signature");
    Optional<String> handle = given.userHandle();

    SignInAttempt attempt = answer.attempt();
    RelyingParty party = party(attempt);
    String challenge = answer.data().path("challenge").asText();
    byte[] hash = CredentialJson.sha256(given.response("clientDataJSON"));
    boolean proved =
        RelyingParty.isAbout(clientData, "webauthn.get", challenge)
            && party.allowsOrigin(clientData)
            && data.isFor(party.id())
            && data.satisfies(party)
            && handle.map(userHandle(attempt.user())::equals).orElse(true)
            && attempt
                .pool()
                .webAuthn()
                .find(call.role(), attempt.username(), given.id())
                .filter(credential -> credential.rpId().equals(party.id()))
                .filter(credential -> credential.key().hasSigned(signed, hash, signature))
                .filter(
                    credential ->
                        attempt.pool().webAuthn().count(call.role(), credential, data.signCount()))
                .isPresent();
    if (!proved) {
      answer.useUp();
      throw WireError.notAuthorized("Invalid passkey credential.");
    }
    MfaChallenges.checkEnabled(attempt);
    return SignInSteps.afterPasskey(answer.accepted(), party.insteadOfMfa());
  }

  static String freshChallenge(Call call) {
    byte[] challenge = new byte[CHALLENGE];
    call.cognito().random().nextBytes(challenge);
    return CredentialJson.encode(challenge);
  }

  /** What a passkey knows its user by. */
  static String userHandle(UserRecord user) {
    return CredentialJson.encode(CredentialJson.utf8(user.sub()));
  }
}
