package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A passkey that a user has registered. Immutable.
 *
 * @param id in base64url
 * @param signCount the signature counter at registration
 */
record WebAuthnCredential(
    String id,
    String username,
    String rpId,
    CosePublicKey key,
    long signCount,
    String attachment,
    List<String> transports,
    Instant created) {

  WebAuthnCredential {
    transports = List.copyOf(transports);
  }

  /** Cognito names credentials after their provider; that it is always the same here is ours. */
  ObjectNode describe() {
    ObjectNode description =
        WireJson.object()
            .put("CredentialId", id)
            .put("FriendlyCredentialName", "Passkey")
            .put("RelyingPartyId", rpId)
            .put("CreatedAt", WireJson.seconds(created));
    if (!attachment.isEmpty()) {
      description.put("AuthenticatorAttachment", attachment);
    }
    transports.forEach(description.putArray("AuthenticatorTransports")::add);
    return description;
  }

  /** A PublicKeyCredentialDescriptorJSON. */
  ObjectNode descriptor() {
    ObjectNode descriptor = WireJson.object().put("type", "public-key").put("id", id);
    transports.forEach(descriptor.putArray("transports")::add);
    return descriptor;
  }
}
