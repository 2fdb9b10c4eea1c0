package io.github.twinpool.signin;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Seals steps as JWEs (RFC 7516), encrypted and authenticated directly with A256GCM. A step opens
 * for the pool and the app client that it was sealed for, until it expires. No password is among
 * what is sealed: a {@link Pending} has none, and its device stays behind.
 */
final class StepSealer {
  private static final int KEY_BYTES = 32;
  private static final int MAX_LENGTH = 16_384;
  private static final JOSEObjectType TYPE = new JOSEObjectType("twinpool-step");

  private final List<SecretKey> keys;
  private final String poolId;
  private final String clientId;
  private final InstantSource clock;

  /**
   * @param keys the first one seals, all open
   */
  StepSealer(List<SecretKey> keys, String poolId, String clientId, InstantSource clock) {
    this.keys = keys;
    this.poolId = poolId;
    this.clientId = clientId;
    this.clock = clock;
  }

  static void requireUsable(SecretKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null || encoded.length != KEY_BYTES) {
      throw new IllegalArgumentException("stepKeys: each wants 256 bits");
    }
  }

  String seal(Pending pending) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pool", poolId);
    content.put("client", clientId);
    content.put("exp", pending.expiresAt().toEpochMilli());
    content.put("challenge", pending.challenge());
    content.put("username", pending.username());
    content.put("parameters", pending.parameters());
    content.put("choices", pending.choices());
    content.put("admin", pending.person().admin());
    content.put("metadata", pending.person().metadata());
    if (pending.session() != null) {
      content.put("session", pending.session());
    }
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).type(TYPE).build();
    JWEObject sealed = new JWEObject(header, new Payload(content));
    try {
      sealed.encrypt(new DirectEncrypter(keys.get(0)));
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
    return sealed.serialize();
  }

  /**
   * The step that was sealed.
   *
   * @throws SealedStepException if it is none of ours, or expired
   */
  Pending open(String sealed) {
    Map<String, Object> content =
        keys.stream()
            .map(key -> decrypted(sealed, key))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(StepSealer::notOurs);
    try {
      if (!poolId.equals(JSONObjectUtils.getString(content, "pool"))
          || !clientId.equals(JSONObjectUtils.getString(content, "client"))) {
        throw notOurs();
      }
      Pending pending = pending(content);
      if (!clock.instant().isBefore(pending.expiresAt())) {
        throw new SealedStepException("The sealed step has expired", true);
      }
      return pending;
    } catch (ParseException e) {
      throw notOurs();
    }
  }

  private static Optional<Map<String, Object>> decrypted(String sealed, SecretKey key) {
    if (sealed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      JWEHeader header = jwe.getHeader();
      if (!JWEAlgorithm.DIR.equals(header.getAlgorithm())
          || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
          || !TYPE.equals(header.getType())
          || header.getCompressionAlgorithm() != null) {
        return Optional.empty();
      }
      jwe.decrypt(new DirectDecrypter(key));
      return Optional.ofNullable(jwe.getPayload().toJSONObject());
    } catch (ParseException | JOSEException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Pending pending(Map<String, Object> content) throws ParseException {
    Person person =
        new Person(
            JSONObjectUtils.getBoolean(content, "admin"),
            null,
            texts(JSONObjectUtils.getJSONObject(content, "metadata")),
            null);
    return new Pending(
        JSONObjectUtils.getString(content, "challenge"),
        JSONObjectUtils.getString(content, "session"),
        JSONObjectUtils.getString(content, "username"),
        texts(JSONObjectUtils.getJSONObject(content, "parameters")),
        JSONObjectUtils.getStringList(content, "choices"),
        Instant.ofEpochMilli(JSONObjectUtils.getLong(content, "exp")),
        person);
  }

  private static Map<String, String> texts(Map<String, Object> object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static SealedStepException notOurs() {
    return new SealedStepException("Not a step that was sealed for this app client", false);
  }

  @Override
  public String toString() {
    return "StepSealer[…]";
  }
}
