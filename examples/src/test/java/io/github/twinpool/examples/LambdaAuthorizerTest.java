package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.KeysUnavailableException;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cold start while no source of keys answers. */
class LambdaAuthorizerTest {
  private static RSAKey key;
  private static UserPool unreachable;

  @TempDir Path layer;

  @BeforeAll
  static void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k").generate();
    URI refusing;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refusing = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    unreachable =
        UserPool.builder("us-east-1_EXAMPLE")
            .updatedIssuerEndpoint(refusing)
            .endpoint(RegionRole.PRIMARY, refusing)
            .build();
  }

  private static Map<String, Object> request(String authorization) {
    return Map.of("headers", Map.of("authorization", authorization));
  }

  private static String token(Instant expiry) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
            new JWTClaimsSet.Builder()
                .issuer(unreachable.issuer(IssuerType.UPDATED))
                .subject("34c84488")
                .claim("client_id", "app")
                .claim("token_use", "access")
                .claim("username", "ada")
                .expirationTime(Date.from(expiry))
                .build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private Path bundled() throws IOException {
    return Files.writeString(
        layer.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
  }

  @Test
  void a_cold_start_in_an_outage_goes_by_the_keys_of_the_layer() throws Exception {
    try (TokenValidator validator = LambdaAuthorizer.validator(unreachable, bundled())) {
      LambdaAuthorizer authorizer = new LambdaAuthorizer(validator);
      assertThat(authorizer.handle(request("Bearer " + token(Instant.now().plusSeconds(600)))))
          .isEqualTo(Map.of("isAuthorized", true, "context", Map.of("sub", "34c84488")));
      Map<String, Object> no = Map.of("isAuthorized", false);
      assertThat(authorizer.handle(request("Bearer " + token(Instant.now().minusSeconds(600)))))
          .isEqualTo(no);
      assertThat(authorizer.handle(request("Basic x"))).isEqualTo(no);
      assertThat(authorizer.handle(Map.of())).isEqualTo(no);
    }
  }

  @Test
  void without_any_keys_the_invocation_fails_and_nobody_is_called_unauthorized() throws Exception {
    Path nowhere = layer.resolve("nowhere.json");
    try (TokenValidator validator = LambdaAuthorizer.validator(unreachable, nowhere)) {
      LambdaAuthorizer authorizer = new LambdaAuthorizer(validator);
      Map<String, Object> event = request("Bearer " + token(Instant.now().plusSeconds(600)));
      assertThatThrownBy(() -> authorizer.handle(event))
          .isInstanceOf(KeysUnavailableException.class);
    }
  }
}
