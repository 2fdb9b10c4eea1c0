package io.github.twinpool.failover.internal.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.twinpool.IncompatibleLibraryException;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries that are too old, as a class loader shows them that hides what they lack. */
class RequiredLibrariesTest {
  private static final ClassLoader REAL = RequiredLibrariesTest.class.getClassLoader();

  /** Loads Twinpool, the AWS SDK and resilience4j by itself, but for one class. */
  private static final class Hiding extends ClassLoader {
    private final String hidden;

    Hiding(String hidden) {
      super(REAL);
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(hidden)) {
        throw new ClassNotFoundException(name);
      }
      boolean own =
          name.startsWith("io.github.twinpool.")
              || name.startsWith("software.amazon.awssdk.")
              || name.startsWith("io.github.resilience4j.");
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : own ? define(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      ProtectionDomain file = Class.forName(name, false, REAL).getProtectionDomain();
      try (InputStream in = REAL.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length, file);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void the_libraries_of_this_build_have_everything() {
    assertThatCode(() -> RequiredLibraries.check(REAL)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenRequest,"
        + " software.amazon.awssdk:cognitoidentityprovider, 2.31.78, cognitoidentityprovider-",
    "software.amazon.awssdk.http.apache5.Apache5HttpClient,"
        + " software.amazon.awssdk:apache5-client, 2.31.78, nothing",
    "io.github.resilience4j.circuitbreaker.CircuitBreakerConfig$Builder,"
        + " io.github.resilience4j:resilience4j-circuitbreaker, 2.3.0, resilience4j-circuitbreaker-",
    "io.github.resilience4j.retry.Retry, io.github.resilience4j:resilience4j-retry, 2.3.0, nothing"
  })
  void building_says_what_is_needed_and_what_was_found(
      String hidden, String library, String needed, String found) throws Exception {
    Throwable refusal = refusal(new Hiding(hidden));
    assertThat(refusal.getClass().getName())
        .isEqualTo(IncompatibleLibraryException.class.getName());
    assertThat(refusal)
        .hasMessageStartingWith("Twinpool needs " + library + " " + needed + " or newer")
        .hasMessageContaining("found " + found)
        .hasMessageContaining("lacks " + hidden);
  }

  /** As an application builds its client, with every class loaded by this loader. */
  private static Throwable refusal(ClassLoader loader) throws Exception {
    Class<?> poolType = loader.loadClass(UserPool.class.getName());
    Object pool = poolType.getMethod("of", String.class).invoke(null, "us-east-1_EXAMPLE");
    Object builder =
        loader
            .loadClass(MultiRegionCognito.class.getName())
            .getMethod("builder", poolType)
            .invoke(null, pool);
    try {
      builder.getClass().getMethod("build").invoke(builder);
      throw new AssertionError("it was built");
    } catch (InvocationTargetException e) {
      return e.getTargetException();
    }
  }
}
