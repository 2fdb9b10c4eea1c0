package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Plain AWS SDK clients of an emulator, and the calls that most tests begin with. */
final class EmulatorClients implements AutoCloseable {
  static final String PASSWORD = "Correct-Horse-7";
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

  final CognitoEmulator emulator;
  final CognitoIdentityProviderClient primary;
  final CognitoIdentityProviderClient secondary;

  EmulatorClients(CognitoEmulator emulator) {
    this.emulator = emulator;
    primary = client(emulator.userPool(), RegionRole.PRIMARY);
    secondary = client(emulator.userPool(), RegionRole.SECONDARY);
  }

  static CognitoIdentityProviderClient client(UserPool pool, RegionRole role) {
    return builder(pool, role).build();
  }

  static CognitoIdentityProviderClientBuilder builder(UserPool pool, RegionRole role) {
    return CognitoIdentityProviderClient.builder()
        .region(Region.of(pool.region(role)))
        .endpointOverride(pool.endpoint(role))
        .credentialsProvider(CREDENTIALS);
  }

  static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }

  CognitoIdentityProviderClient in(RegionRole role) {
    return role == RegionRole.PRIMARY ? primary : secondary;
  }

  AuthenticationResultType signIn(RegionRole role, String username, String password) {
    return in(role)
        .initiateAuth(
            r ->
                r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .clientId(emulator.clientId())
                    .authParameters(Map.of("USERNAME", username, "PASSWORD", password)))
        .authenticationResult();
  }

  AuthenticationResultType refresh(RegionRole role, String refreshToken) {
    return in(role)
        .initiateAuth(
            r ->
                r.authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                    .clientId(emulator.clientId())
                    .authParameters(Map.of("REFRESH_TOKEN", refreshToken)))
        .authenticationResult();
  }

  @Override
  public void close() {
    primary.close();
    secondary.close();
    emulator.close();
  }
}
