package io.github.twinpool.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Real RSA keys. Made once for all JVMs that test what was built, since fuzzing and mutation
 * testing start many of them: kept in {@code target}.
 */
final class TestKeys {
  private static final Path KEPT = Path.of("target", "test-keys.json");
  private static final List<RSAKey> KEYS = keys();

  static final RSAKey ACCESS = KEYS.get(0);
  static final RSAKey ID = KEYS.get(1);
  static final RSAKey ROTATED = KEYS.get(2);
  static final RSAKey OTHER_POOL = KEYS.get(3);
  static final RSAKey OTHER_POOL_ID = KEYS.get(4);
  static final RSAKey WEAK = KEYS.get(5);

  private TestKeys() {}

  private static List<RSAKey> keys() {
    try {
      if (Files.exists(KEPT)) {
        return JWKSet.load(KEPT.toFile()).getKeys().stream().map(JWK::toRSAKey).toList();
      }
      List<RSAKey> made =
          List.of(
              rsa("access-key", 2048),
              rsa("id-key", 2048),
              rsa("rotated-key", 2048),
              rsa("access-key", 2048),
              rsa("id-key", 2048),
              rsa("weak-key", 1024));
      Files.createDirectories(KEPT.getParent());
      Path next = Files.createTempFile(KEPT.getParent(), "test-keys", ".tmp");
      Files.writeString(next, new JWKSet(List.<JWK>copyOf(made)).toString(false));
      Files.move(next, KEPT, StandardCopyOption.ATOMIC_MOVE);
      return made;
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(KEPT.toAbsolutePath().toString(), e);
    }
  }

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
