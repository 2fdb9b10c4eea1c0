package io.github.twinpool.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An emulated pool with a user, and a validator for it, shared by all tests. The emulator mints
 * neither groups nor scopes of resource servers nor machine tokens nor expired ones: those are
 * signed by one more key, which is published over loopback, too.
 */
final class TestPool implements AutoCloseable {
  /** Another pool, whose users and groups have the names of this one's. */
  static final UserPool PARTNER = UserPool.of("us-east-1_PARTNER");

  private final CognitoEmulator emulator = CognitoEmulator.start();
  private final RSAKey key;
  private final HttpServer jwks;
  private final TokenValidator validator;
  private final String accessToken;
  private final String idToken;

  TestPool() throws IOException, InterruptedException, JOSEException, ParseException {
    emulator.createUser("ada", "Correct-Horse-7");
    key = new RSAKeyGenerator(2048).keyID("test").keyUse(KeyUse.SIGNATURE).generate();
    jwks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys =
        new JWKSet(new RSAKey.Builder(key.toPublicJWK()).algorithm(JWSAlgorithm.RS256).build())
            .toString()
            .getBytes(UTF_8);
    jwks.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    jwks.start();
    validator =
        TokenValidator.builder(emulator.userPool())
            .clientId(clientId())
            .keySource(keys())
            .build();
    Map<String, Object> tokens = signIn();
    accessToken = (String) tokens.get("AccessToken");
    idToken = (String) tokens.get("IdToken");
  }

  private URI keys() {
    return URI.create("http://127.0.0.1:" + jwks.getAddress().getPort() + "/");
  }

  TokenValidator validator() {
    return validator;
  }

  UserPool userPool() {
    return emulator.userPool();
  }

  CognitoEmulator emulator() {
    return emulator;
  }

  String clientId() {
    return emulator.clientId();
  }

  /** ada's, minted by the emulator. */
  String accessToken() {
    return accessToken;
  }

  /** ada's, minted by the emulator. */
  String idToken() {
    return idToken;
  }

  String user(String name, List<String> groups, String scope) {
    return sign(
        claims(Instant.now().plusSeconds(600))
            .claim("username", name)
            .claim("cognito:groups", groups)
            .claim("scope", scope)
            .build());
  }

  /** A validator for this pool and the partner's. */
  TokenValidator withPartner() {
    return TokenValidator.builder(emulator.userPool())
        .clientId(clientId())
        .keySource(keys())
        .pool(PARTNER, it -> it.anyClient().fetchKeys(false).keySource(keys()))
        .build();
  }

  /** Signed for a user of the partner's pool. */
  String partner(String name, List<String> groups, String scope) {
    return sign(
        claims(Instant.now().plusSeconds(600))
            .issuer(PARTNER.issuer(IssuerType.ORIGINAL))
            .claim("username", name)
            .claim("cognito:groups", groups)
            .claim("scope", scope)
            .build());
  }

  String machine(String scope) {
    return sign(claims(Instant.now().plusSeconds(600)).claim("scope", scope).build());
  }

  String expired() {
    return sign(claims(Instant.now().minusSeconds(60)).claim("username", "ada").build());
  }

  private JWTClaimsSet.Builder claims(Instant expiry) {
    return new JWTClaimsSet.Builder()
        .subject("34c84488-e0e1-70ae-d2ee-991ad1a898c8")
        .issuer(userPool().issuer(IssuerType.ORIGINAL))
        .expirationTime(Date.from(expiry))
        .issueTime(Date.from(expiry.minusSeconds(3600)))
        .claim("auth_time", expiry.minusSeconds(3600).getEpochSecond())
        .claim("token_use", "access")
        .claim("client_id", clientId());
  }

  private String sign(JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> signIn() throws IOException, InterruptedException, ParseException {
    String body =
        """
        {"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"%s",
         "AuthParameters":{"USERNAME":"ada","PASSWORD":"Correct-Horse-7"}}"""
            .formatted(clientId());
    HttpRequest request =
        HttpRequest.newBuilder(userPool().endpoint(RegionRole.PRIMARY))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return JSONObjectUtils.getJSONObject(
        JSONObjectUtils.parse(answer.body()), "AuthenticationResult");
  }

  @Override
  public void close() {
    validator.close();
    jwks.stop(0);
    emulator.close();
  }

  /** Gives the one pool to whichever test asks for it. */
  static final class Provider implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestPool.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(
              TestPool.class,
              type -> {
                try {
                  return new TestPool();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }
}
