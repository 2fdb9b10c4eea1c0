package io.github.twinpool.houserules.bad.token;

import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

public interface NeedsTheAwsSdk {
  CognitoIdentityProviderClient client();
}
