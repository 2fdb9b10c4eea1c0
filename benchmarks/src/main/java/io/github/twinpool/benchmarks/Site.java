package io.github.twinpool.benchmarks;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/** Two emulated Regions with one user, the secondary 70 ms away. */
final class Site implements AutoCloseable {
  private static final String USER = "ada";
  private static final String PASSWORD = "Correct-Horse-7";
  private static final Duration TO_SECONDARY = Duration.ofMillis(70);

  private final CognitoEmulator emulator = CognitoEmulator.start();
  private final InitiateAuthRequest signIn;
  private final GetUserRequest getUser;

  Site() {
    emulator.createUser(USER, PASSWORD);
    emulator.region(RegionRole.SECONDARY).latency(TO_SECONDARY);
    signIn =
        InitiateAuthRequest.builder()
            .clientId(emulator.clientId())
            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
            .authParameters(Map.of("USERNAME", USER, "PASSWORD", PASSWORD))
            .build();
    try (CognitoIdentityProviderClient client = SdkClients.plain(this, RegionRole.PRIMARY)) {
      String token = client.initiateAuth(signIn).authenticationResult().accessToken();
      getUser = GetUserRequest.builder().accessToken(token).build();
    }
  }

  CognitoEmulator emulator() {
    return emulator;
  }

  InitiateAuthRequest signIn() {
    return signIn;
  }

  GetUserRequest getUser() {
    return getUser;
  }

  void primary(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
  }

  @Override
  public void close() {
    emulator.close();
  }
}
