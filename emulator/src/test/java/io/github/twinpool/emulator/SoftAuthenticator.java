package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * A browser with one passkey, after the WebAuthn specification and not after the emulator: it makes
 * a RegistrationResponseJSON of creation options and an AuthenticationResponseJSON of request
 * options. Its fields are what a test may falsify.
 */
final class SoftAuthenticator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  final byte[] id = new byte[24];
  KeyPair keys;
  String origin = "https://localhost:8443";
  String type;
  String rpId;
  String fmt = "none";
  boolean present = true;
  boolean verified = true;
  boolean crossOrigin;
  int signCount = 7;
  UnaryOperator<byte[]> onAuthData = data -> data;
  UnaryOperator<String> onChallenge = challenge -> challenge;
  private final boolean rsa;
  private String userHandle;

  private SoftAuthenticator(boolean rsa) {
    this.rsa = rsa;
    new SecureRandom().nextBytes(id);
    keys = newKeys();
  }

  static SoftAuthenticator es256() {
    return new SoftAuthenticator(false);
  }

  static SoftAuthenticator rs256() {
    return new SoftAuthenticator(true);
  }

  KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
      if (rsa) {
        generator.initialize(2048);
      } else {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String credentialId() {
    return BASE64.encodeToString(id);
  }

  /** navigator.credentials.create() */
  String register(String creationOptions) {
    JsonNode options = read(creationOptions);
    userHandle = options.at("/user/id").asText();
    byte[] authData = authData(options.at("/rp/id").asText(), true);
    ByteArrayOutputStream attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    text(attestation, "fmt");
    text(attestation, fmt);
    text(attestation, "attStmt");
    attestation.write(0xa0);
    text(attestation, "authData");
    bytes(attestation, authData);
    ObjectNode credential = credential();
    ObjectNode response = credential.putObject("response");
    response.put("clientDataJSON", BASE64.encodeToString(clientData(options, "webauthn.create")));
    response.put("attestationObject", BASE64.encodeToString(attestation.toByteArray()));
    response.putArray("transports").add("internal").add("hybrid");
    return credential.toString();
  }

  /** navigator.credentials.get() */
  String sign(String requestOptions) {
    JsonNode options = read(requestOptions);
    signCount += signCount == 0 ? 0 : 1;
    byte[] clientData = clientData(options, "webauthn.get");
    byte[] authData = authData(options.path("rpId").asText(), false);
    ObjectNode credential = credential();
    credential
        .putObject("response")
        .put("clientDataJSON", BASE64.encodeToString(clientData))
        .put("authenticatorData", BASE64.encodeToString(authData))
        .put("signature", BASE64.encodeToString(signature(authData, sha256(clientData))))
        .put("userHandle", userHandle);
    return credential.toString();
  }

  void userHandle(String other) {
    userHandle = other;
  }

  private ObjectNode credential() {
    ObjectNode credential = JSON.createObjectNode();
    credential.put("id", credentialId()).put("rawId", credentialId()).put("type", "public-key");
    credential.put("authenticatorAttachment", "platform").putObject("clientExtensionResults");
    return credential;
  }

  private byte[] clientData(JsonNode options, String usualType) {
    return JSON.createObjectNode()
        .put("type", type == null ? usualType : type)
        .put("challenge", onChallenge.apply(options.path("challenge").asText()))
        .put("origin", origin)
        .put("crossOrigin", crossOrigin)
        .toString()
        .getBytes(UTF_8);
  }

  private byte[] authData(String usualRpId, boolean attested) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(sha256((rpId == null ? usualRpId : rpId).getBytes(UTF_8)));
    data.write(
        (present ? USER_PRESENT : 0) | (verified ? USER_VERIFIED : 0) | (attested ? ATTESTED : 0));
    for (int shift = 24; shift >= 0; shift -= 8) {
      data.write(signCount >>> shift);
    }
    if (attested) {
      data.writeBytes(new byte[16]);
      data.write(0);
      data.write(id.length);
      data.writeBytes(id);
      cosePublicKey(data);
    }
    return onAuthData.apply(data.toByteArray());
  }

  /** RFC 9053: {1: kty, 3: alg, …}, labels below zero being 0x20 for -1 and so on. */
  private void cosePublicKey(ByteArrayOutputStream data) {
    if (keys.getPublic() instanceof RSAPublicKey key) {
      data.writeBytes(new byte[] {(byte) 0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20});
      bytes(data, unsigned(key.getModulus(), 256));
      data.write(0x21);
      bytes(data, unsigned(key.getPublicExponent(), 3));
    } else if (keys.getPublic() instanceof ECPublicKey key) {
      data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
      bytes(data, unsigned(key.getW().getAffineX(), 32));
      data.write(0x22);
      bytes(data, unsigned(key.getW().getAffineY(), 32));
    }
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[length];
    int kept = Math.min(length, bytes.length);
    System.arraycopy(bytes, bytes.length - kept, padded, length - kept, kept);
    return padded;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(0x60 | bytes.length);
    out.writeBytes(bytes);
  }

  private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
    out.write(0x59);
    out.write(bytes.length >>> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private byte[] signature(byte[] authData, byte[] clientDataHash) {
    try {
      Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(authData);
      signature.update(clientDataHash);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "SoftAuthenticator[" + Arrays.hashCode(id) + "]";
  }
}
