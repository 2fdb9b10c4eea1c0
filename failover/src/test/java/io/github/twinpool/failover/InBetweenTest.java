package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;

/** What answers in place of a Region (a proxy, a captive portal) is no Region's answer. */
class InBetweenTest {
  private static final String HTML = "<html><body>Please sign in to the network</body></html>";

  private final ScriptedService primary = new ScriptedService();
  private final ScriptedService secondary = new ScriptedService();
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
            .build();
  }

  @AfterEach
  void close() {
    cognito.close();
    primary.close();
    secondary.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(302, 403, 407, 429, 200)
        .flatMap(status -> Stream.of(Arguments.of(status, false), Arguments.of(status, true)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void its_answer_sends_the_call_to_the_other_region_at_once(int status, boolean async) {
    primary.answers(status, HTML);
    secondary.answers(200, "{\"Username\":\"ada\"}");
    AdminGetUserRequest request =
        AdminGetUserRequest.builder().userPoolId("us-east-1_EXAMPLE").username("ada").build();
    String user =
        async
            ? cognito.asyncClient().adminGetUser(request).join().username()
            : cognito.client().adminGetUser(request).username();
    assertThat(user).isEqualTo("ada");
    assertThat(primary.calls()).isEqualTo(1);
    assertThat(secondary.calls()).isEqualTo(1);
  }
}
