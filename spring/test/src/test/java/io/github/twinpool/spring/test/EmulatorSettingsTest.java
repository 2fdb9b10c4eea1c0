package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.spring.TwinpoolConnectionDetails;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** The properties that fix what the emulator is, in tests and at development time. */
class EmulatorSettingsTest {
  private static final String SECRET = "0123456789012345678901234567";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(TwinpoolEmulatorConfiguration.class);

  @Nested
  @SpringBootTest(
      classes = TwinpoolEmulatorTest.App.class,
      properties = {
        "twinpool.test.pools=classpath:pools.yaml",
        "twinpool.test.user-pool-id=eu-west-1_FIXED",
        "twinpool.test.secondary-region=eu-central-1"
      })
  @TwinpoolEmulator
  class InTests {
    @Autowired private CognitoEmulator emulator;
    @Autowired private UserPool pool;
    @Autowired private TwinpoolConnectionDetails details;
    @Autowired private CognitoIdentityProviderClient client;

    @Test
    void the_pool_of_the_file_has_the_id_of_the_property_and_its_users_sign_in() {
      assertThat(pool.id()).isEqualTo("eu-west-1_FIXED");
      assertThat(pool.region(RegionRole.SECONDARY)).isEqualTo("eu-central-1");
      assertThat(details.clientIds()).containsExactlyInAnyOrder("shopweb", "shopadmin");
      assertThat(
              client
                  .initiateAuth(
                      it ->
                          it.clientId(emulator.clientId())
                              .authFlow("USER_PASSWORD_AUTH")
                              .authParameters(
                                  Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")))
                  .authenticationResult()
                  .accessToken())
          .isNotEmpty();
    }
  }

  @Test
  void ids_and_the_secret_are_those_of_the_properties() {
    runner
        .withPropertyValues(
            "twinpool.test.user-pool-id=us-east-1_FIXED",
            "twinpool.test.client-id=fixed",
            "twinpool.test.client-secret=" + SECRET)
        .run(
            context -> {
              CognitoEmulator emulator = context.getBean(CognitoEmulator.class);
              assertThat(emulator.userPool().id()).isEqualTo("us-east-1_FIXED");
              assertThat(emulator.clientId()).isEqualTo("fixed");
              assertThat(emulator.clientSecret()).hasValue(SECRET);
              assertThat(context.getBean(TwinpoolConnectionDetails.class).userPool().id())
                  .isEqualTo("us-east-1_FIXED");
            });
  }

  @Test
  void a_port_in_use_fails_the_start_and_is_named() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // A row of twelve must end before the last port.
      int port = Math.min(taken.getLocalPort(), 65_000);
      runner
          .withPropertyValues("twinpool.test.port=" + port)
          .run(
              context ->
                  assertThat(context)
                      .getFailure()
                      .rootCause()
                      .satisfies(
                          e -> assertThat(e).hasMessageContaining("Address already in use")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|nine|twinpool.test.port 'nine': must be a number",
        "port|70000|twinpool.test.port: firstPort: 70000 is not from 0 to 65535",
        "client-id|my app|twinpool.test.client-id: clientId 'my app': not 1 to 128 letters",
        "client-secret|s3cret|twinpool.test.client-secret: clientSecret: not 24 to 64 letters",
        "pools|classpath:none.yaml|twinpool.test.pools: 'classpath:none.yaml' cannot be read",
        "pools|classpath:bad-pools.yaml|twinpool.test.pools: pools, line 2: 'user' is unknown"
      })
  void a_value_that_cannot_be_is_told_with_its_property(
      String property, String value, String complaint) {
    assertThatThrownBy(
            () ->
                runner
                    .withPropertyValues("twinpool.test." + property + "=" + value)
                    .run(context -> context.getBean(CognitoEmulator.class)))
        .hasStackTraceContaining(complaint)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
  }

  private static String stackTrace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** As a class beside the application does it, which an IDE or spring-boot:test-run runs. */
  @Test
  void an_application_at_development_time_has_one() {
    try (ConfigurableApplicationContext context =
        SpringApplication.from(EmulatorSettingsTest::start)
            .with(TwinpoolEmulatorConfiguration.class)
            .run("--spring.main.web-application-type=none")
            .getApplicationContext()) {
      assertThat(context.getBeansOfType(CognitoEmulator.class)).hasSize(1);
      assertThat(context.getBean(UserPool.class).id())
          .isEqualTo(context.getBean(CognitoEmulator.class).userPool().id());
    }
  }

  static void start(String[] arguments) {
    SpringApplication.run(TwinpoolEmulatorTest.App.class, arguments);
  }
}
