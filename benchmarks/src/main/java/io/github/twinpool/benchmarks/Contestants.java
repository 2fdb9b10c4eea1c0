package io.github.twinpool.benchmarks;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Everybody who takes part, from the simplest on. */
final class Contestants {
  static final Duration HEDGE_AFTER = Duration.ofMillis(400);

  private Contestants() {}

  static List<Contestant> all(Site site) {
    return List.of(
        sdk("plain SDK", site, SdkClients.plain(site, RegionRole.PRIMARY)),
        sdk("SDK, time-outs 1.5 s / 3 s", site, SdkClients.withTimeouts(site, RegionRole.PRIMARY)),
        new HandWired(site),
        twinpool("Twinpool", site, FailoverPolicy.defaults()),
        twinpool(
            "Twinpool, hedging", site, FailoverPolicy.builder().hedgeAfter(HEDGE_AFTER).build()));
  }

  private static Contestant sdk(String name, Site site, CognitoIdentityProviderClient client) {
    return new SdkContestant(name, site, client, client);
  }

  private static Contestant twinpool(String name, Site site, FailoverPolicy policy) {
    MultiRegionCognito cognito =
        MultiRegionCognito.builder(site.emulator().userPool())
            .policy(policy)
            .clients(sdk -> sdk.credentialsProvider(AnonymousCredentialsProvider.create()))
            .build();
    return new SdkContestant(name, site, cognito.client(), cognito);
  }
}
