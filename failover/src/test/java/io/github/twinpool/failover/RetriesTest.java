package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** What is tried again inside a Region, and what is not; with the SDK's real clients. */
class RetriesTest {
  private static final String USER = "{\"Username\":\"ada\",\"UserStatus\":\"CONFIRMED\"}";
  private static final String THROTTLED =
      "{\"__type\":\"TooManyRequestsException\",\"message\":\"Rate exceeded\"}";

  enum Style {
    SYNC,
    ASYNC
  }

  private final ScriptedService primary = new ScriptedService();
  private final ScriptedService secondary = new ScriptedService();
  private final List<RegionRole> moves = new CopyOnWriteArrayList<>();
  private MultiRegionCognito cognito;

  @BeforeEach
  void build() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
    UserPool pool =
        UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2").toBuilder()
            .endpoint(RegionRole.PRIMARY, URI.create(primary.url()))
            .endpoint(RegionRole.SECONDARY, URI.create(secondary.url()))
            .build();
    cognito =
        MultiRegionCognito.builder(pool)
            .clients(client -> client.credentialsProvider(credentials))
            .asyncClients(client -> client.credentialsProvider(credentials))
            .listener(
                new FailoverListener() {
                  @Override
                  public void onCall(CallReport report) {
                    report.attempts().stream()
                        .filter(it -> it.reason() == CallReport.Reason.RESCUE)
                        .forEach(it -> moves.add(it.role()));
                  }
                })
            .build();
  }

  @AfterEach
  void close() {
    cognito.close();
    primary.close();
    secondary.close();
  }

  private String user(Style style) {
    AdminGetUserRequest request =
        AdminGetUserRequest.builder().userPoolId("us-east-1_EXAMPLE").username("ada").build();
    if (style == Style.SYNC) {
      return cognito.client().adminGetUser(request).username();
    }
    try {
      return cognito.asyncClient().adminGetUser(request).join().username();
    } catch (java.util.concurrent.CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stale_pooled_connection_is_replaced_without_asking_the_other_region(Style style) {
    primary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    primary.resets();
    primary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    assertThat(primary.calls()).isEqualTo(3);
    assertThat(secondary.calls()).isZero();
    assertThat(moves).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_region_that_resets_twice_is_left_for_the_other(Style style) {
    primary.resets();
    primary.resets();
    secondary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    assertThat(primary.calls()).isEqualTo(2);
    assertThat(secondary.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void throttling_at_the_primary_is_retried_there_and_then_is_the_answer(Style style) {
    primary.answers(400, THROTTLED);
    primary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    for (int i = 0; i < 3; i++) {
      primary.answers(400, THROTTLED);
    }
    assertThatThrownBy(() -> user(style)).isInstanceOf(TooManyRequestsException.class);
    assertThat(primary.calls()).isEqualTo(5);
    assertThat(secondary.calls()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_throttling_secondary_is_not_asked_again_while_the_primary_may_answer(Style style) {
    cognito.override(RegionRole.SECONDARY, Duration.ofMinutes(1));
    secondary.answers(400, THROTTLED);
    primary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    assertThat(secondary.calls()).isEqualTo(1);
    assertThat(primary.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_throttling_secondary_is_asked_again_where_a_call_must_stay_there(Style style) {
    cognito.overrideStrictly(RegionRole.SECONDARY, Duration.ofMinutes(1));
    secondary.answers(400, THROTTLED);
    secondary.answers(200, USER);
    assertThat(user(style)).isEqualTo("ada");
    assertThat(secondary.calls()).isEqualTo(2);
    assertThat(primary.calls()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void an_internal_error_is_never_retried_inside_its_region(Style style) {
    primary.answers(500, "{\"__type\":\"InternalErrorException\"}");
    secondary.answers(500, "{\"__type\":\"InternalErrorException\"}");
    assertThatThrownBy(() -> user(style))
        .isInstanceOf(SdkClientException.class)
        .hasRootCauseInstanceOf(CognitoIdentityProviderException.class);
    assertThat(primary.calls()).isEqualTo(1);
    assertThat(secondary.calls()).isEqualTo(1);
  }
}
