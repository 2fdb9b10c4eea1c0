package io.github.twinpool.token;

import java.security.Provider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Amazon Corretto Crypto Provider (ACCP), which checks signatures faster, if the application
 * has it. Its jar may be the one for another machine, its native library may not load: it counts
 * only if it can tell a right signature from a wrong one.
 */
final class CorrettoCrypto {
  private static final Logger log = LoggerFactory.getLogger(TokenValidator.class);
  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private CorrettoCrypto() {}

  /** The provider, null if it is not here or does not work. It is not registered with the JVM. */
  static @Nullable Provider find() {
    Provider provider = load(PROVIDER);
    if (provider == null) {
      return null;
    }
    boolean works = Signatures.works(provider, SignatureSample.rs256());
    log.debug("{} {}", provider.getName(), works ? "checks signatures" : "is here, but broken");
    return works ? provider : null;
  }

  static @Nullable Provider load(String className) {
    try {
      Object made = Class.forName(className).getDeclaredConstructor().newInstance();
      return made instanceof Provider provider ? provider : null;
    } catch (ClassNotFoundException absent) {
      return null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError broken) {
      log.debug("{} is here, but cannot be loaded", className, broken);
      return null;
    }
  }
}
