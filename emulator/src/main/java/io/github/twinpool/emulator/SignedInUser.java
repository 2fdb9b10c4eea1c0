package io.github.twinpool.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.RegionRole;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom an access token stands for.
 *
 * @param client the ID of the app client that the token was issued to
 * @param clientAttributes what this client may read and write
 * @param originJti the sign-in that the token goes back to
 * @param scopes what the token allows
 * @param device the key of its device, or the empty string
 */
record SignedInUser(
    Pool pool,
    UserRecord user,
    String client,
    ClientAttributes clientAttributes,
    String originJti,
    String device,
    Scopes scopes) {

  /** The pool whose access key a token names, without a look at its signature. */
  static Optional<Pool> poolOf(EmulatedCognito cognito, String accessToken) {
    try {
      String kid = SignedJWT.parse(accessToken).getHeader().getKeyID();
      return cognito.pools().stream()
          .filter(pool -> pool.keys().access().id().equals(kid))
          .findFirst();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The user of the request's AccessToken, after its signature, expiry and revocation were checked.
   * The API wants the scope {@code aws.cognito.signin.user.admin}, too.
   *
   * @throws WireError a NotAuthorizedException, a UserNotFoundException
   */
  static SignedInUser of(Call call) {
    return of(call, Scopes.API);
  }

  /** The same, for tokens that allow another scope. */
  static SignedInUser of(Call call, String scope) {
    String token = call.request().required("AccessToken");
    Pool pool =
        poolOf(call.cognito(), token)
            .filter(named -> named.isIn(call.role(), call.now()))
            .orElseThrow(SignedInUser::invalid);
    JWTClaimsSet claims = verified(pool, token);
    if (!call.now().isBefore(time(claims))) {
      throw WireError.notAuthorized("Access Token has expired");
    }
    Scopes scopes = Scopes.of(text(claims, "scope"));
    if (!scopes.contains(scope)) {
      throw WireError.notAuthorized("Access Token does not have required scopes");
    }
    UserRecord user = user(pool, call.role(), text(claims, "username"), claims.getSubject());
    String named = text(claims, "origin_jti");
    String originJti =
        named.isEmpty() ? pool.revocations().signInOf(text(claims, "event_id")) : named;
    if (pool.revocations().isRevoked(call.role(), originJti)) {
      throw WireError.notAuthorized("Access Token has been revoked");
    }
    if (!user.enabled()) {
      throw WireError.notAuthorized("User is disabled.");
    }
    String client = text(claims, "client_id");
    return new SignedInUser(
        pool,
        user,
        client,
        call.cognito()
            .client(call.role(), client)
            .map(AppClient::attributes)
            .orElse(ClientAttributes.DEFAULT),
        originJti,
        text(claims, "device_key"),
        scopes);
  }

  private static UserRecord user(
      Pool pool, RegionRole role, String username, @Nullable String sub) {
    return pool.user(role, username)
        .filter(found -> found.sub().equals(sub))
        .orElseThrow(WireError::noSuchUser);
  }

  private static JWTClaimsSet verified(Pool pool, String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (jwt.verify(new RSASSAVerifier(pool.keys().access().published().toRSAPublicKey()))
          && "access".equals(jwt.getJWTClaimsSet().getClaim("token_use"))) {
        return jwt.getJWTClaimsSet();
      }
    } catch (ParseException | JOSEException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static Instant time(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getExpirationTime())
        .orElseThrow(SignedInUser::invalid)
        .toInstant();
  }

  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : "";
  }

  private static WireError invalid() {
    return WireError.notAuthorized("Invalid Access Token");
  }
}
