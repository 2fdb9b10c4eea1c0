package io.github.twinpool.signin;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one person. Immutable; {@code toString} shows none of them.
 *
 * @see SignIn#session(TokenSet) who keeps them fresh
 */
public final class TokenSet {
  private final String accessToken;
  private final String idToken;
  private final @Nullable String refreshToken;
  private final Instant expiresAt;
  private final @Nullable String deviceKey;

  TokenSet(
      String accessToken,
      String idToken,
      @Nullable String refreshToken,
      Instant expiresAt,
      @Nullable String deviceKey) {
    this.accessToken = Objects.requireNonNull(accessToken, "accessToken");
    this.idToken = Objects.requireNonNull(idToken, "idToken");
    this.refreshToken = refreshToken;
    this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
    this.deviceKey = deviceKey;
  }

  /**
   * Tokens that the application kept elsewhere.
   *
   * @param expiresAt when the access token expires
   * @param refreshToken or null
   * @param deviceKey the key of the device that the refresh token is bound to, or null
   */
  public static TokenSet of(
      String accessToken,
      String idToken,
      @Nullable String refreshToken,
      Instant expiresAt,
      @Nullable String deviceKey) {
    return new TokenSet(accessToken, idToken, refreshToken, expiresAt, deviceKey);
  }

  /** The access token. */
  public String accessToken() {
    return accessToken;
  }

  /** The ID token. */
  public String idToken() {
    return idToken;
  }

  /** The refresh token, if there is one. */
  public Optional<String> refreshToken() {
    return Optional.ofNullable(refreshToken);
  }

  /** When the access token expires, by this machine's clock. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** The device that the refresh token is bound to: Cognito wants its key with each refresh. */
  public Optional<String> deviceKey() {
    return Optional.ofNullable(deviceKey);
  }

  @Override
  public String toString() {
    return "TokenSet[expires " + expiresAt + "]";
  }
}
