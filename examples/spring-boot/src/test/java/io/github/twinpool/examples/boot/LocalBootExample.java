package io.github.twinpool.examples.boot;

import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.test.TwinpoolEmulatorConfiguration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The application on a developer's machine: {@code ./mvnw spring-boot:test-run}, or this class. */
// tag::development-time[]
public final class LocalBootExample {
  private LocalBootExample() {}

  /** Starts the application with a pool of its own. */
  public static void main(String[] arguments) {
    run(arguments);
  }

  static SpringApplication.Running run(String... arguments) {
    return SpringApplication.from(BootExample::main).with(LocalPool.class).run(arguments);
  }

  @TestConfiguration(proxyBeanMethods = false)
  @Import(TwinpoolEmulatorConfiguration.class)
  static class LocalPool {
    @Bean
    ApplicationRunner users(CognitoEmulator emulator) {
      return arguments -> emulator.createUser("ada", "Correct-Horse-7");
    }
  }
}
// end::development-time[]
