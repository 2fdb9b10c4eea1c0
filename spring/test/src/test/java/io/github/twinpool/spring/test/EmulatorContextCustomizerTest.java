package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Which tests share an emulator, and when it ends. */
class EmulatorContextCustomizerTest {
  private final EmulatorContextCustomizerFactory factory = new EmulatorContextCustomizerFactory();

  @Test
  void equal_annotations_share_a_context_and_others_do_not() {
    assertThat(customizer(One.class))
        .isEqualTo(customizer(Same.class))
        .isEqualTo(customizer(Inherits.class))
        .hasSameHashCodeAs(customizer(Same.class))
        .isNotEqualTo(customizer(Other.class));
    assertThat(customizer(None.class))
        .as("by property, if at all")
        .isEqualTo(customizer(NoneEither.class))
        .isNotEqualTo(customizer(One.class));
  }

  @Test
  void the_emulator_is_what_the_annotation_says_and_closes_with_the_context() throws IOException {
    URI endpoint;
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      customizer(Other.class)
          .customizeContext(
              context, new MergedContextConfiguration(Other.class, null, null, null, null));
      context.refresh();
      CognitoEmulator emulator = context.getBean(CognitoEmulator.class);
      endpoint = emulator.region(RegionRole.PRIMARY).endpoint();
      TwinpoolConnectionDetails details = context.getBean(TwinpoolConnectionDetails.class);
      assertThat(details.userPool().primaryRegion()).isEqualTo("eu-west-1");
      assertThat(details.userPool().endpoint(RegionRole.PRIMARY)).isEqualTo(endpoint);
      assertThat(details.userPool().jwksUri(IssuerType.UPDATED).getHost()).isEqualTo("127.0.0.1");
      for (RegionRole role : RegionRole.values()) {
        assertThat(details.userPool().domain(role)).hasValue(emulator.domain(role));
      }
      assertThat(details.clientIds()).containsExactly(emulator.clientId());
      new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort()).close();
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort()).close());
  }

  private ContextCustomizer customizer(Class<?> testClass) {
    return factory.createContextCustomizer(testClass, List.of());
  }

  @TwinpoolEmulator
  static class One {}

  @TwinpoolEmulator
  static class Same {}

  static class Inherits extends One {}

  @TwinpoolEmulator(
      primaryRegion = "eu-west-1",
      secondaryRegion = "eu-central-1",
      issuerType = IssuerType.UPDATED)
  static class Other {}

  static class None {}

  static class NoneEither {}
}
