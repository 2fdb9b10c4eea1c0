package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

class SignInTest {
  private static EmulatorClients clients;

  @BeforeAll
  static void start() {
    clients = new EmulatorClients(TestEmulators.start());
    clients.emulator.createUser("ada", EmulatorClients.PASSWORD);
  }

  @AfterAll
  static void stop() {
    clients.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_user_signs_in_reads_themselves_and_refreshes_in_each_region(RegionRole role) {
    AuthenticationResultType tokens = clients.signIn(role, "ada", EmulatorClients.PASSWORD);

    assertThat(tokens.tokenType()).isEqualTo("Bearer");
    assertThat(tokens.expiresIn()).isEqualTo(3600);
    assertThat(clients.in(role).getUser(r -> r.accessToken(tokens.accessToken())).username())
        .isEqualTo("ada");
    AuthenticationResultType refreshed = clients.refresh(role, tokens.refreshToken());
    assertThat(refreshed.refreshToken()).isNull();
    assertThat(refreshed.accessToken()).isNotEqualTo(tokens.accessToken());
  }

  @ParameterizedTest
  @EnumSource
  void tokens_of_one_region_work_in_the_other(RegionRole role) {
    AuthenticationResultType tokens = clients.signIn(role, "ada", EmulatorClients.PASSWORD);

    assertThat(clients.refresh(role.other(), tokens.refreshToken()).idToken()).isNotNull();
    assertThat(
            clients.in(role.other()).getUser(r -> r.accessToken(tokens.accessToken())).username())
        .isEqualTo("ada");
  }

  @Test
  void a_wrong_password_is_answered_like_an_unknown_user() {
    for (String username : new String[] {"ada", "nobody"}) {
      assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, username, "wrong"))
          .isInstanceOfSatisfying(
              NotAuthorizedException.class,
              e -> {
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo("Incorrect username or password.");
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.requestId()).isNotBlank();
              });
    }
  }
}
