package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that a {@link TokenValidator} has found good. Immutable. It holds the claims but not the
 * token, and {@link #toString()} shows neither. Two are equal when issuer, kind and claims are.
 *
 * <p>Claim names and meanings: Cognito developer guide, "Understanding user pool JSON web tokens".
 */
public abstract sealed class VerifiedToken permits AccessToken, IdToken {
  final Claims claims;
  private final TrustedIssuer issuer;
  private final String subject;
  private final Instant expiresAt;
  private final Optional<Instant> issuedAt;
  private final Optional<Instant> authenticatedAt;
  private final Optional<String> tokenId;
  private final Optional<String> originTokenId;
  private final List<String> groups;

  VerifiedToken(TrustedIssuer issuer, Claims claims) {
    this.issuer = issuer;
    this.claims = claims;
    subject = claims.requiredText("sub");
    expiresAt = claims.requiredTime("exp");
    issuedAt = claims.time("iat");
    authenticatedAt = claims.time("auth_time");
    tokenId = claims.text("jti");
    originTokenId = claims.text("origin_jti");
    groups = claims.texts("cognito:groups");
  }

  /** The pool that issued it. */
  public UserPool userPool() {
    return issuer.pool();
  }

  /** {@code iss}. */
  public String issuer() {
    return issuer.uri();
  }

  /** Which of the pool's two issuers {@link #issuer()} is. */
  public IssuerType issuerType() {
    return issuer.type();
  }

  /** {@code sub}: the user, or the app client of a machine token. Not always a UUID. */
  public String subject() {
    return subject;
  }

  /** {@code exp}. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** {@code iat}. */
  public Optional<Instant> issuedAt() {
    return issuedAt;
  }

  /** {@code auth_time}: when the user signed in; a refresh does not change it. */
  public Optional<Instant> authenticatedAt() {
    return authenticatedAt;
  }

  /** {@code jti}: this token. */
  public Optional<String> jti() {
    return tokenId;
  }

  /** {@code origin_jti}: shared by all tokens of one sign-in; revocation goes by it. */
  public Optional<String> originJti() {
    return originTokenId;
  }

  /**
   * {@code cognito:groups}: names that mean something in {@link #userPool()} only; unmodifiable.
   */
  public List<String> groups() {
    return groups;
  }

  /** The app client that the token was issued to. */
  public abstract String clientId();

  /** The user's name, which machine tokens have not. */
  public abstract Optional<String> username();

  /**
   * All claims as they came: {@code String}, {@code Long} ({@code BigInteger} beyond), {@code
   * Double}, {@code Boolean}, {@code List}, {@code Map}, or null. Unmodifiable at every level.
   */
  public Map<String, @Nullable Object> claims() {
    return claims.all();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof VerifiedToken that
        && getClass() == that.getClass()
        && issuer.uri().equals(that.issuer.uri())
        && claims().equals(that.claims());
  }

  @Override
  public final int hashCode() {
    return claims().hashCode();
  }

  /** Kind, pool and expiry; no claim that says who. */
  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "[userPool="
        + userPool().id()
        + ", issuerType="
        + issuerType()
        + ", expiresAt="
        + expiresAt
        + "]";
  }
}
