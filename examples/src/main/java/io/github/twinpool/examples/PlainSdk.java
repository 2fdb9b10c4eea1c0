package io.github.twinpool.examples;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * A well-kept application without failover: the AWS SDK's client for the primary Region, with
 * time-outs of 1.5 s for an attempt and 3 s for a call, and Nimbus for its tokens. (Without
 * time-outs, which is the SDK's default, its callers would wait until the Region is back.)
 */
final class PlainSdk implements Contender {
  static final String NAME = "plain AWS SDK";

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(1_500);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

  private final CognitoIdentityProviderClient client;
  private final CognitoCalls calls;
  private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();

  PlainSdk(Application application) throws MalformedURLException {
    UserPool pool = application.pool();
    client =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(pool.primaryRegion()))
            .endpointOverride(pool.endpoint(RegionRole.PRIMARY))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(
                time -> time.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT))
            .build();
    calls = new CognitoCalls(client, application);
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(pool.jwksUri(IssuerType.ORIGINAL).toURL()).build();
    tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
  }

  /** What its figures depend on. */
  static String settings() {
    return String.format(
        Locale.ROOT,
        "time-outs of %s for an attempt and %s for a call; without them, its callers would wait"
            + " until the primary is back",
        Figures.of(ATTEMPT_TIMEOUT),
        Figures.of(CALL_TIMEOUT));
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
      case SIGN_UP -> calls.signUp("plain-");
      case VALIDATE -> tokens.process(calls.newestAccessToken(), null);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
