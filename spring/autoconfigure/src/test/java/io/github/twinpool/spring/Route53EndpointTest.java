package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** What a health check is read by keeps to the rule for addresses, wherever its client is from. */
@Isolated("sets a system property that the SDK reads")
class Route53EndpointTest {
  private static final String PROPERTY = "aws.endpointUrlRoute53:";
  private static final String PLAIN = "http://route53.example.com";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  TwinpoolAutoConfiguration.class,
                  TwinpoolFailoverAutoConfiguration.class,
                  TwinpoolHealthSignalAutoConfiguration.class))
          .withPropertyValues(AutoConfigurationTest.POOL)
          .withPropertyValues("twinpool.health-check.id=check")
          .withBean(AwsCredentialsProvider.class, AnonymousCredentialsProvider::create);

  @Test
  void plain_http_of_the_sdks_own_settings_is_refused() {
    runner
        .withSystemProperties(PROPERTY + PLAIN)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(PLAIN));
    runner
        .withSystemProperties(PROPERTY + "http://127.0.0.1:9")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void plain_http_of_a_client_of_the_applications_own_is_refused() {
    runner
        .withBean(
            Route53Client.class,
            () ->
                Route53Client.builder()
                    .region(Region.AWS_GLOBAL)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .endpointOverride(URI.create(PLAIN))
                    .build())
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(PLAIN));
  }
}
