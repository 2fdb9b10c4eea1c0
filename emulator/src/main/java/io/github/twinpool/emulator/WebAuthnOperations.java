package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.WebAuthnCredentials.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What users do with their passkeys. The exceptions are those of the service model, each after its
 * documentation; their wording is ours.
 */
final class WebAuthnOperations {
  /** An assumption: how long Cognito waits for a registration is unpublished. */
  private static final Duration TIME_TO_REGISTER = Duration.ofMinutes(3);

  private static final String PAGE = "credentials-page";

  private WebAuthnOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "StartWebAuthnRegistration", WebAuthnOperations::start,
        "CompleteWebAuthnRegistration", WebAuthnOperations::complete,
        "ListWebAuthnCredentials", WebAuthnOperations::list,
        "DeleteWebAuthnCredential", WebAuthnOperations::delete);
  }

  private static ObjectNode start(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    RelyingParty party = enabled(call, signedIn.pool());
    String challenge = WebAuthnChallenge.freshChallenge(call);
    String username = signedIn.user().username();
    signedIn
        .pool()
        .webAuthn()
        .begin(
            username,
            new Registration(challenge, signedIn.client(), call.now().plus(TIME_TO_REGISTER)));
    ObjectNode options = WireJson.object().put("challenge", challenge);
    options.putObject("rp").put("id", party.id()).put("name", party.id());
    options
        .putObject("user")
        .put("id", WebAuthnChallenge.userHandle(signedIn.user()))
        .put("name", username)
        .put("displayName", username);
    ArrayNode algorithms = options.putArray("pubKeyCredParams");
    for (long algorithm : new long[] {CosePublicKey.ES256, CosePublicKey.RS256}) {
      algorithms.addObject().put("type", "public-key").put("alg", algorithm);
    }
    options
        .putObject("authenticatorSelection")
        .put("requireResidentKey", true)
        .put("residentKey", "required")
        .put("userVerification", party.userVerification());
    ArrayNode known = options.putArray("excludeCredentials");
    signedIn.pool().webAuthn().of(call.role(), username, party).stream()
        .map(WebAuthnCredential::descriptor)
        .forEach(known::add);
    options.put("timeout", TIME_TO_REGISTER.toMillis()).put("attestation", "none");
    return WireJson.object().set("CredentialCreationOptions", options);
  }

  private static RelyingParty enabled(Call call, Pool pool) {
    PoolSettings settings = pool.settings(call.role());
    if (!settings.firstFactors().contains(WebAuthnChallenge.NAME)) {
      throw WireError.of(
          "WebAuthnNotEnabledException", "Passkeys are not enabled for the user pool.");
    }
    return settings.mfa().relyingParty();
  }

  private static ObjectNode complete(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    RelyingParty party = enabled(call, signedIn.pool());
    WebAuthnCredentials credentials = signedIn.pool().webAuthn();
    CredentialJson given = new CredentialJson(call.request().entries("Credential"));
    JsonNode clientData = given.clientData();
    AuthenticatorData data = given.attested();
    String username = signedIn.user().username();
    Registration begun =
        credentials.begun(username, call.now()).orElseThrow(WebAuthnOperations::noChallenge);
    check(signedIn, party, begun, clientData, data);
    if (!credentials.end(username, begun)) {
      throw noChallenge();
    }
    credentials.add(
        new WebAuthnCredential(
            given.id(),
            username,
            party.id(),
            data.newCredential().orElseThrow().key(),
            data.signCount(),
            given.attachment(),
            given.transports(),
            call.now()));
    return WireJson.object();
  }

  private static void check(
      SignedInUser signedIn,
      RelyingParty party,
      Registration begun,
      JsonNode clientData,
      AuthenticatorData data) {
    if (!begun.clientId().equals(signedIn.client())) {
      throw WireError.of(
          "WebAuthnClientMismatchException", "The registration was begun with another app client.");
    }
    if (!RelyingParty.isAbout(clientData, "webauthn.create", begun.challenge())) {
      throw noChallenge();
    }
    if (!party.allowsOrigin(clientData)) {
      throw WireError.of(
          "WebAuthnOriginNotAllowedException", "The origin does not belong to the relying party.");
    }
    if (!data.isFor(party.id())) {
      throw WireError.of(
          "WebAuthnRelyingPartyMismatchException", "The credential is another relying party's.");
    }
    if (!data.satisfies(party)) {
      throw WireError.notAuthorized("User presence and verification are required.");
    }
  }

  private static WireError noChallenge() {
    return WireError.of(
        "WebAuthnChallengeNotFoundException", "No registration with this challenge was begun.");
  }

  private static ObjectNode list(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Pool pool = signedIn.pool();
    int asked = call.request().number("MaxResults").orElse(0);
    int limit = asked == 0 ? WebAuthnCredentials.MOST_PER_USER : asked;
    String scope = signedIn.user().username();
    String after =
        call.request()
            .text("NextToken")
            .map(token -> PageToken.open(call, pool, PAGE, scope, token))
            .orElse("");
    List<WebAuthnCredential> found = pool.webAuthn().after(call.role(), scope, after, limit + 1);
    ObjectNode answer = WireJson.object();
    ArrayNode credentials = answer.putArray("Credentials");
    found.stream().limit(limit).map(WebAuthnCredential::describe).forEach(credentials::add);
    if (found.size() > limit) {
      String last = found.get(limit - 1).id();
      answer.put("NextToken", PageToken.seal(call, pool, PAGE, scope, last));
    }
    return answer;
  }

  private static ObjectNode delete(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    signedIn
        .pool()
        .webAuthn()
        .remove(signedIn.user().username(), call.request().required("CredentialId"));
    return WireJson.object();
  }
}
