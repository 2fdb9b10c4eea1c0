package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/**
 * A bean that changes the AWS SDK client of each Region: HTTP client, interceptors, credentials.
 * Region and endpoint stay those of the pool.
 */
@FunctionalInterface
public interface RegionClientBuilderCustomizer {
  /** Changes the builder of the client of the Region that has this role. */
  void customize(RegionRole role, CognitoIdentityProviderClientBuilder builder);
}
