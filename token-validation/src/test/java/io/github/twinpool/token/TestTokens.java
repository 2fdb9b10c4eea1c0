package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens with Cognito's claims (Cognito developer guide) and real signatures. */
final class TestTokens {
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  static final String CLIENT = "1example23456789";

  private TestTokens() {}

  static Map<String, Object> accessClaims(UserPool pool, IssuerType type) {
    Map<String, Object> claims = common(pool, type);
    claims.put("client_id", CLIENT);
    claims.put("token_use", "access");
    claims.put("scope", "aws.cognito.signin.user.admin api/read");
    claims.put("username", "ada");
    claims.put("version", 2);
    claims.put("device_key", "us-east-1_device");
    return claims;
  }

  static Map<String, Object> idClaims(UserPool pool, IssuerType type) {
    Map<String, Object> claims = common(pool, type);
    claims.put("aud", CLIENT);
    claims.put("token_use", "id");
    claims.put("cognito:username", "ada");
    claims.put("email", "ada@example.com");
    claims.put("email_verified", true);
    claims.put("nonce", "n-1");
    return claims;
  }

  private static Map<String, Object> common(UserPool pool, IssuerType type) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "34c84488-e0e1-70ae-d2ee-991ad1a898c8");
    claims.put("iss", pool.issuer(type));
    claims.put("exp", NOW.getEpochSecond() + 3600);
    claims.put("iat", NOW.getEpochSecond());
    claims.put("auth_time", NOW.getEpochSecond() - 60);
    claims.put("jti", "jti-1");
    claims.put("origin_jti", "origin-1");
    claims.put("event_id", "event-1");
    claims.put("cognito:groups", List.of("admins", "staff"));
    return claims;
  }

  static String access(UserPool pool, IssuerType type, RSAKey key) {
    return sign(key, accessClaims(pool, type));
  }

  static String sign(RSAKey key, Map<String, ?> claims) {
    return sign(key, header(key.getKeyID()), JSONObjectUtils.toJSONString(claims));
  }

  static String header(String keyId) {
    return "{\"kid\":\"" + keyId + "\",\"alg\":\"RS256\"}";
  }

  /** Signs whatever it is given: RS256 over exactly these texts. */
  static String sign(RSAKey key, String header, String claims) {
    return signParts(key, base64(header), base64(claims));
  }

  static String signParts(RSAKey key, String header, String claims) {
    String input = header + "." + claims;
    return input + "." + base64(signature("SHA256withRSA", key, input));
  }

  static byte[] signature(String algorithm, RSAKey key, String input) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key.toPrivateKey());
      signature.update(input.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
