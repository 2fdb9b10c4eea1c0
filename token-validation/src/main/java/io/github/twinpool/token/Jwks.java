package io.github.twinpool.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Key Set (RFC 7517) as far as it is of use.
 *
 * @param keys the usable keys, at least one
 * @param skipped how many entries were of no use
 */
record Jwks(List<SigningKey> keys, int skipped) {
  static final int MAX_KEYS = 64;
  static final int MAX_KEY_ID = 256;
  static final int MIN_BITS = 2048;
  // Beyond this a signature takes long enough to be a weapon.
  static final int MAX_BITS = 8192;
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
  private static final int MAX_EXPONENT_BITS = 64;
  private static final List<String> MEMBERS =
      List.of("kty", "kid", "use", "alg", "key_ops", "n", "e");

  /**
   * @throws KeySourceException if this is no key set, or one without a usable key
   */
  static Jwks parse(byte[] document) {
    Object entries;
    try {
      entries = StrictJson.object(document).get("keys");
    } catch (IOException notJson) {
      throw new KeySourceException(Reason.MALFORMED, "not a strict JSON object");
    }
    if (!(entries instanceof List<?> list)) {
      throw new KeySourceException(Reason.MALFORMED, "no list of keys");
    }
    List<SigningKey> keys = new ArrayList<>();
    for (Object entry : list.subList(0, Math.min(list.size(), MAX_KEYS))) {
      SigningKey key = entry instanceof Map<?, ?> jwk ? key(jwk) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new KeySourceException(Reason.NO_USABLE_KEYS, list.size() + " entries");
    }
    return new Jwks(List.copyOf(keys), list.size() - keys.size());
  }

  private static @Nullable SigningKey key(Map<?, ?> jwk) {
    Map<String, Object> members = new HashMap<>();
    for (String name : MEMBERS) {
      Object value = jwk.get(name);
      if (value != null) {
        members.put(name, value);
      }
    }
    boolean forSignatures =
        "sig".equals(members.getOrDefault("use", "sig"))
            && "RS256".equals(members.getOrDefault("alg", "RS256"))
            && (!(members.get("key_ops") instanceof List<?> uses) || uses.contains("verify"));
    if (!forSignatures
        || !(members.get("kid") instanceof String id)
        || id.isEmpty()
        || id.length() > MAX_KEY_ID) {
      return null;
    }
    try {
      RSAPublicKey key = RSAKey.parse(members).toRSAPublicKey();
      return sane(key) ? new SigningKey(id, key) : null;
    } catch (ParseException | JOSEException | RuntimeException useless) {
      return null; // whatever is wrong with one key, the others are not to blame
    }
  }

  private static boolean sane(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    BigInteger exponent = key.getPublicExponent();
    return bits >= MIN_BITS
        && bits <= MAX_BITS
        && key.getModulus().testBit(0)
        && exponent.testBit(0)
        && exponent.compareTo(MIN_EXPONENT) >= 0
        && exponent.bitLength() <= MAX_EXPONENT_BITS;
  }
}
