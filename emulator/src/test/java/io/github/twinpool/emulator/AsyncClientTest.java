package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

class AsyncClientTest {
  private CognitoEmulator emulator;

  @BeforeEach
  void start() {
    emulator = TestEmulators.start();
    emulator.createUser("ada", PASSWORD);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void forty_sign_ins_at_once_get_tokens_of_their_own(RegionRole role) {
    try (CognitoIdentityProviderAsyncClient client = client(role)) {
      List<CompletableFuture<InitiateAuthResponse>> signIns =
          IntStream.range(0, 40).mapToObj(i -> signIn(client, PASSWORD)).toList();

      assertThat(signIns)
          .extracting(signIn -> signIn.join().authenticationResult().accessToken())
          .doesNotHaveDuplicates()
          .hasSize(40);
    }
    assertThat(emulator.region(role).calls("InitiateAuth")).isEqualTo(40);
  }

  @ParameterizedTest
  @EnumSource
  void errors_and_pages_reach_an_async_client(RegionRole role) {
    IntStream.range(0, 12).forEach(i -> emulator.createUser("user-" + i, PASSWORD));
    try (CognitoIdentityProviderAsyncClient client = client(role)) {
      assertThatThrownBy(() -> signIn(client, "wrong").join())
          .hasCauseInstanceOf(NotAuthorizedException.class);

      ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
      client
          .listUsersPaginator(r -> r.userPoolId(emulator.userPool().id()).limit(5))
          .users()
          .subscribe(user -> names.add(user.username()))
          .join();
      assertThat(names).hasSize(13).doesNotHaveDuplicates();
    }
  }

  private CompletableFuture<InitiateAuthResponse> signIn(
      CognitoIdentityProviderAsyncClient client, String password) {
    return client.initiateAuth(
        r ->
            r.authFlow("USER_PASSWORD_AUTH")
                .clientId(emulator.clientId())
                .authParameters(Map.of("USERNAME", "ada", "PASSWORD", password)));
  }

  private CognitoIdentityProviderAsyncClient client(RegionRole role) {
    UserPool pool = emulator.userPool();
    return CognitoIdentityProviderAsyncClient.builder()
        .region(Region.of(pool.region(role)))
        .endpointOverride(pool.endpoint(role))
        .credentialsProvider(EmulatorClients.CREDENTIALS)
        .build();
  }
}
