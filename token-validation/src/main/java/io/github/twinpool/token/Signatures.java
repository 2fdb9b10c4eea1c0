package io.github.twinpool.token;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/**
 * Checks RS256 signatures, whatever the token's header says. Making a {@link Signature} ready for a
 * key costs more than one would think, so those that are ready are used again, by one thread at a
 * time.
 */
final class Signatures {
  static final String ALGORITHM = "SHA256withRSA";

  // Pools have two keys; more than this only come from a source that invents them.
  private static final int MAX_KEYS = 256;

  private final @Nullable Provider provider;
  private final LoadingCache<SigningKey, Idle<Signature>> ready =
      Caffeine.newBuilder()
          .maximumSize(MAX_KEYS)
          .executor(Runnable::run)
          .build(key -> new Idle<Signature>());

  /**
   * @param provider whose implementation to use, null for the JVM's first
   */
  Signatures(@Nullable Provider provider) {
    this.provider = provider;
  }

  /** Whether the key made the signature of all these bytes. */
  boolean verify(SigningKey key, byte[] signed, byte[] signature) {
    return verify(key, signed, signed.length, signature);
  }

  /** Whether the key made the signature of the first bytes of a text. */
  boolean verify(SigningKey key, byte[] text, int signedLength, byte[] signature) {
    Idle<Signature> idle = ready.get(key);
    Signature engine = idle.take();
    if (engine == null) {
      engine = engine(key);
      if (engine == null) {
        return false;
      }
    }
    boolean good;
    try {
      engine.update(text, 0, signedLength);
      good = engine.verify(signature);
    } catch (SignatureException malformed) {
      return false; // and the engine, in whatever state it may be, is not used again
    }
    idle.leave(engine);
    return good;
  }

  /** Ready for the key, null if RS256 does not take such a key, so that it cannot have signed. */
  private @Nullable Signature engine(SigningKey key) {
    Signature engine = provider == null ? null : ready(key, provider);
    return engine == null ? ready(key, null) : engine;
  }

  private static @Nullable Signature ready(SigningKey key, @Nullable Provider provider) {
    try {
      Signature engine =
          provider == null
              ? Signature.getInstance(ALGORITHM)
              : Signature.getInstance(ALGORITHM, provider);
      engine.initVerify(key.publicKey());
      return engine;
    } catch (InvalidKeyException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no RS256", e);
    }
  }

  /** Whether a provider tells a right signature from a wrong one, time and again. */
  static boolean works(Provider provider, SignatureSample sample) {
    try {
      Signatures candidate = new Signatures(provider);
      byte[] wrong = sample.signature().clone();
      wrong[wrong.length / 2] ^= 1;
      for (int i = 0; i < 2; i++) {
        if (!candidate.verify(sample.key(), sample.signed(), sample.signature())
            || candidate.verify(sample.key(), sample.signed(), wrong)
            || candidate.verify(sample.key(), sample.signature(), sample.signature())) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }
}
