package io.github.twinpool.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a well-signed token must say. Nothing here depends on the signature, so all of
 * it can be asked again of a token whose signature was checked before.
 *
 * @param clock the wall clock
 * @param skew how far the wall clock and Cognito's may be apart
 * @param clientIds the accepted app clients, null for any
 * @param scopes access tokens must have all of these
 * @param groups tokens must have one of these, if there are any
 * @param audience access tokens must be bound to this resource, if it is given
 * @param revocations what is refused before it expires, if there is such a list
 * @param checks the application's own
 */
record ClaimRules(
    InstantSource clock,
    Duration skew,
    @Nullable Set<String> clientIds,
    Set<String> scopes,
    Set<String> groups,
    @Nullable String audience,
    @Nullable RevocationList revocations,
    List<TokenCheck> checks) {
  /**
   * {@code iat} says when, not from when, and zero skew is the default: a server whose clock is a
   * little slow must not refuse fresh tokens.
   */
  static final Duration ISSUED_AT_TOLERANCE = Duration.ofMinutes(1);

  AccessToken accessToken(SignedToken signed) {
    use("access", signed.claims());
    times(signed.claims());
    AccessToken token = signed.asAccessToken();
    client(token);
    require(token.scopes().containsAll(scopes), RejectionCode.SCOPE_MISSING);
    require(audience == null || token.audience().contains(audience), RejectionCode.WRONG_AUDIENCE);
    rest(token);
    return token;
  }

  /** An ID token that somebody shows in place of an access token: it must be good for as much. */
  IdToken idToken(SignedToken signed) {
    IdToken token = idTokenForClient(signed);
    require(scopes.isEmpty(), RejectionCode.SCOPE_MISSING);
    require(audience == null, RejectionCode.WRONG_AUDIENCE);
    rest(token);
    return token;
  }

  /** An ID token that answers a request. Without a nonce no request is known that it answers. */
  IdToken idToken(SignedToken signed, @Nullable String nonce) {
    IdToken token = idTokenForClient(signed);
    boolean answers = nonce != null && !nonce.isEmpty() && nonce.equals(token.nonce().orElse(null));
    require(answers, RejectionCode.WRONG_NONCE);
    rest(token);
    return token;
  }

  private IdToken idTokenForClient(SignedToken signed) {
    use("id", signed.claims());
    times(signed.claims());
    IdToken token = signed.asIdToken();
    client(token);
    return token;
  }

  private static void use(String use, Claims claims) {
    require(claims.requiredText("token_use").equals(use), RejectionCode.WRONG_TOKEN_USE);
  }

  private void times(Claims claims) {
    Instant now = clock.instant();
    Instant expiry = claims.requiredTime("exp");
    require(now.minus(skew).isBefore(expiry), RejectionCode.EXPIRED);
    Instant notBefore = claims.time("nbf").orElse(Instant.EPOCH);
    require(!notBefore.isAfter(now.plus(skew)), RejectionCode.NOT_YET_VALID);
    Instant issued = claims.time("iat").orElse(Instant.EPOCH);
    Instant latest = now.plus(skew).plus(ISSUED_AT_TOLERANCE);
    require(!issued.isAfter(latest), RejectionCode.ISSUED_IN_FUTURE);
  }

  private void client(VerifiedToken token) {
    require(clientIds == null || clientIds.contains(token.clientId()), RejectionCode.WRONG_CLIENT);
  }

  private void rest(VerifiedToken token) {
    boolean inGroup = groups.isEmpty() || !Collections.disjoint(groups, token.groups());
    require(inGroup, RejectionCode.GROUP_MISSING);
    require(revocations == null || !revocations.isRevoked(token), RejectionCode.REVOKED);
    for (TokenCheck check : checks) {
      require(check.accepts(token), RejectionCode.CHECK_FAILED);
    }
  }

  private static void require(boolean good, RejectionCode otherwise) {
    if (!good) {
      throw new InvalidTokenException(otherwise);
    }
  }
}
