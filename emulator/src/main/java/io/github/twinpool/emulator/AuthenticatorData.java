package io.github.twinpool.emulator;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an authenticator says of itself and of who uses it (WebAuthn, section 6.1). Immutable. */
final class AuthenticatorData {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int EXTENDED = 0x80;
  private static final int HASH = 32;
  private static final int AAGUID = 16;
  private static final int SHORTEST = HASH + 1 + Integer.BYTES;

  /** WebAuthn's own limit. */
  private static final int LONGEST_ID = 1_023;

  private final byte[] rpIdHash;
  private final int flags;
  private final long signCount;
  private final @Nullable Attested attested;

  /** A new credential. */
  record Attested(String credentialId, CosePublicKey key) {}

  /**
   * Reads the bytes, all of them.
   *
   * @throws WireError an InvalidParameterException, a WebAuthnCredentialNotSupportedException
   */
  AuthenticatorData(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw malformed();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    rpIdHash = new byte[HASH];
    in.get(rpIdHash);
    flags = Byte.toUnsignedInt(in.get());
    signCount = Integer.toUnsignedLong(in.getInt());
    attested = (flags & ATTESTED) != 0 ? attested(in) : null;
    if ((flags & EXTENDED) != 0) {
      new Cbor(in).map();
    }
    if (in.hasRemaining()) {
      throw malformed();
    }
  }

  private static Attested attested(ByteBuffer in) {
    if (in.remaining() < AAGUID + Short.BYTES) {
      throw malformed();
    }
    in.position(in.position() + AAGUID);
    int length = Short.toUnsignedInt(in.getShort());
    if (length == 0 || length > LONGEST_ID || length > in.remaining()) {
      throw malformed();
    }
    byte[] id = new byte[length];
    in.get(id);
    return new Attested(CredentialJson.encode(id), CosePublicKey.of(new Cbor(in).map()));
  }

  private static WireError malformed() {
    return CredentialJson.malformed("authenticatorData");
  }

  /** Whether it was made for a relying party. */
  boolean isFor(String rpId) {
    return MessageDigest.isEqual(rpIdHash, CredentialJson.sha256(CredentialJson.utf8(rpId)));
  }

  /** Whether somebody was there, and if that is wanted has shown to be the authenticator's own. */
  boolean satisfies(RelyingParty party) {
    boolean present = (flags & PRESENT) != 0;
    boolean verified = (flags & VERIFIED) != 0;
    return present && (verified || !party.wantsVerification());
  }

  long signCount() {
    return signCount;
  }

  Optional<Attested> newCredential() {
    return Optional.ofNullable(attested);
  }
}
