package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Optional;

/**
 * Seals what a client carries and must not read: refresh tokens, sessions, page tokens. A JWE, as
 * Cognito's refresh tokens are.
 */
final class Sealer {
  private static final JWEHeader HEADER =
      new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).build();

  private final byte[] secret;

  /** A sealer that opens what it has sealed itself, and nothing else. */
  static Sealer fresh(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new Sealer(secret);
  }

  Sealer(byte[] secret) {
    this.secret = secret.clone();
  }

  /**
   * Seals a content.
   *
   * @param purpose what it is; it opens for nothing else
   */
  String seal(String purpose, ObjectNode content) {
    try {
      JWEObject sealed =
          new JWEObject(
              HEADER, new Payload(WireJson.write(content.deepCopy().put("purpose", purpose))));
      sealed.encrypt(new DirectEncrypter(secret));
      return sealed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** Bytes that are always the same for a text and that nobody else can know. */
  byte[] pseudonym(String text) {
    return Hmac.sha256(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The content of what this pool sealed for a purpose; empty for anything else. */
  Optional<ObjectNode> open(String purpose, String sealed) {
    // The library has other exceptions, too, for odd headers.
    if (!sealed.startsWith(HEADER.toBase64URL() + "..")) {
      return Optional.empty();
    }
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      jwe.decrypt(new DirectDecrypter(secret));
      ObjectNode content = WireJson.read(jwe.getPayload().toBytes());
      return Optional.of(content).filter(it -> it.path("purpose").asText().equals(purpose));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Sealer[…]";
  }
}
