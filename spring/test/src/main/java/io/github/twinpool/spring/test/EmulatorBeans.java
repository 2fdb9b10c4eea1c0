package io.github.twinpool.spring.test;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.util.ClassUtils;

/** The beans that bring an emulator and lead Twinpool to it. */
final class EmulatorBeans {
  private static final String EMULATOR = "cognitoEmulator";
  private static final String ROUTED = "io.github.twinpool.failover.MultiRegionCognito";

  private EmulatorBeans() {}

  /**
   * Registers them, unless there is an emulator already.
   *
   * @param emulator finds the bean that {@code start} makes
   */
  static void register(
      BeanDefinitionRegistry registry,
      ClassLoader classes,
      Supplier<CognitoEmulator> start,
      Supplier<CognitoEmulator> emulator) {
    if (registry.containsBeanDefinition(EMULATOR)) {
      return;
    }
    BeanDefinition started =
        BeanDefinitionBuilder.genericBeanDefinition(CognitoEmulator.class, start)
            .setDestroyMethodName("close")
            .getBeanDefinition();
    BeanDefinition details =
        BeanDefinitionBuilder.genericBeanDefinition(
                TwinpoolConnectionDetails.class, () -> details(emulator.get()))
            .addDependsOn(EMULATOR)
            .getBeanDefinition();
    registry.registerBeanDefinition(EMULATOR, started);
    registry.registerBeanDefinition("twinpoolConnectionDetails", details);
    if (ClassUtils.isPresent(ROUTED, classes)) {
      EmulatorCredentials.register(registry);
    }
  }

  private static TwinpoolConnectionDetails details(CognitoEmulator emulator) {
    return new EmulatorConnectionDetails(
        emulator.userPool().toBuilder()
            .updatedIssuerEndpoint(emulator.updatedIssuerEndpoint())
            .build(),
        emulator.clientIds());
  }

  private record EmulatorConnectionDetails(UserPool userPool, Set<String> clientIds)
      implements TwinpoolConnectionDetails {}
}
