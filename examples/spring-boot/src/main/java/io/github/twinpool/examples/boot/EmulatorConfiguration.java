package io.github.twinpool.examples.boot;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.RegionAsyncClientBuilderCustomizer;
import io.github.twinpool.spring.RegionClientBuilderCustomizer;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * With the profile {@code emulator} the application brings its own two Regions. Only for trying it
 * out: an application of yours has no emulator on its class path.
 */
@Configuration(proxyBeanMethods = false)
@Profile("emulator")
class EmulatorConfiguration {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator"));

  @Bean(destroyMethod = "close")
  CognitoEmulator emulator() {
    CognitoEmulator emulator = CognitoEmulator.start();
    emulator.createUser("ada", "Correct-Horse-7");
    return emulator;
  }

  @Bean
  EmulatedMachine emulatedMachine(CognitoEmulator emulator) {
    return EmulatedMachine.in(emulator, CREDENTIALS);
  }

  @Bean
  TwinpoolConnectionDetails emulatedPool(CognitoEmulator emulator, EmulatedMachine machine) {
    return new Emulated(
        emulator.userPool().toBuilder()
            .updatedIssuerEndpoint(emulator.updatedIssuerEndpoint())
            .build(),
        // The first is the one that people sign in with.
        new LinkedHashSet<>(List.of(emulator.clientId(), machine.clientId())));
  }

  @Bean
  RegionClientBuilderCustomizer emulatedCredentials() {
    return (role, builder) -> builder.credentialsProvider(CREDENTIALS);
  }

  @Bean
  RegionAsyncClientBuilderCustomizer emulatedAsyncCredentials() {
    return (role, builder) -> builder.credentialsProvider(CREDENTIALS);
  }

  private record Emulated(UserPool userPool, Set<String> clientIds)
      implements TwinpoolConnectionDetails {}
}
