package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/**
 * What a browser and its authenticator do with one ES256 passkey, by the WebAuthn specification.
 */
final class Passkey {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final byte PRESENT_AND_VERIFIED = 0x05;
  private static final byte ATTESTED = 0x40;

  private final byte[] id = new byte[24];
  private final KeyPair keys;
  private int signCount;

  Passkey() {
    new SecureRandom().nextBytes(id);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** navigator.credentials.create() */
  Document register(Document options) {
    Map<String, Document> asked = options.asMap();
    String rpId = asked.get("rp").asMap().get("id").asString();
    byte[] clientData = clientData("webauthn.create", asked.get("challenge").asString());
    ByteArrayOutputStream attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    text(attestation, "fmt");
    text(attestation, "none");
    text(attestation, "attStmt");
    attestation.write(0xa0);
    text(attestation, "authData");
    bytes(attestation, authenticatorData(rpId, true));
    return Document.mapBuilder()
        .putString("id", BASE64.encodeToString(id))
        .putString("rawId", BASE64.encodeToString(id))
        .putString("type", "public-key")
        .putDocument("clientExtensionResults", Document.mapBuilder().build())
        .putDocument(
            "response",
            Document.mapBuilder()
                .putString("clientDataJSON", BASE64.encodeToString(clientData))
                .putString("attestationObject", BASE64.encodeToString(attestation.toByteArray()))
                .putList("transports", it -> it.addString("internal"))
                .build())
        .build();
  }

  /** navigator.credentials.get() */
  String sign(String requestOptions) {
    try {
      Map<String, Object> options = JSONObjectUtils.parse(requestOptions);
      byte[] clientData =
          clientData("webauthn.get", JSONObjectUtils.getString(options, "challenge"));
      byte[] data = authenticatorData(JSONObjectUtils.getString(options, "rpId"), false);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(clientData));
      return JSONObjectUtils.toJSONString(
          Map.of(
              "id", BASE64.encodeToString(id),
              "rawId", BASE64.encodeToString(id),
              "type", "public-key",
              "clientExtensionResults", Map.of(),
              "response",
                  Map.of(
                      "clientDataJSON", BASE64.encodeToString(clientData),
                      "authenticatorData", BASE64.encodeToString(data),
                      "signature", BASE64.encodeToString(signature.sign()))));
    } catch (ParseException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] clientData(String type, String challenge) {
    return JSONObjectUtils.toJSONString(
            Map.of(
                "type",
                type,
                "challenge",
                challenge,
                "origin",
                "https://localhost:8443",
                "crossOrigin",
                false))
        .getBytes(UTF_8);
  }

  private byte[] authenticatorData(String rpId, boolean attested) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(sha256(rpId.getBytes(UTF_8)));
    data.write(attested ? PRESENT_AND_VERIFIED | ATTESTED : PRESENT_AND_VERIFIED);
    signCount++;
    data.writeBytes(new byte[] {0, 0, 0, (byte) signCount});
    if (attested) {
      data.writeBytes(new byte[16]);
      data.write(0);
      data.write(id.length);
      data.writeBytes(id);
      // RFC 9053: an EC2 key, ES256, P-256, then x and y.
      data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
      ECPublicKey key = (ECPublicKey) keys.getPublic();
      bytes(data, coordinate(key.getW().getAffineX()));
      data.write(0x22);
      bytes(data, coordinate(key.getW().getAffineY()));
    }
    return data.toByteArray();
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[32];
    int kept = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - kept, padded, 32 - kept, kept);
    return padded;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(0x60 | text.length());
    out.writeBytes(text.getBytes(UTF_8));
  }

  private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
    out.write(0x59);
    out.write(bytes.length >>> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
