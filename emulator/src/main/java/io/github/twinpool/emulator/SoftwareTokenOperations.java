package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** AssociateSoftwareToken, VerifySoftwareToken: by access token, or by the session of a sign-in. */
final class SoftwareTokenOperations {
  private SoftwareTokenOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "AssociateSoftwareToken", SoftwareTokenOperations::associate,
        "VerifySoftwareToken", SoftwareTokenOperations::verify);
  }

  private static ObjectNode associate(Call call) {
    Optional<String> session = session(call);
    if (session.isPresent()) {
      return MfaSetupChallenge.associate(call, session.get());
    }
    SignedInUser signedIn = SignedInUser.of(call);
    String secret = Totp.secret(call.cognito().random());
    signedIn
        .pool()
        .update(
            signedIn.user().username(),
            user -> user.withMfa(user.mfa().withPending(secret), call.now()));
    return WireJson.object().put("SecretCode", secret);
  }

  private static ObjectNode verify(Call call) {
    String code = call.request().required("UserCode");
    Optional<String> session = session(call);
    if (session.isPresent()) {
      return MfaSetupChallenge.verify(call, session.get(), code);
    }
    SignedInUser signedIn = SignedInUser.of(call);
    String secret =
        signedIn
            .user()
            .mfa()
            .pendingSecret()
            .orElseThrow(
                () ->
                    WireError.of(
                        "SoftwareTokenMFANotFoundException",
                        "Software token MFA not found for the user."));
    check(call, signedIn.pool(), signedIn.user().username(), secret, code);
    signedIn
        .pool()
        .update(
            signedIn.user().username(),
            user -> user.withMfa(user.mfa().withVerified(secret), call.now()));
    return WireJson.object().put("Status", "SUCCESS");
  }

  /**
   * Uses the first code of a new secret.
   *
   * @throws WireError an EnableSoftwareTokenMFAException
   */
  static void check(Call call, Pool pool, String username, String secret, String code) {
    pool.totp().reset(call.role(), username);
    if (pool.totp().use(call.role(), username, secret, code, call.now()) != Totp.Verdict.RIGHT) {
      throw WireError.of("EnableSoftwareTokenMFAException", "Code mismatch");
    }
  }

  private static Optional<String> session(Call call) {
    boolean token = call.request().has("AccessToken");
    Optional<String> session = call.request().text("Session");
    if (token == session.isPresent()) {
      throw WireError.invalidParameter(
          token
              ? "Only one of accessToken and session can be provided."
              : "Either accessToken or session must be provided.");
    }
    return session;
  }
}
