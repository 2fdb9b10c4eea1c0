package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** The tokens rest on the facts page, "Tokens, issuers, keys". */
class TokenClaimsTest {
  private final TestClock clock = new TestClock();
  private final RawClient raw = new RawClient();
  private EmulatorClients clients;
  private UserPool pool;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.builder().clock(clock).start());
    clients.emulator.createUser("ada", EmulatorClients.PASSWORD);
    pool = clients.emulator.userPool();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @EnumSource
  void an_access_token_carries_exactly_the_documented_claims(RegionRole role) throws Exception {
    JWTClaimsSet claims = claims(signIn(role).accessToken());

    assertThat(claims.getClaims())
        .containsOnlyKeys(
            "sub",
            "iss",
            "client_id",
            "token_use",
            "scope",
            "exp",
            "iat",
            "auth_time",
            "jti",
            "origin_jti",
            "event_id",
            "username");
    assertThat(claims.getIssuer())
        .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/" + pool.id());
    assertThat(claims.getClaim("token_use")).isEqualTo("access");
    assertThat(claims.getClaim("client_id")).isEqualTo(clients.emulator.clientId());
    assertThat(claims.getClaim("username")).isEqualTo("ada");
    assertThat(claims.getIssueTime()).isEqualTo(clock.instant());
    assertThat(claims.getExpirationTime()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    assertThat(claims.getClaim("auth_time")).isEqualTo(clock.instant().getEpochSecond());
    assertThat(claims.getSubject())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @EnumSource
  void an_id_token_carries_exactly_the_documented_claims_and_the_attributes(RegionRole role)
      throws Exception {
    JWTClaimsSet claims = claims(signIn(role).idToken());

    assertThat(claims.getClaims())
        .containsOnlyKeys(
            "sub",
            "iss",
            "aud",
            "token_use",
            "exp",
            "iat",
            "auth_time",
            "jti",
            "origin_jti",
            "event_id",
            "cognito:username",
            "email",
            "email_verified");
    assertThat(claims.getAudience()).containsExactly(clients.emulator.clientId());
    assertThat(claims.getClaim("token_use")).isEqualTo("id");
    assertThat(claims.getClaim("email_verified")).isEqualTo(true);
  }

  @ParameterizedTest
  @EnumSource
  void both_tokens_verify_against_the_keys_of_either_region(RegionRole mintedBy) throws Exception {
    AuthenticationResultType tokens = signIn(mintedBy);

    for (RegionRole source : RegionRole.values()) {
      JWKSet keys = keys(pool.jwksUri(source));
      assertThat(verifies(tokens.accessToken(), keys)).isTrue();
      assertThat(verifies(tokens.idToken(), keys)).isTrue();
    }
    assertThat(SignedJWT.parse(tokens.accessToken()).getHeader().getKeyID())
        .isNotEqualTo(SignedJWT.parse(tokens.idToken()).getHeader().getKeyID());
  }

  @Test
  void the_keys_are_two_public_rsa_2048_keys_for_rs256() throws Exception {
    JWKSet keys = keys(pool.jwksUri(RegionRole.PRIMARY));

    assertThat(keys.getKeys()).hasSize(2);
    assertThat(keys.getKeys())
        .allSatisfy(
            key -> {
              assertThat(key.isPrivate()).isFalse();
              assertThat(key.size()).isEqualTo(2048);
              assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
            });
    assertThat(raw.get(pool.jwksUri(RegionRole.PRIMARY)).header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void a_refreshed_token_keeps_origin_and_time_of_the_sign_in() throws Exception {
    AuthenticationResultType tokens = signIn(RegionRole.PRIMARY);
    JWTClaimsSet first = claims(tokens.accessToken());
    clock.advance(Duration.ofMinutes(10));

    JWTClaimsSet second =
        claims(clients.refresh(RegionRole.SECONDARY, tokens.refreshToken()).accessToken());

    assertThat(second.getClaim("origin_jti")).isEqualTo(first.getClaim("origin_jti"));
    assertThat(second.getClaim("auth_time")).isEqualTo(first.getClaim("auth_time"));
    assertThat(second.getJWTID()).isNotEqualTo(first.getJWTID());
    assertThat(second.getIssueTime()).isEqualTo(clock.instant());
  }

  @Test
  void a_switch_to_the_updated_issuer_shows_in_new_tokens_and_opens_its_host() throws Exception {
    assertThat(raw.get(pool.jwksUri(IssuerType.UPDATED)).status()).isEqualTo(403);
    AuthenticationResultType tokens = signIn(RegionRole.PRIMARY);

    clients.primary.updateUserPool(
        r -> r.userPoolId(pool.id()).issuerConfiguration(i -> i.type("UPDATED")));

    for (RegionRole role : RegionRole.values()) {
      assertThat(claims(clients.refresh(role, tokens.refreshToken()).accessToken()).getIssuer())
          .isEqualTo("https://issuer-cognito-idp.us-east-1.amazonaws.com/" + pool.id());
    }
    assertThat(verifies(tokens.accessToken(), keys(pool.jwksUri(IssuerType.UPDATED)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void discovery_names_the_primary_regions_issuer_in_both_regions(RegionRole role) {
    RawClient.Answer answer =
        raw.get(pool.endpoint(role).resolve("/" + pool.id() + "/.well-known/openid-configuration"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("issuer").asText()).isEqualTo(pool.issuer(IssuerType.ORIGINAL));
    assertThat(answer.json().path("jwks_uri").asText())
        .isEqualTo(pool.issuer(IssuerType.ORIGINAL) + "/.well-known/jwks.json");
  }

  @Test
  void two_emulators_have_different_keys() throws Exception {
    try (CognitoEmulator other = TestEmulators.builder().poolId(pool.id()).start()) {
      assertThat(keys(other.userPool().jwksUri(RegionRole.PRIMARY)).getKeys())
          .doesNotContainAnyElementsOf(keys(pool.jwksUri(RegionRole.PRIMARY)).getKeys());
    }
  }

  private AuthenticationResultType signIn(RegionRole role) {
    return clients.signIn(role, "ada", EmulatorClients.PASSWORD);
  }

  private JWKSet keys(URI uri) throws Exception {
    return JWKSet.parse(raw.get(uri).json().toString());
  }

  private static boolean verifies(String token, JWKSet keys) throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    RSAKey key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
    return jwt.verify(new RSASSAVerifier(key));
  }

  private static JWTClaimsSet claims(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }
}
