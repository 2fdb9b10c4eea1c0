package io.github.twinpool.emulator;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mints the access and ID tokens of one pool, with the claims that Cognito documents. */
final class TokenMint {
  /** Cognito writes these two as JSON booleans into ID tokens, all other attributes as text. */
  private static final Set<String> BOOLEAN_ATTRIBUTES =
      Set.of("email_verified", "phone_number_verified");

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
      List<String> groups,
      RefreshToken origin,
      String eventId,
      Instant now) {}

  String accessToken(Occasion occasion) {
    String scope = occasion.origin().scope();
    JWTClaimsSet.Builder claims = common(occasion, occasion.client().lifetimes().access());
    if (occasion.origin().device() != null) {
      claims.claim("device_key", occasion.origin().device());
    }
    return access.sign(
        claims
            .claim("token_use", "access")
            .claim("client_id", occasion.client().id())
            .claim("username", occasion.user().username())
            .claim("scope", scope == null ? Scopes.API : scope)
            .claim("version", 2)
            .build());
  }

  /** The access token of an app client that stands for itself: it has no user and no sign-in. */
  String machineToken(String issuer, AppClient client, Scopes scopes, Instant now) {
    return access.sign(
        new JWTClaimsSet.Builder()
            .subject(client.id())
            .issuer(issuer)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(client.lifetimes().access())))
            .claim("auth_time", now.getEpochSecond())
            .jwtID(freshId())
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
    more.forEach(claims::claim);
    occasion
        .user()
        .attributes()
        .forEach(
            (name, value) -> {
              if (scopes.show(name)) {
                claims.claim(name, claim(name, value));
              }
            });
    return id.sign(claims.build());
  }

  private static Object claim(String name, String value) {
    if (name.equals(FederatedUsers.IDENTITIES)) {
      return FederatedUsers.claim(value);
    }
    return BOOLEAN_ATTRIBUTES.contains(name) ? (Object) value.equals("true") : value;
  }

  /** A fresh value for {@code jti}, {@code origin_jti} or {@code event_id}. */
  String freshId() {
    return names.uuid();
  }

  private JWTClaimsSet.Builder common(Occasion occasion, Duration lifetime) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    if (!occasion.groups().isEmpty()) {
      claims.claim("cognito:groups", occasion.groups());
    }
    return claims
        .subject(occasion.user().sub())
        .issuer(occasion.issuer())
        .issueTime(Date.from(occasion.now()))
        .expirationTime(Date.from(occasion.now().plus(lifetime)))
        .claim("auth_time", occasion.origin().authTime().getEpochSecond())
        .jwtID(freshId())
        .claim("origin_jti", occasion.origin().originJti())
        .claim("event_id", occasion.eventId());
  }
}
