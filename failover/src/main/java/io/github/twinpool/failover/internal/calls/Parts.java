package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.regions.RegionClient;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * What a built client consists of.
 *
 * @param pool its pool
 * @param rotation whether an app client's refresh tokens rotate
 * @param regions the SDK's clients
 * @param engine knows which Region serves
 * @param client the routed client
 * @param asyncClient the routed async client
 * @param close closes everything
 */
public record Parts(
    UserPool pool,
    Predicate<String> rotation,
    Map<RegionRole, RegionClient> regions,
    GuardedFailover engine,
    CognitoIdentityProviderClient client,
    CognitoIdentityProviderAsyncClient asyncClient,
    Runnable close) {}
