package io.github.twinpool.examples;

import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** The same application with Twinpool: other lines build its client, the calls are the same. */
final class Twinpool implements Contender {
  static final String NAME = "Twinpool";

  private final MultiRegionCognito cognito;
  private final CognitoCalls calls;
  private final TokenValidator tokens;

  Twinpool(Application application, FailoverPolicy policy, FailoverListener listener) {
    UserPool pool = application.pool();
    cognito =
        MultiRegionCognito.builder(pool)
            .policy(policy)
            .listener(listener)
            .clients(sdk -> sdk.credentialsProvider(AnonymousCredentialsProvider.create()))
            .build();
    calls = new CognitoCalls(cognito.client(), application);
    tokens = TokenValidator.builder(pool).clientId(application.clientId()).build();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void call(Operation operation) throws Exception {
    switch (operation) {
      case SIGN_IN -> calls.signIn();
      case REFRESH -> calls.refresh();
      case SIGN_UP -> calls.signUp("twinpool-");
      case VALIDATE -> tokens.validateAccessToken(calls.newestAccessToken());
    }
  }

  @Override
  public void close() {
    tokens.close();
    cognito.close();
  }
}
