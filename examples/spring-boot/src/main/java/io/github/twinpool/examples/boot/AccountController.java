package io.github.twinpool.examples.boot;

import io.github.twinpool.Capability;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Signing in and up with the AWS SDK's own client, which is routed without knowing it. */
@RestController
class AccountController {
  private final CognitoIdentityProviderClient client;
  private final MultiRegionCognito cognito;
  private final String clientId;

  AccountController(
      CognitoIdentityProviderClient client,
      MultiRegionCognito cognito,
      TwinpoolConnectionDetails pool) {
    this.client = client;
    this.cognito = cognito;
    this.clientId = pool.clientIds().iterator().next();
  }

  record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[username=" + username + "]";
    }
  }

  record Tokens(String accessToken, String idToken, String refreshToken, int expiresIn) {
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  @PostMapping("/sign-in")
  Tokens signIn(@RequestBody Credentials person) {
    AuthenticationResultType result =
        client
            .initiateAuth(
                request ->
                    request
                        .clientId(clientId)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(
                            Map.of("USERNAME", person.username(), "PASSWORD", person.password())))
            .authenticationResult();
    return new Tokens(
        result.accessToken(), result.idToken(), result.refreshToken(), result.expiresIn());
  }

  @PostMapping("/sign-up")
  @ResponseStatus(HttpStatus.CREATED)
  void signUp(@RequestBody Credentials person) {
    client.signUp(
        request ->
            request.clientId(clientId).username(person.username()).password(person.password()));
  }

  /** What a page should offer now: it hides the form for signing up while that is off. */
  @GetMapping("/features")
  Map<String, Boolean> features() {
    return Map.of("signUp", cognito.allows(Capability.SIGN_UP));
  }
}
