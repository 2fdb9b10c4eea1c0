package io.github.twinpool.examples.bad.token;

import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

public interface NeedsTheAwsSdk {
  CognitoIdentityProviderClient client();
}
