package io.github.twinpool.failover;

import io.github.twinpool.failover.RegionRouter.CallLimits;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * The time limits of a call: those of its request, else those that the user gave the client, else
 * the policy's. Both Regions' attempts together keep to the caller's {@code apiCallTimeout}.
 */
final class RequestLimits {
  private RequestLimits() {}

  static CallLimits of(
      CognitoIdentityProviderRequest request,
      FailoverPolicy policy,
      AwsServiceClientConfiguration clientConfiguration) {
    ClientOverrideConfiguration client = clientConfiguration.overrideConfiguration();
    Optional<? extends RequestOverrideConfiguration> own = request.overrideConfiguration();
    return new CallLimits(
        own.flatMap(RequestOverrideConfiguration::apiCallTimeout)
            .or(client::apiCallTimeout)
            .orElse(policy.callDeadline()),
        own.flatMap(RequestOverrideConfiguration::apiCallAttemptTimeout)
            .or(client::apiCallAttemptTimeout)
            .orElse(null));
  }
}
