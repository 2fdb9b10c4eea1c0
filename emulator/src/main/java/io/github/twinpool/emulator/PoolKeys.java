package io.github.twinpool.emulator;

import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The keys of one pool, shared by its Regions: Cognito signs access tokens and ID tokens with
 * different ones. Fresh for every pool, so that no token outlives its emulator.
 */
record PoolKeys(SigningKey access, SigningKey id, Sealer sealer) {
  static PoolKeys generate(SecureRandom random) {
    return of(SigningKey.fresh(random), SigningKey.fresh(random), random);
  }

  /**
   * The same signing keys, so that a copy of the JWKS stays good, and another secret: what was
   * sealed before cannot be opened.
   */
  PoolKeys resealed(SecureRandom random) {
    return of(access, id, random);
  }

  static PoolKeys of(SigningKey access, SigningKey id, SecureRandom random) {
    return new PoolKeys(access, id, Sealer.fresh(random));
  }

  /**
   * Makes the key pairs now, both at a time. Making one takes a tenth of a second, and now and then
   * a whole one.
   *
   * @param patience how long this waits for them; who needs one later waits for the rest
   */
  void prepare(Duration patience) {
    CountDownLatch made = new CountDownLatch(2);
    for (SigningKey key : List.of(id, access)) {
      TwinpoolThreads.thread(
              "twinpool-emulator-key",
              () -> {
                key.published();
                made.countDown();
              })
          .start();
    }
    try {
      made.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Both keys without their secrets, as the JWKS has them. */
  List<RSAKey> published() {
    return List.of(id.published(), access.published());
  }

  @Override
  public String toString() {
    return "PoolKeys[" + access + ", " + id + "]";
  }
}
