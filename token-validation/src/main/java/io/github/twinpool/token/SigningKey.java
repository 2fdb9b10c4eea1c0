package io.github.twinpool.token;

import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key of a pool. Immutable. A key is its ID and its numbers: the same ID with other numbers
 * is another key.
 */
final class SigningKey {
  private final String id;
  private final RSAPublicKey key;
  private final int hash;

  SigningKey(String id, RSAPublicKey key) {
    this.id = id;
    this.key = key;
    hash = 31 * id.hashCode() + key.getModulus().hashCode();
  }

  /** The {@code kid}. */
  String id() {
    return id;
  }

  RSAPublicKey publicKey() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SigningKey that
            && id.equals(that.id)
            && key.getModulus().equals(that.key.getModulus())
            && key.getPublicExponent().equals(that.key.getPublicExponent()));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "SigningKey";
  }
}
