package io.github.twinpool.spring.test;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.util.Set;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Puts the emulator into a context. Equal ones share a cached context. There is one for each test,
 * so that annotation and property together start one emulator.
 *
 * @param annotated whether the test has the annotation; if not, the property decides
 */
record EmulatorContextCustomizer(
    boolean annotated, String primaryRegion, String secondaryRegion, IssuerType issuerType)
    implements ContextCustomizer {
  private static final String PROPERTY = "twinpool.test.emulator";
  private static final String EMULATOR = "cognitoEmulator";
  private static final String ROUTED = "io.github.twinpool.failover.MultiRegionCognito";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    if (!annotated && !isAskedFor(context.getEnvironment())) {
      return;
    }
    if (!(context.getBeanFactory() instanceof BeanDefinitionRegistry registry)) {
      throw new IllegalStateException("The emulator wants a context that takes beans");
    }
    BeanDefinition emulator =
        BeanDefinitionBuilder.genericBeanDefinition(CognitoEmulator.class, this::start)
            .setDestroyMethodName("close")
            .getBeanDefinition();
    BeanDefinition details =
        BeanDefinitionBuilder.genericBeanDefinition(
                TwinpoolConnectionDetails.class,
                () -> details(context.getBean(EMULATOR, CognitoEmulator.class)))
            .addDependsOn(EMULATOR)
            .getBeanDefinition();
    registry.registerBeanDefinition(EMULATOR, emulator);
    registry.registerBeanDefinition("twinpoolConnectionDetails", details);
    if (ClassUtils.isPresent(ROUTED, context.getClassLoader())) {
      EmulatorCredentials.register(registry);
    }
  }

  /** Properties of the test and those of files are all there by now. */
  private static boolean isAskedFor(Environment environment) {
    String value = environment.getProperty(PROPERTY, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalStateException(PROPERTY + " '" + value + "': wants true or false");
    }
    return value.equals("true");
  }

  private CognitoEmulator start() {
    return CognitoEmulator.builder()
        .primaryRegion(primaryRegion)
        .secondaryRegion(secondaryRegion)
        .issuerType(issuerType)
        .start();
  }

  private static TwinpoolConnectionDetails details(CognitoEmulator emulator) {
    UserPool pool =
        emulator.userPool().toBuilder()
            .updatedIssuerEndpoint(emulator.updatedIssuerEndpoint())
            .build();
    return new EmulatorConnectionDetails(pool, Set.of(emulator.clientId()));
  }

  private record EmulatorConnectionDetails(UserPool userPool, Set<String> clientIds)
      implements TwinpoolConnectionDetails {}
}
