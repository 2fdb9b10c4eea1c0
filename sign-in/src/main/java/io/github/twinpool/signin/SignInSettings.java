package io.github.twinpool.signin;

import io.github.twinpool.failover.MultiRegionCognito;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link SignInBuilder} was told; each component is explained there. */
record SignInSettings(
    MultiRegionCognito cognito,
    String clientId,
    @Nullable Supplier<String> clientSecret,
    Duration sessionValidity,
    Duration refreshAhead,
    @Nullable StepSealer sealer,
    InstantSource clock,
    SecureRandom random) {

  @Override
  public String toString() {
    return "SignInSettings[" + clientId + "]";
  }
}
