package io.github.twinpool.emulator;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;

/** Mints the access and ID tokens of one pool, with the claims that Cognito documents. */
final class TokenMint {
  /** Cognito writes these two as JSON booleans into ID tokens, all other attributes as text. */
  private static final Set<String> BOOLEAN_ATTRIBUTES =
      Set.of("email_verified", "phone_number_verified");

  private static final String PREFERRED_ROLE = "cognito:preferred_role";

  private final SigningKey access;
  private final SigningKey id;
  private final FreshNames names;

  TokenMint(PoolKeys keys, FreshNames names) {
    this.access = keys.access();
    this.id = keys.id();
    this.names = names;
  }

  /**
   * What both tokens of one answer have in common.
   *
   * @param issuer the issuer that is configured now; it names the primary in both Regions
   * @param origin the sign-in that they go back to
   */
  record Occasion(
      String issuer,
      AppClient client,
      UserRecord user,
      Groups.Membership groups,
      RefreshToken origin,
      String eventId,
      Instant now) {

    static Occasion of(
        Call call, Pool pool, AppClient client, UserRecord user, RefreshToken origin) {
      String eventId = pool.mint().freshId();
      if (!client.revocationEnabled()) {
        pool.revocations().nameless(eventId, origin.originJti());
      }
      return new Occasion(
          pool.issuer(call.role()),
          client,
          user,
          pool.groups().of(call.role(), user),
          origin,
          eventId,
          call.now());
    }

    /** Whether the sign-in was at the domain. */
    boolean atDomain() {
      return origin.scope() != null;
    }
  }

  String accessToken(Occasion occasion) {
    String scope = occasion.origin().scope();
    JWTClaimsSet.Builder claims = common(occasion, occasion.client().lifetimes().access());
    if (occasion.origin().device() != null) {
      claims.claim("device_key", occasion.origin().device());
    }
    if (occasion.atDomain()) {
      claims.claim("version", 2);
    }
    return access.sign(
        claims
            .claim("token_use", "access")
            .claim("client_id", occasion.client().id())
            .claim("username", occasion.user().username())
            .claim("scope", scope == null ? Scopes.API : scope)
            .build());
  }

  /** The access token of an app client that stands for itself: it has no user and no sign-in. */
  String machineToken(String issuer, AppClient client, Scopes scopes, Instant now) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    if (client.revocationEnabled()) {
      claims.jwtID(freshId());
    }
    return access.sign(
        claims
            .subject(client.id())
            .issuer(issuer)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(client.lifetimes().access())))
            .claim("auth_time", now.getEpochSecond())
            .claim("token_use", "access")
            .claim("client_id", client.id())
            .claim("scope", scopes.toString())
            .claim("version", 2)
            .build());
  }

  /**
   * An ID token. After a grant of the domain it shows what the scopes allow.
   *
   * @param more claims of this occasion
   */
  String idToken(Occasion occasion, Map<String, String> more) {
    String scope = occasion.origin().scope();
    Scopes scopes = Scopes.of(scope == null ? "" : scope);
    JWTClaimsSet.Builder claims =
        common(occasion, occasion.client().lifetimes().id())
            .claim("token_use", "id")
            .audience(occasion.client().id())
            .claim("cognito:username", occasion.user().username());
    if (!occasion.groups().roles().isEmpty()) {
      claims.claim("cognito:roles", occasion.groups().roles());
    }
    occasion.groups().preferredRole().ifPresent(role -> claims.claim(PREFERRED_ROLE, role));
    more.forEach(claims::claim);
    occasion
        .user()
        .attributes()
        .forEach(
            (name, value) -> {
              if (scopes.show(name) && occasion.client().attributes().mayRead(name)) {
                claims.claim(name, claim(name, value));
              }
            });
    return id.sign(claims.build());
  }

  private static Object claim(String name, String value) {
    if (name.equals(FederatedUsers.IDENTITIES)) {
      return FederatedUsers.claim(value);
    }
    if (name.equals("address")) {
      // OpenID Connect has an object here, of which Cognito knows one part.
      return Map.of("formatted", value);
    }
    return BOOLEAN_ATTRIBUTES.contains(name) ? (Object) value.equals("true") : value;
  }

  /** A fresh value for {@code jti}, {@code origin_jti} or {@code event_id}. */
  String freshId() {
    return names.uuid();
  }

  private JWTClaimsSet.Builder common(Occasion occasion, Duration lifetime) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    if (!occasion.groups().names().isEmpty()) {
      claims.claim("cognito:groups", occasion.groups().names());
    }
    // Both serve revocation. (Source: developer guide, "Revoking refresh tokens".)
    if (occasion.client().revocationEnabled()) {
      claims.jwtID(freshId()).claim("origin_jti", occasion.origin().originJti());
    }
    return claims
        .subject(occasion.user().sub())
        .issuer(occasion.issuer())
        .issueTime(Date.from(occasion.now()))
        .expirationTime(Date.from(occasion.now().plus(lifetime)))
        .claim("auth_time", occasion.origin().authTime().getEpochSecond())
        .claim("event_id", occasion.eventId());
  }
}
