package io.github.twinpool.failover;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/**
 * Tells whether a request begins a sign-in, and of whom. A refresh begins none: it has no user
 * name.
 */
final class NewSignIn {
  private NewSignIn() {}

  /** The hash of the user name, or null if the request begins no sign-in. */
  static @Nullable Integer userHash(CognitoIdentityProviderRequest request) {
    Map<String, String> parameters = null;
    if (request instanceof InitiateAuthRequest it) {
      parameters = it.authParameters();
    } else if (request instanceof AdminInitiateAuthRequest it) {
      parameters = it.authParameters();
    }
    String user = parameters == null ? null : parameters.get("USERNAME");
    return user == null ? null : user.hashCode();
  }
}
