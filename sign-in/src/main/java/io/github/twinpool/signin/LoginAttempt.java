package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.twinpool.RegionRole;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A browser's sign-in under way: the three secrets that tie its answer to it, and the Region whose
 * host was asked.
 */
record LoginAttempt(
    State state,
    Nonce nonce,
    CodeVerifier verifier,
    RegionRole role,
    String returnTarget,
    Instant expiresAt) {

  /** As it is sealed, for one app client and one address to come back to. */
  Map<String, Object> sealable(String audience) {
    return Map.of(
        "aud", audience,
        "state", state.getValue(),
        "nonce", nonce.getValue(),
        "verifier", verifier.getValue(),
        "role", role.name(),
        "target", returnTarget,
        "exp", expiresAt.toEpochMilli());
  }

  /** What was sealed; empty if it is for another client, or not whole. */
  static Optional<LoginAttempt> of(SealedContent content, String audience) {
    try {
      return audience.equals(content.text("aud"))
          ? Optional.of(
              new LoginAttempt(
                  new State(content.text("state")),
                  new Nonce(content.text("nonce")),
                  new CodeVerifier(content.text("verifier")),
                  RegionRole.valueOf(content.text("role")),
                  content.text("target"),
                  content.time("exp")))
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "LoginAttempt[" + role + ", expires " + expiresAt + "]";
  }
}
