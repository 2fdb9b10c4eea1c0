package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;

/**
 * A clock that is wrong is set right by the SDK inside a Region: a refused signature is no outage.
 * By itself, because the SDK keeps the correction for all clients of the process.
 */
@Isolated
class ClockSkewTest {
  private static final String USER = "{\"Username\":\"ada\",\"UserStatus\":\"CONFIRMED\"}";
  private static final String SKEWED =
      "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired\"}";
  private static final AdminGetUserRequest REQUEST =
      AdminGetUserRequest.builder().userPoolId("us-east-1_EXAMPLE").username("ada").build();

  private final ScriptedService primary = new ScriptedService();
  private final ScriptedService secondary = new ScriptedService();
  private final MultiRegionCognito cognito = build();

  private MultiRegionCognito build() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
    return MultiRegionCognito.builder(
            UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2").toBuilder()
                .endpoint(RegionRole.PRIMARY, URI.create(primary.url()))
                .endpoint(RegionRole.SECONDARY, URI.create(secondary.url()))
                .build())
        .clients(client -> client.credentialsProvider(credentials))
        .asyncClients(client -> client.credentialsProvider(credentials))
        .build();
  }

  @AfterEach
  void close() {
    cognito.close();
    primary.close();
    secondary.close();
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  @Test
  void the_blocking_client_signs_again_with_the_time_of_the_answer() {
    theServiceIsAnHourAhead();
    assertThat(cognito.client().adminGetUser(REQUEST).username()).isEqualTo("ada");
    theSecondSignatureIsNewer();
  }

  @Test
  void the_async_client_signs_again_with_the_time_of_the_answer() {
    theServiceIsAnHourAhead();
    assertThat(cognito.asyncClient().adminGetUser(REQUEST).join().username()).isEqualTo("ada");
    theSecondSignatureIsNewer();
  }

  private void theServiceIsAnHourAhead() {
    primary.answers(403, SKEWED, Instant.now().plus(Duration.ofHours(1)));
    primary.answers(200, USER);
  }

  private void theSecondSignatureIsNewer() {
    assertThat(primary.calls()).isEqualTo(2);
    assertThat(secondary.calls()).isZero();
    String before = primary.header(0, "x-amz-date");
    String after = primary.header(1, "x-amz-date");
    // 20260102T03: the day and the hour.
    assertThat(after.substring(0, 11)).isGreaterThan(before.substring(0, 11));
  }
}
