package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is and remembers as a SAML service provider. That both Regions sign with one key, and
 * that each refuses what the other has accepted, are assumptions. Thread-safe.
 */
final class PoolSaml {
  private static final int KEPT = 10_000;
  private static final int REMEMBERED = 100_000;

  private final String poolId;
  private final SecureRandom random;
  private final Map<String, Boolean> usedAssertions = new BoundedMap<>(REMEMBERED);
  private final Map<String, SignOut> signOuts = new BoundedMap<>(KEPT);
  private @Nullable SamlKey signingKey;

  /**
   * A browser that is at an identity provider to end its session there.
   *
   * @param requestId of the LogoutRequest
   * @param answerTo where the provider's answer must be posted to
   * @param destination where the application's sign-out leads to
   */
  record SignOut(
      String provider,
      String requestId,
      String answerTo,
      String destination,
      RegionRole role,
      Instant expires) {}

  PoolSaml(String poolId, SecureRandom random) {
    this.poolId = poolId;
    this.random = random;
  }

  /** What identity providers call this pool. (Source: developer guide.) */
  String entityId() {
    return "urn:amazon:cognito:sp:" + poolId;
  }

  /** What signs the pool's requests. Made when it is first needed. */
  synchronized SamlKey signingKey(Instant now) {
    if (signingKey == null) {
      signingKey = SamlKey.fresh(random, poolId, now);
    }
    return signingKey;
  }

  /** Uses an assertion up; whether it had not been used. */
  synchronized boolean use(String provider, String assertionId) {
    return usedAssertions.put(provider + " " + assertionId, true) == null;
  }

  synchronized void begin(String relayState, SignOut signOut) {
    signOuts.put(relayState, signOut);
  }

  /** Ends the wait, so that a relay state is good once. */
  synchronized Optional<SignOut> end(String relayState, RegionRole role, Instant now) {
    return Optional.ofNullable(signOuts.remove(relayState))
        .filter(signOut -> signOut.role() == role)
        .filter(signOut -> now.isBefore(signOut.expires()));
  }
}
