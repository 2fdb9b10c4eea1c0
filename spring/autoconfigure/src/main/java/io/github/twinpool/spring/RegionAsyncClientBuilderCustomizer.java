package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;

/** The same as {@link RegionClientBuilderCustomizer} for the async clients. */
@FunctionalInterface
public interface RegionAsyncClientBuilderCustomizer {
  /** Changes the builder of the async client of the Region that has this role. */
  void customize(RegionRole role, CognitoIdentityProviderAsyncClientBuilder builder);
}
