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
 * <p>The properties {@code twinpool.test.user-pool-id}, {@code client-id}, {@code client-secret},
 * {@code primary-region}, {@code secondary-region}, {@code port} (the first of a row) and {@code
 * pools} (a YAML file, such as {@code classpath:pools.yaml}) set what {@link
 * CognitoEmulator.Builder} sets, and go before this annotation.
 *
 * <p>Tests that share a context share the emulator, too, and what they did to it until they {@link
 * CognitoEmulator#reset()} it; it closes with the context. Loopback only, on free ports unless
 * {@code twinpool.test.port} is set.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface TwinpoolEmulator {
  /** The primary Region. Default: that of the pool's ID, if one is set, or us-east-1. */
  String primaryRegion() default "";

  /** The Region of the replica. */
  String secondaryRegion() default "us-west-2";

  /** The issuer in tokens. */
  IssuerType issuerType() default IssuerType.ORIGINAL;
}
