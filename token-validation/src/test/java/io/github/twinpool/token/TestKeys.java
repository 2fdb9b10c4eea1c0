package io.github.twinpool.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real RSA keys, made once for each run of the tests. */
final class TestKeys {
  static final RSAKey ACCESS = rsa("access-key", 2048);
  static final RSAKey ID = rsa("id-key", 2048);
  static final RSAKey ROTATED = rsa("rotated-key", 2048);
  static final RSAKey OTHER_POOL = rsa("access-key", 2048);
  static final RSAKey OTHER_POOL_ID = rsa("id-key", 2048);
  static final RSAKey WEAK = rsa("weak-key", 1024);

  private TestKeys() {}

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JWK as a pool publishes it, with changes. */
  static Map<String, Object> jwk(RSAKey key, Map<String, ?> changes) {
    Map<String, Object> jwk = new HashMap<>(key.toPublicJWK().toJSONObject());
    jwk.put("alg", "RS256");
    jwk.putAll(changes);
    jwk.values().removeIf("REMOVE"::equals);
    return jwk;
  }

  static String jwks(RSAKey... keys) {
    return jwksOf(Arrays.stream(keys).<Object>map(key -> jwk(key, Map.of())).toList());
  }

  static String jwksOf(List<Object> entries) {
    return JSONObjectUtils.toJSONString(Map.of("keys", entries));
  }

  static SigningKey signingKey(RSAKey key) {
    try {
      return new SigningKey(key.getKeyID(), key.toRSAPublicKey());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
