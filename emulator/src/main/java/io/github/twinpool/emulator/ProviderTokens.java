package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;

/** The ID tokens of an emulated provider, good ones and bad ones. Thread-safe. */
final class ProviderTokens {
  static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String ANOTHER = "https://another.example";

  private final InstantSource clock;
  private final SecureRandom random;
  private final SigningKey key;
  private volatile TokenFault fault = TokenFault.NONE;

  ProviderTokens(InstantSource clock, SecureRandom random) {
    this(clock, random, SigningKey.fresh(random));
  }

  private ProviderTokens(InstantSource clock, SecureRandom random, SigningKey key) {
    this.clock = clock;
    this.random = random;
    this.key = key;
  }

  /** The same key, and no fault. */
  ProviderTokens fresh() {
    return new ProviderTokens(clock, random, key);
  }

  void fault(TokenFault next) {
    fault = next;
  }

  /** Whether sign-ins are declined. */
  boolean deny() {
    return fault == TokenFault.DENIED;
  }

  /** The key set. */
  ObjectNode keys() {
    ObjectNode answer = WireJson.object();
    String json = key.published().toJSONString();
    answer.putArray("keys").add(WireJson.read(json.getBytes(StandardCharsets.UTF_8)));
    return answer;
  }

  /** A token about a user. */
  String idToken(
      String issuer, String audience, String subject, String nonce, Map<String, ?> claims) {
    Instant now = clock.instant();
    Instant expires = fault == TokenFault.EXPIRED ? now : now.plus(LIFETIME);
    JWTClaimsSet.Builder token =
        new JWTClaimsSet.Builder()
            .issuer(fault == TokenFault.WRONG_ISSUER ? ANOTHER : issuer)
            .audience(fault == TokenFault.WRONG_AUDIENCE ? "another" : audience)
            .subject(subject)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expires))
            .claim("nonce", fault == TokenFault.OTHER_NONCE ? "another" : nonce);
    claims.forEach(token::claim);
    return (fault == TokenFault.WRONG_SIGNATURE ? stranger() : key).sign(token.build());
  }

  /** A key that says to be the published one. */
  private SigningKey stranger() {
    return SigningKey.generated(random, key.id());
  }
}
