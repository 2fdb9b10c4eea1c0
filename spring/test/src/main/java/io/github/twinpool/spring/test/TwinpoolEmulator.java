package io.github.twinpool.spring.test;

import io.github.twinpool.IssuerType;
import io.github.twinpool.emulator.CognitoEmulator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Starts a {@link CognitoEmulator} with the application context of a test and leads everything of
 * Twinpool to it: no {@code twinpool.user-pool-id} is needed, and those that are set are ignored,
 * as are endpoints and client IDs. The emulator is a bean, for users and outages:
 *
 * <pre>{@code
 * @SpringBootTest
 * @TwinpoolEmulator
 * class SignInTest {
 *   @Autowired CognitoEmulator emulator;
 * }
 * }</pre>
 *
 * <p>In a slice such as {@code @WebMvcTest} it brings the auto-configuration of Twinpool along,
 * which slices leave out otherwise: decoder, authorities, validator and clients are those of the
 * application.
 *
 * <p>The property {@code twinpool.test.emulator=true}, of a test or in {@code
 * src/test/resources/application.properties}, does the same with these defaults for tests of the
 * whole application; beside the annotation it changes nothing.
 *
 * <p>Tests that share a context share the emulator, too, and what they did to it; it closes with
 * the context. Loopback only, on free ports.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface TwinpoolEmulator {
  /** The primary Region. */
  String primaryRegion() default "us-east-1";

  /** The Region of the replica. */
  String secondaryRegion() default "us-west-2";

  /** The issuer in tokens. */
  IssuerType issuerType() default IssuerType.ORIGINAL;
}
