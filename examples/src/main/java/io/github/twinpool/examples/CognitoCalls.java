package io.github.twinpool.examples;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/**
 * What an application asks of Cognito, written once against the AWS SDK's interface: the plain
 * client and Twinpool's get exactly the same requests. The users take turns.
 */
final class CognitoCalls {
  private final CognitoIdentityProviderClient client;
  private final Application application;
  private final AtomicLong signIns = new AtomicLong();
  private final AtomicLong signUps = new AtomicLong();
  private volatile String accessToken = "";
  private volatile String refreshToken = "";

  CognitoCalls(CognitoIdentityProviderClient client, Application application) {
    this.client = client;
    this.application = application;
  }

  void signIn() {
    List<String> users = application.users();
    String user = users.get((int) (signIns.getAndIncrement() % users.size()));
    AuthenticationResultType tokens =
        client
            .initiateAuth(
                request ->
                    request
                        .clientId(application.clientId())
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(
                            Map.of("USERNAME", user, "PASSWORD", application.password())))
            .authenticationResult();
    accessToken = tokens.accessToken();
    refreshToken = tokens.refreshToken();
  }

  void refresh() {
    AuthenticationResultType tokens =
        client
            .initiateAuth(
                request ->
                    request
                        .clientId(application.clientId())
                        .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                        .authParameters(Map.of("REFRESH_TOKEN", refreshToken)))
            .authenticationResult();
    accessToken = tokens.accessToken();
  }

  /**
   * @param as the start of the new users' names
   */
  void signUp(String as) {
    String name = as + signUps.getAndIncrement();
    client.signUp(
        request ->
            request
                .clientId(application.clientId())
                .username(name)
                .password(application.password()));
  }

  /** The access token of the latest sign-in or refresh that succeeded. */
  String newestAccessToken() {
    return accessToken;
  }
}
