package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * The time limits of a call: those of its request, else those that the user gave the client, else
 * the policy's. Both Regions' attempts together keep to the caller's {@code apiCallTimeout}.
 */
final class RequestLimits implements Function<CognitoIdentityProviderRequest, CallLimits> {
  private final FailoverPolicy policy;
  private final Supplier<? extends AwsServiceClientConfiguration> configuration;
  private volatile @Nullable CallLimits ofClient;

  /**
   * @param configuration asked once, with the first call: a client builds it anew each time, which
   *     costs more than all the rest of routing
   */
  RequestLimits(
      FailoverPolicy policy, Supplier<? extends AwsServiceClientConfiguration> configuration) {
    this.policy = policy;
    this.configuration = configuration;
  }

  @Override
  public CallLimits apply(CognitoIdentityProviderRequest request) {
    CallLimits client = ofClient();
    Optional<? extends RequestOverrideConfiguration> own = request.overrideConfiguration();
    return own.isEmpty()
        ? client
        : new CallLimits(
            own.get().apiCallTimeout().orElse(client.call()),
            own.get().apiCallAttemptTimeout().orElse(client.attempt()));
  }

  private CallLimits ofClient() {
    CallLimits known = ofClient;
    if (known == null) {
      ClientOverrideConfiguration client = configuration.get().overrideConfiguration();
      known =
          new CallLimits(
              client.apiCallTimeout().orElse(policy.callDeadline()),
              client.apiCallAttemptTimeout().orElse(null));
      ofClient = known;
    }
    return known;
  }
}
