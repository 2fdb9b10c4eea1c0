package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an authorization code stands for.
 *
 * @param challenge the code_challenge that its verifier must match, if it was asked for with one
 * @param authTime when the user signed in, which a session may have made long ago
 */
record AuthorizationCode(
    String clientId,
    String redirectUri,
    String username,
    Scopes scopes,
    Optional<String> nonce,
    Optional<String> challenge,
    Instant authTime,
    RegionRole issuedBy,
    Instant expires) {
  static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Whether a client that presents a verifier, or none, is the one that asked for this code. */
  boolean isProvedBy(Optional<String> verifier) {
    if (challenge.isEmpty()) {
      return verifier.isEmpty();
    }
    return verifier.isPresent()
        && MessageDigest.isEqual(bytes(challengeOf(verifier.get())), bytes(challenge.get()));
  }

  private static String challengeOf(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "AuthorizationCode[…]";
  }
}
