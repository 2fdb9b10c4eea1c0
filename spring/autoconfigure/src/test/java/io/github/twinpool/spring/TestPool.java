package io.github.twinpool.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.route53.Route53Client;

/** An emulator with one user, and the properties that lead to it. */
final class TestPool implements AutoCloseable {
  static final String USER = "ada";
  static final String PASSWORD = "Correct-Horse-7";

  /** One for all: making one takes longer than most tests. */
  private static final RSAKey KEY = key();

  private final CognitoEmulator emulator = TestEmulators.start();
  private final Path keyFile;

  TestPool() {
    emulator.createUser(USER, PASSWORD);
    try {
      keyFile = Files.createTempFile("twinpool-keys", ".json");
      Files.writeString(keyFile, new JWKSet(published()).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey published() {
    return new RSAKey.Builder(KEY.toPublicJWK()).algorithm(JWSAlgorithm.RS256).build();
  }

  /**
   * The key of tokens that the emulator does not mint: good only where {@code twinpool.keys.files}
   * names this file.
   */
  Path keyFile() {
    return keyFile;
  }

  /** An access token of a user in these groups. */
  String user(String... groups) {
    return sign(claims -> claims.claim("cognito:groups", List.of(groups)));
  }

  /** An access token that is good for another ten minutes, with some changes. */
  String sign(UnaryOperator<JWTClaimsSet.Builder> changes) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject("34c84488-e0e1-70ae-d2ee-991ad1a898c8")
            .issuer(emulator.userPool().issuer(IssuerType.ORIGINAL))
            .issueTime(Date.from(now.minusSeconds(600)))
            .expirationTime(Date.from(now.plusSeconds(600)))
            .claim("auth_time", now.minusSeconds(600).getEpochSecond())
            .claim("token_use", "access")
            .claim("username", USER)
            .claim("scope", "orders")
            .claim("client_id", emulator.clientId());
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(),
              changes.apply(claims).build());
      jwt.sign(new RSASSASigner(KEY));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  CognitoEmulator emulator() {
    return emulator;
  }

  /** Properties as {@code name=value}. */
  String[] properties() {
    return new String[] {
      "twinpool.user-pool-id=" + emulator.userPool().id(),
      "twinpool.secondary-region=" + emulator.region(RegionRole.SECONDARY).name(),
      "twinpool.endpoints.primary=" + emulator.region(RegionRole.PRIMARY).endpoint(),
      "twinpool.endpoints.secondary=" + emulator.region(RegionRole.SECONDARY).endpoint(),
      "twinpool.endpoints.updated-issuer=" + emulator.updatedIssuerEndpoint(),
      "twinpool.client-ids=" + emulator.clientId()
    };
  }

  /** Both Regions, and with them every source of keys. */
  void outage(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
    emulator.region(RegionRole.SECONDARY).outage(outage);
  }

  /** What the user signs in with. */
  InitiateAuthRequest signIn() {
    return InitiateAuthRequest.builder()
        .clientId(emulator.clientId())
        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
        .authParameters(Map.of("USERNAME", USER, "PASSWORD", PASSWORD))
        .build();
  }

  /** Tokens, by a client that has nothing to do with Twinpool. */
  AuthenticationResultType tokens() {
    try (CognitoIdentityProviderClient client = cognito(AnonymousCredentialsProvider.create())) {
      return client.initiateAuth(signIn()).authenticationResult();
    }
  }

  /** Another app client. */
  UserPoolClientType client(Consumer<CreateUserPoolClientRequest.Builder> settings) {
    return administered(
        cognito ->
            cognito
                .createUserPoolClient(
                    it -> {
                      it.userPoolId(emulator.userPool().id()).clientName("another");
                      settings.accept(it);
                    })
                .userPoolClient());
  }

  /** What an administrator does. */
  <T> T administered(Function<CognitoIdentityProviderClient, T> call) {
    try (CognitoIdentityProviderClient client =
        cognito(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))) {
      return call.apply(client);
    }
  }

  private CognitoIdentityProviderClient cognito(AwsCredentialsProvider credentials) {
    return CognitoIdentityProviderClient.builder()
        .region(Region.of(emulator.region(RegionRole.PRIMARY).name()))
        .endpointOverride(emulator.region(RegionRole.PRIMARY).endpoint())
        .credentialsProvider(credentials)
        .build();
  }

  /** A client of the emulator's Route 53. */
  Route53Client route53() {
    return Route53Client.builder()
        .region(Region.AWS_GLOBAL)
        .endpointOverride(emulator.route53().endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  @Override
  public void close() {
    emulator.close();
    try {
      Files.delete(keyFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
