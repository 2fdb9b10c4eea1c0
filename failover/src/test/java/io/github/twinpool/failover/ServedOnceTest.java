package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.emulator.Outage;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChangePasswordRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/**
 * What a Region has served is not sent to it again because its answer was lost to a reset: it would
 * refuse what has already succeeded.
 */
class ServedOnceTest {
  /** Which client. */
  private enum Client {
    BLOCKING,
    ASYNC
  }

  private final TwoRegions regions = new TwoRegions();

  @AfterEach
  void close() {
    regions.close();
  }

  private Throwable failure(Client client, Runnable blocking, Runnable async) {
    Throwable error = catchThrowable(() -> (client == Client.BLOCKING ? blocking : async).run());
    return error instanceof CompletionException ? error.getCause() : error;
  }

  @ParameterizedTest
  @EnumSource
  void a_sign_up_is_sent_once_and_its_end_is_unknown(Client client) {
    regions.primary(Outage.answerReset());
    Throwable failure =
        failure(
            client,
            () -> regions.cognito.client().signUp(regions.signUp("grace")),
            () -> regions.cognito.asyncClient().signUp(regions.signUp("grace")).join());
    assertThat(regions.emulator.region(PRIMARY).calls("SignUp")).isEqualTo(1);
    assertThat(failure).isInstanceOf(RegionsUnavailableException.class);
    assertThat(RequestState.of(failure)).isEqualTo(RequestState.UNKNOWN);
    assertThat(((RegionsUnavailableException) failure).retryable())
        .as("a generic retry would do it twice")
        .isFalse();
    assertThat(failure).hasMessageContaining("did not answer");
  }

  @ParameterizedTest
  @EnumSource
  void so_is_a_change_of_password(Client client) {
    AuthenticationResultType tokens =
        regions.cognito.client().initiateAuth(regions.signIn()).authenticationResult();
    ChangePasswordRequest change =
        ChangePasswordRequest.builder()
            .accessToken(tokens.accessToken())
            .previousPassword(TwoRegions.PASSWORD)
            .proposedPassword("Correct-Horse-8")
            .build();
    regions.primary(Outage.answerReset());
    Throwable failure =
        failure(
            client,
            () -> regions.cognito.client().changePassword(change),
            () -> regions.cognito.asyncClient().changePassword(change).join());
    assertThat(regions.emulator.region(PRIMARY).calls("ChangePassword")).isEqualTo(1);
    assertThat(RequestState.of(failure)).isEqualTo(RequestState.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void a_refresh_that_rotates_is_sent_once(Client client) {
    try (MultiRegionCognito rotating = regions.builder().refreshRotation(true).build()) {
      String token =
          rotating.client().initiateAuth(regions.signIn()).authenticationResult().refreshToken();
      InitiateAuthRequest refresh =
          InitiateAuthRequest.builder()
              .clientId(regions.emulator.clientId())
              .authFlow("REFRESH_TOKEN_AUTH")
              .authParameters(Map.of("REFRESH_TOKEN", token))
              .build();
      long before = regions.emulator.region(PRIMARY).calls("InitiateAuth");
      regions.primary(Outage.answerReset());
      Throwable failure =
          failure(
              client,
              () -> rotating.client().initiateAuth(refresh),
              () -> rotating.asyncClient().initiateAuth(refresh).join());
      assertThat(regions.emulator.region(PRIMARY).calls("InitiateAuth") - before).isEqualTo(1);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
      assertThat(RequestState.of(failure)).isEqualTo(RequestState.UNKNOWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_read_is_sent_once_more_and_then_the_other_region_is_asked(Client client) {
    AdminGetUserRequest read =
        AdminGetUserRequest.builder()
            .userPoolId(regions.emulator.userPool().id())
            .username(TwoRegions.USER)
            .build();
    regions.primary(Outage.answerReset());
    assertThat(
            failure(
                client,
                () -> regions.cognito.client().adminGetUser(read),
                () -> regions.cognito.asyncClient().adminGetUser(read).join()))
        .isNull();
    assertThat(regions.emulator.region(PRIMARY).calls("AdminGetUser")).isEqualTo(2);
    assertThat(regions.emulator.region(SECONDARY).calls("AdminGetUser")).isEqualTo(1);
  }
}
