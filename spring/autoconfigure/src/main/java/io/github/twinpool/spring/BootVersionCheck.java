package io.github.twinpool.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Refuses a Spring Boot that the auto-configuration cannot work with, before its classes are
 * loaded: their annotations name packages that came with Boot 4. So this class and what it names
 * must load with Boot 3, too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // Other libraries for Boot 4 may fail in ways of their own.
final class BootVersionCheck
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private final @Nullable String version;

  /** Called by Spring Boot. */
  BootVersionCheck() {
    this(SpringBootVersion.getVersion());
  }

  BootVersionCheck(@Nullable String version) {
    this.version = version;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (version != null && version.matches("[123]\\..*")) {
      throw new UnsupportedBootException(version);
    }
  }
}
