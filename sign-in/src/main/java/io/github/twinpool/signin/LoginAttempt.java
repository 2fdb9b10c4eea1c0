package io.github.twinpool.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
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

  /** What was sealed; empty if it is for another client. */
  static Optional<LoginAttempt> of(Map<String, Object> content, String audience) {
    try {
      return audience.equals(JSONObjectUtils.getString(content, "aud"))
          ? Optional.of(
              new LoginAttempt(
                  new State(JSONObjectUtils.getString(content, "state")),
                  new Nonce(JSONObjectUtils.getString(content, "nonce")),
                  new CodeVerifier(JSONObjectUtils.getString(content, "verifier")),
                  RegionRole.valueOf(JSONObjectUtils.getString(content, "role")),
                  JSONObjectUtils.getString(content, "target"),
                  Instant.ofEpochMilli(JSONObjectUtils.getLong(content, "exp"))))
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
