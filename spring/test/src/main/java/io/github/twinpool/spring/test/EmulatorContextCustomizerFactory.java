package io.github.twinpool.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Looks for {@link TwinpoolEmulator} on a test class. */
final class EmulatorContextCustomizerFactory implements ContextCustomizerFactory {
  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    TwinpoolEmulator emulator =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, TwinpoolEmulator.class);
    return emulator == null
        ? null
        : new EmulatorContextCustomizer(
            emulator.primaryRegion(), emulator.secondaryRegion(), emulator.issuerType());
  }
}
