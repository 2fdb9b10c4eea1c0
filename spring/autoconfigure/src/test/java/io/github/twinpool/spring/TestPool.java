package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/** An emulator with one user, and the properties that lead to it. */
final class TestPool implements AutoCloseable {
  static final String USER = "ada";
  static final String PASSWORD = "Correct-Horse-7";

  private final CognitoEmulator emulator = CognitoEmulator.start();

  TestPool() {
    emulator.createUser(USER, PASSWORD);
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
    try (CognitoIdentityProviderClient client =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(emulator.region(RegionRole.PRIMARY).name()))
            .endpointOverride(emulator.region(RegionRole.PRIMARY).endpoint())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      return client.initiateAuth(signIn()).authenticationResult();
    }
  }

  @Override
  public void close() {
    emulator.close();
  }
}
