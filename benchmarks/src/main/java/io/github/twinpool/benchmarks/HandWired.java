package io.github.twinpool.benchmarks;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.twinpool.RegionRole;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * What a careful team writes on an afternoon: time-outs, a resilience4j breaker with its defaults
 * around the primary, and the secondary when that fails or the breaker is open.
 */
final class HandWired implements Contestant {
  private final Site site;
  private final CognitoIdentityProviderClient primary;
  private final CognitoIdentityProviderClient secondary;
  private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("primary");

  HandWired(Site site) {
    this.site = site;
    primary = SdkClients.withTimeouts(site, RegionRole.PRIMARY);
    secondary = SdkClients.withTimeouts(site, RegionRole.SECONDARY);
  }

  @Override
  public String name() {
    return "SDK + resilience4j + fallback";
  }

  @Override
  public void call(CallKind kind) {
    try {
      breaker.executeRunnable(() -> kind.send(primary, site));
    } catch (CallNotPermittedException | SdkClientException e) {
      kind.send(secondary, site);
    } catch (SdkServiceException e) {
      if (e.statusCode() < 500) {
        throw e;
      }
      kind.send(secondary, site);
    }
  }

  @Override
  public void close() {
    primary.close();
    secondary.close();
  }
}
