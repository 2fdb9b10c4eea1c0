package io.github.twinpool.emulator;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Emulators for the tests of all modules. Their pools take turns with a few key pairs, under fresh
 * IDs, because making two for each of some hundred emulators would be half of what the tests cost.
 */
public final class TestEmulators {
  private static final int KEYS = 8;
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final List<RSAKey> BANK =
      IntStream.range(0, KEYS)
          .mapToObj(it -> SigningKey.generate(new SecureRandom(), "bank " + it))
          .toList();

  private TestEmulators() {}

  public static CognitoEmulator.Builder builder() {
    CognitoEmulator.Builder builder = CognitoEmulator.builder();
    builder.options.keys = random -> PoolKeys.of(next(random), next(random), random);
    return builder;
  }

  public static CognitoEmulator start() {
    return builder().start();
  }

  private static SigningKey next(SecureRandom random) {
    RSAKey key = BANK.get(Math.floorMod(NEXT.getAndIncrement(), KEYS));
    return SigningKey.of(random, id -> new RSAKey.Builder(key).keyID(id).build());
  }
}
