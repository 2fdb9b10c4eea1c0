package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that a {@link TokenValidator} has found good. Immutable. It holds the claims but not the
 * token, and {@link #toString()} shows neither. Two are equal when issuer, kind and claims are.
 *
 * <p>Serializable, for sessions of your own. What is written is where the token is from and its
 * claims, as JSON; neither the token nor its signature. What is read back was <strong>not checked
 * again</strong>: no signature, no expiry, no revocation. It deserves the trust that the place
 * deserves where it was kept, and no more. Between applications, pass the token itself on and
 * validate it again.
 *
 * <p>Claim names and meanings: Cognito developer guide, "Understanding user pool JSON web tokens".
 */
public abstract sealed class VerifiedToken implements Serializable permits AccessToken, IdToken {
  private static final long serialVersionUID = 1L;

  private final transient Claims claims;
  private final transient Origin origin;
  private final transient String subject;
  private final transient Instant expiresAt;
  private final transient Optional<Instant> issuedAt;
  private final transient Optional<Instant> authenticatedAt;
  private final transient Optional<String> tokenId;
  private final transient Optional<String> originTokenId;
  private final transient List<String> groups;

  VerifiedToken(Origin origin, Claims claims) {
    this.origin = origin;
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
    return origin.pool();
  }

  /** {@code iss}. */
  public String issuer() {
    return origin.issuer();
  }

  /** Which of the pool's two issuers {@link #issuer()} is. */
  public IssuerType issuerType() {
    return origin.type();
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
   * Double}, {@code Boolean}, {@code List}, {@code Map}, or null. Unmodifiable and serializable at
   * every level.
   */
  public Map<String, @Nullable Object> claims() {
    return claims.all();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof VerifiedToken that
        && getClass() == that.getClass()
        && issuer().equals(that.issuer())
        && claims().equals(that.claims());
  }

  @Override
  public final int hashCode() {
    return claims().hashCode();
  }

  final Object writeReplace() {
    return new SerializedToken(
        this instanceof AccessToken, userPool(), issuer(), issuerType(), StrictJson.text(claims()));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("only its serialized form");
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
