package io.github.twinpool.spring.test;

import java.util.List;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Looks for {@link TwinpoolEmulator} on a test class. Without it, the property is looked for when
 * the context has its properties.
 */
final class EmulatorContextCustomizerFactory implements ContextCustomizerFactory {
  private static final TwinpoolEmulator DEFAULTS =
      AnnotationUtils.synthesizeAnnotation(TwinpoolEmulator.class);

  @Override
  public ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    TwinpoolEmulator found =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, TwinpoolEmulator.class);
    TwinpoolEmulator emulator = found == null ? DEFAULTS : found;
    return new EmulatorContextCustomizer(
        found != null, emulator.primaryRegion(), emulator.secondaryRegion(), emulator.issuerType());
  }
}
