package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** The property instead of the annotation, and beside it. */
class EmulatorPropertyTest {
  @Nested
  @SpringBootTest(
      classes = TwinpoolEmulatorTest.App.class,
      properties = "twinpool.test.emulator=true")
  class ByProperty {
    @Autowired private CognitoEmulator emulator;
    @Autowired private CognitoIdentityProviderClient client;

    @Test
    void a_user_signs_in_during_an_outage() {
      emulator.createUser("grace", "Correct-Horse-7");
      emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
      try {
        assertThat(
                client
                    .initiateAuth(
                        it ->
                            it.clientId(emulator.clientId())
                                .authFlow("USER_PASSWORD_AUTH")
                                .authParameters(
                                    Map.of("USERNAME", "grace", "PASSWORD", "Correct-Horse-7")))
                    .authenticationResult()
                    .accessToken())
            .isNotEmpty();
      } finally {
        emulator.region(RegionRole.PRIMARY).recover();
      }
    }
  }

  /** As a file below src/test/resources would set it. */
  @Nested
  @SpringBootTest(
      classes = TwinpoolEmulatorTest.App.class,
      properties = "spring.config.location=classpath:/with-emulator.properties")
  class ByFile {
    @Autowired private ApplicationContext context;

    @Test
    void there_is_one_emulator() {
      assertThat(context.getBeansOfType(CognitoEmulator.class)).hasSize(1);
    }
  }

  @Nested
  @SpringBootTest(
      classes = TwinpoolEmulatorTest.App.class,
      properties = "twinpool.test.emulator=true")
  @TwinpoolEmulator(primaryRegion = "eu-west-1", secondaryRegion = "eu-central-1")
  class ByBoth {
    @Autowired private ApplicationContext context;

    @Test
    void there_is_one_emulator_and_it_is_what_the_annotation_says() {
      assertThat(context.getBeansOfType(CognitoEmulator.class)).hasSize(1);
      assertThat(context.getBean(UserPool.class).primaryRegion()).isEqualTo("eu-west-1");
    }
  }

  @Nested
  @SpringBootTest(
      classes = TwinpoolEmulatorTest.App.class,
      properties = {
        "twinpool.user-pool-id=us-east-1_EXAMPLE",
        "twinpool.client-ids=app",
        "twinpool.endpoints.primary=http://127.0.0.1:9",
        "twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
        "twinpool.token.preload=none"
      })
  class ByNeither {
    @Autowired private ApplicationContext context;

    @Test
    void there_is_no_emulator() {
      assertThat(context.getBeansOfType(CognitoEmulator.class)).isEmpty();
      assertThat(context.getBean(UserPool.class).id()).isEqualTo("us-east-1_EXAMPLE");
    }
  }

  @Test
  void a_value_that_is_neither_true_nor_false_is_named() {
    ContextCustomizer customizer =
        new EmulatorContextCustomizerFactory().createContextCustomizer(ByNeither.class, List.of());
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.setEnvironment(new MockEnvironment().withProperty("twinpool.test.emulator", "yes"));
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  customizer.customizeContext(
                      context,
                      new MergedContextConfiguration(ByNeither.class, null, null, null, null)))
          .withMessageContainingAll("twinpool.test.emulator", "yes");
    }
  }
}
