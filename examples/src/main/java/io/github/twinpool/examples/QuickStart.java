package io.github.twinpool.examples;

import io.github.twinpool.Capability;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.AccessToken;
import io.github.twinpool.token.TokenValidator;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;

/** The README's ten lines: sign in through whichever Region answers, and validate the token. */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Signs a user in to your own pool, once you have put its ID, Region and app client here.
   *
   * @param args user name and password
   */
  public static void main(String[] args) {
    // tag::quickstart[]
    UserPool pool = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
    // end::quickstart[]
    signIn(pool, "app", args[0], args[1]);
  }

  static AccessToken signIn(UserPool pool, String clientId, String user, String password) {
    InitiateAuthRequest request =
        InitiateAuthRequest.builder()
            .clientId(clientId)
            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
            .authParameters(Map.of("USERNAME", user, "PASSWORD", password))
            .build();
    // tag::quickstart[]

    try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build();
        TokenValidator validator = TokenValidator.builder(pool).clientId(clientId).build()) {

      CognitoIdentityProviderClient client = cognito.client(); // the AWS SDK's own interface
      InitiateAuthResponse signedIn = client.initiateAuth(request); // either Region answers
      String jwt = signedIn.authenticationResult().accessToken();
      AccessToken token = validator.validateAccessToken(jwt); // whichever Region minted it

      if (!cognito.allows(Capability.SIGN_UP)) { // only the primary can
        System.out.println("Sign-up is closed for the moment.");
      }
      // end::quickstart[]
      return token;
      // tag::quickstart[]
    }
    // end::quickstart[]
  }
}
