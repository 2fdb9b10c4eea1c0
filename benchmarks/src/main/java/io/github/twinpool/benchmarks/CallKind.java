package io.github.twinpool.benchmarks;

import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** What the load asks for, by turns. */
enum CallKind {
  SIGN_IN {
    @Override
    void send(CognitoIdentityProviderClient client, Site site) {
      client.initiateAuth(site.signIn());
    }
  },
  GET_USER {
    @Override
    void send(CognitoIdentityProviderClient client, Site site) {
      client.getUser(site.getUser());
    }
  };

  abstract void send(CognitoIdentityProviderClient client, Site site);
}
