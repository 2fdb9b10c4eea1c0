package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClientBuilder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/** What {@code MultiRegionCognitoBuilder} was told; each component is explained there. */
public record ClientSettings(
    UserPool pool,
    FailoverPolicy policy,
    List<FailoverListener> listeners,
    BiConsumer<RegionRole, CognitoIdentityProviderClientBuilder> sync,
    BiConsumer<RegionRole, CognitoIdentityProviderAsyncClientBuilder> async,
    Map<RegionRole, CognitoIdentityProviderClient> readySync,
    Map<RegionRole, CognitoIdentityProviderAsyncClient> readyAsync,
    @Nullable ExecutorService executor,
    int maxConcurrentCalls,
    Predicate<String> rotation,
    LongSupplier nanoTime,
    RandomGenerator random) {}
