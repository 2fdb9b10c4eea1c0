package io.github.twinpool.signin;

import java.time.Instant;

/** A machine's access token. Immutable; {@code toString} does not show it. */
public final class MachineToken {
  private final String accessToken;
  private final Instant issuedAt;
  private final Instant expiresAt;

  MachineToken(String accessToken, Instant issuedAt, Instant expiresAt) {
    this.accessToken = accessToken;
    this.issuedAt = issuedAt;
    this.expiresAt = expiresAt;
  }

  /** The access token. */
  public String accessToken() {
    return accessToken;
  }

  /** The value of the header {@code Authorization} (RFC 6750, section 2.1). */
  public String authorization() {
    return "Bearer " + accessToken;
  }

  /** When it was asked for, by this machine's clock. */
  Instant issuedAt() {
    return issuedAt;
  }

  /** When it expires, by this machine's clock. */
  public Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public String toString() {
    return "MachineToken[expires " + expiresAt + "]";
  }
}
