package io.github.twinpool.spring.test;

import io.github.twinpool.IssuerType;
import io.github.twinpool.emulator.CognitoEmulator;
import java.util.Objects;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

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

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    if (!annotated && !isAskedFor(context.getEnvironment())) {
      return;
    }
    if (!(context.getBeanFactory() instanceof BeanDefinitionRegistry registry)) {
      throw new IllegalStateException("The emulator wants a context that takes beans");
    }
    EmulatorBeans.register(
        registry,
        Objects.requireNonNull(context.getClassLoader()),
        () -> start(new EmulatorProperties(context.getEnvironment(), context)),
        () -> context.getBean(CognitoEmulator.class));
  }

  /** Properties of the test and those of files are all there by now. */
  private static boolean isAskedFor(Environment environment) {
    String value = environment.getProperty(PROPERTY, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalStateException(PROPERTY + " '" + value + "': wants true or false");
    }
    return value.equals("true");
  }

  private CognitoEmulator start(EmulatorProperties properties) {
    CognitoEmulator.Builder builder =
        CognitoEmulator.builder().secondaryRegion(secondaryRegion).issuerType(issuerType);
    if (!primaryRegion.isEmpty()) {
      builder.primaryRegion(primaryRegion);
    }
    properties.apply(builder);
    return builder.start();
  }
}
