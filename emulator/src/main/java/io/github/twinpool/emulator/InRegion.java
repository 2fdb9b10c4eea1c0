package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which Region a parameter of a test belongs to, for {@link CognitoEmulatorExtension}. Without
 * it, that is the primary.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface InRegion {
  /** The Region's role. */
  RegionRole value();
}
