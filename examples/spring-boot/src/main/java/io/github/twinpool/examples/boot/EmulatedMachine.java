package io.github.twinpool.examples.boot;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** The app client of a machine that may read orders, or write them. */
record EmulatedMachine(String clientId, String clientSecret) {

  /** Sets up what an operator sets up once: the resource server, its scopes and the client. */
  static EmulatedMachine in(CognitoEmulator emulator, AwsCredentialsProvider credentials) {
    String poolId = emulator.userPool().id();
    try (CognitoIdentityProviderClient operator =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(emulator.userPool().primaryRegion()))
            .endpointOverride(emulator.region(RegionRole.PRIMARY).endpoint())
            .credentialsProvider(credentials)
            .build()) {
      operator.createResourceServer(
          request ->
              request
                  .userPoolId(poolId)
                  .identifier("orders")
                  .name("Orders")
                  .scopes(scope("read"), scope("write")));
      UserPoolClientType client =
          operator
              .createUserPoolClient(
                  request ->
                      request
                          .userPoolId(poolId)
                          .clientName("machine")
                          .generateSecret(true)
                          .allowedOAuthFlowsUserPoolClient(true)
                          .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                          .allowedOAuthScopes("orders/read", "orders/write"))
              .userPoolClient();
      return new EmulatedMachine(client.clientId(), client.clientSecret());
    }
  }

  private static ResourceServerScopeType scope(String name) {
    return ResourceServerScopeType.builder().scopeName(name).scopeDescription(name).build();
  }

  @Override
  public String toString() {
    return "EmulatedMachine[" + clientId + "]";
  }
}
