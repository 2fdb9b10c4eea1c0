package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PublicKeyCredential as its {@code toJSON} writes it: a RegistrationResponseJSON or an
 * AuthenticationResponseJSON of WebAuthn, level 3.
 *
 * <p>This and its neighbours check credentials with the JDK's signatures and without a library:
 * webauthn4j would bring Jackson 3, which Spring Boot manages in a version of its own, to a module
 * that reads its JSON with Jackson 2.
 */
final class CredentialJson {
  private static final int LONGEST_BYTES = 8 * 1024;
  private static final int MOST_TRANSPORTS = 10;

  private final JsonNode json;
  private final String id;

  /**
   * Reads what all credentials have.
   *
   * @throws WireError an InvalidParameterException
   */
  CredentialJson(JsonNode json) {
    this.json = json;
    byte[] rawId = bytes(json.path("rawId"), "rawId");
    id = encode(rawId);
    if (!id.equals(json.path("id").textValue())) {
      throw malformed("id");
    }
    if (!"public-key".equals(json.path("type").textValue())) {
      throw malformed("type");
    }
  }

  /**
   * Reads a credential from the text of a challenge's answer.
   *
   * @throws WireError an InvalidParameterException
   */
  static CredentialJson parse(String text) {
    return new CredentialJson(object(utf8(text), "it"));
  }

  /** The credential's ID, in base64url without padding. */
  String id() {
    return id;
  }

  /**
   * A part of the authenticator's response.
   *
   * @throws WireError an InvalidParameterException if it is missing, no base64url or too long
   */
  byte[] response(String member) {
    return bytes(json.path("response").path(member), member);
  }

  /** Whose credential the authenticator says it is, if it does. */
  Optional<String> userHandle() {
    return json.path("response").hasNonNull("userHandle")
        ? Optional.of(encode(response("userHandle")))
        : Optional.empty();
  }

  /**
   * What the browser says.
   *
   * @throws WireError an InvalidParameterException
   */
  JsonNode clientData() {
    return object(response("clientDataJSON"), "clientDataJSON");
  }

  /**
   * The new credential of a registration. Other formats of attestation than the one that the
   * options ask for are refused.
   *
   * @throws WireError an InvalidParameterException, a WebAuthnCredentialNotSupportedException
   */
  AuthenticatorData attested() {
    ByteBuffer in = ByteBuffer.wrap(response("attestationObject"));
    Map<Object, Object> attestation = new Cbor(in).map();
    if (in.hasRemaining() || !(attestation.get("authData") instanceof byte[] data)) {
      throw malformed("attestationObject");
    }
    if (!"none".equals(attestation.get("fmt"))) {
      throw CosePublicKey.unsupported();
    }
    AuthenticatorData read = new AuthenticatorData(data);
    if (read.newCredential().filter(made -> made.credentialId().equals(id)).isEmpty()) {
      throw malformed("attestationObject");
    }
    return read;
  }

  String attachment() {
    String attachment = json.path("authenticatorAttachment").asText("");
    return List.of("platform", "cross-platform").contains(attachment) ? attachment : "";
  }

  List<String> transports() {
    return json.path("response")
        .path("transports")
        .valueStream()
        .map(JsonNode::asText)
        .filter(transport -> transport.matches("[a-z-]{1,32}"))
        .distinct()
        .limit(MOST_TRANSPORTS)
        .toList();
  }

  private static byte[] bytes(JsonNode node, String name) {
    String text = node.textValue();
    if (text == null || text.isEmpty() || text.length() > LONGEST_BYTES * 4 / 3) {
      throw malformed(name);
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(name);
    }
  }

  private static JsonNode object(byte[] json, String name) {
    try {
      return WireJson.read(json);
    } catch (WireError e) {
      throw malformed(name);
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The wording is ours. */
  static WireError malformed(String part) {
    return WireError.invalidParameter("Invalid credential given: " + part + " is malformed.");
  }
}
