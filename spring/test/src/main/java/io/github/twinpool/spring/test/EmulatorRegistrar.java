package io.github.twinpool.spring.test;

import io.github.twinpool.emulator.CognitoEmulator;
import java.util.Objects;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Brings the beans of {@link TwinpoolEmulatorConfiguration}, before auto-configuration. */
final class EmulatorRegistrar implements ImportBeanDefinitionRegistrar {
  private final EmulatorProperties properties;
  private final BeanFactory beans;
  private final ClassLoader classes;

  EmulatorRegistrar(Environment environment, ResourceLoader resources, BeanFactory beans) {
    properties = new EmulatorProperties(environment, resources);
    this.beans = beans;
    classes =
        Objects.requireNonNullElseGet(
            resources.getClassLoader(),
            () -> Objects.requireNonNull(ClassUtils.getDefaultClassLoader()));
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    EmulatorBeans.register(
        registry, classes, this::start, () -> beans.getBean(CognitoEmulator.class));
  }

  private CognitoEmulator start() {
    CognitoEmulator.Builder builder = CognitoEmulator.builder();
    properties.apply(builder);
    return builder.start();
  }
}
