package io.github.twinpool.emulator;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Emulators whose pools take turns with a few keys, because making two for each of some hundred
 * emulators is half of what this module's tests would cost.
 */
final class TestEmulators {
  private static final int KEYS = 8;
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final List<RSAKey> BANK =
      IntStream.range(0, KEYS)
          .mapToObj(it -> SigningKey.generate(new SecureRandom(), "bank " + it))
          .toList();

  private TestEmulators() {}

  static CognitoEmulator.Builder builder() {
    CognitoEmulator.Builder builder = CognitoEmulator.builder();
    builder.keys = random -> PoolKeys.of(next(random), next(random), random);
    return builder;
  }

  static CognitoEmulator start() {
    return builder().start();
  }

  private static SigningKey next(SecureRandom random) {
    RSAKey key = BANK.get(Math.floorMod(NEXT.getAndIncrement(), KEYS));
    return SigningKey.of(random, id -> new RSAKey.Builder(key).keyID(id).build());
  }
}
