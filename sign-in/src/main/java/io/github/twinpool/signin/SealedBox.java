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
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Seals what the application carries for us as JWEs (RFC 7516), encrypted and authenticated
 * directly with A256GCM. What was sealed for one purpose does not open for another.
 */
final class SealedBox {
  private static final int KEY_BYTES = 32;
  private static final int MAX_LENGTH = 16_384;

  private final List<SecretKey> keys;
  private final JOSEObjectType purpose;

  /**
   * @param keys the first one seals, all open
   */
  SealedBox(List<SecretKey> keys, String purpose) {
    this.keys = keys;
    this.purpose = new JOSEObjectType(purpose);
  }

  /**
   * The keys of a builder's method.
   *
   * @throws IllegalArgumentException naming the field if a key has not 256 bits
   */
  static List<SecretKey> keys(String field, SecretKey current, SecretKey... previous) {
    List<SecretKey> keys = new ArrayList<>();
    keys.add(current);
    keys.addAll(List.of(previous));
    for (SecretKey key : keys) {
      byte[] encoded = key.getEncoded();
      if (encoded == null || encoded.length != KEY_BYTES) {
        throw new IllegalArgumentException(field + ": each wants 256 bits");
      }
    }
    return List.copyOf(keys);
  }

  String seal(Map<String, Object> content) {
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).type(purpose).build();
    JWEObject sealed = new JWEObject(header, new Payload(content));
    try {
      sealed.encrypt(new DirectEncrypter(keys.get(0)));
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
    return sealed.serialize();
  }

  /** What was sealed; empty if these keys did not seal it for this purpose, or it was changed. */
  Optional<SealedContent> open(@Nullable String sealed) {
    if (sealed == null || sealed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return keys.stream().map(key -> opened(sealed, key)).flatMap(Optional::stream).findFirst();
  }

  private Optional<SealedContent> opened(String sealed, SecretKey key) {
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      JWEHeader header = jwe.getHeader();
      if (!JWEAlgorithm.DIR.equals(header.getAlgorithm())
          || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
          || !purpose.equals(header.getType())
          || header.getCompressionAlgorithm() != null) {
        return Optional.empty();
      }
      jwe.decrypt(new DirectDecrypter(key));
      return Optional.ofNullable(jwe.getPayload().toJSONObject()).map(SealedContent::new);
    } catch (ParseException | JOSEException | RuntimeException e) {
      // The parser throws several unchecked exceptions at headers that no library writes.
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SealedBox[…]";
  }
}
