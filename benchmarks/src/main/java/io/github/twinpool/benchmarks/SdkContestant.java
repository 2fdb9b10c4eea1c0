package io.github.twinpool.benchmarks;

import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** A client that calls as it is: the SDK's, or one that looks like it. */
record SdkContestant(
    String name, Site site, CognitoIdentityProviderClient client, AutoCloseable toClose)
    implements Contestant {

  @Override
  public void call(CallKind kind) {
    kind.send(client, site);
  }

  @Override
  public void close() {
    try {
      toClose.close();
    } catch (Exception e) {
      throw new IllegalStateException(name + " does not close", e);
    }
  }
}
