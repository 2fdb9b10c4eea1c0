package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

class DuplicatesTest {
  private EmulatorClients clients;
  private CognitoEmulator emulator;

  @BeforeEach
  void start() {
    emulator = TestEmulators.start();
    clients = new EmulatorClients(emulator);
    emulator.createUser("ada", PASSWORD);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void different_requests_are_no_duplicates() {
    clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD);
    clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD);

    assertThat(emulator.duplicates()).isZero();
  }

  @Test
  void one_request_processed_in_both_regions_is_one_duplicate_of_the_second() {
    signIn(RegionRole.PRIMARY, "request-1");
    signIn(RegionRole.SECONDARY, "request-1");

    assertThat(emulator.duplicates()).isEqualTo(1);
    assertThat(emulator.region(RegionRole.PRIMARY).duplicates()).isZero();
    assertThat(emulator.region(RegionRole.SECONDARY).duplicates("InitiateAuth")).isEqualTo(1);
    assertThat(emulator.region(RegionRole.SECONDARY).duplicates("SignUp")).isZero();
  }

  @Test
  void a_retry_by_the_sdk_of_a_request_whose_answer_was_lost_is_a_duplicate() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.answerLost());
    try (CognitoIdentityProviderClient retrying =
        EmulatorClients.builder(emulator.userPool(), RegionRole.PRIMARY)
            .overrideConfiguration(
                c ->
                    c.apiCallAttemptTimeout(Duration.ofSeconds(2))
                        .retryStrategy(strategy -> strategy.maxAttempts(2)))
            .build()) {
      try {
        retrying.initiateAuth(withoutRequestId());
      } catch (RuntimeException expected) {
        assertThat(expected).isNotInstanceOf(CognitoIdentityProviderException.class);
      }
    }

    assertThat(emulator.region(RegionRole.PRIMARY).calls("InitiateAuth")).isEqualTo(2);
    assertThat(emulator.duplicates()).isEqualTo(1);
  }

  @Test
  void reads_and_requests_that_a_region_does_not_serve_are_no_duplicates() {
    String token = clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD).accessToken();
    for (RegionRole role : RegionRole.values()) {
      clients
          .in(role)
          .getUser(
              r ->
                  r.accessToken(token)
                      .overrideConfiguration(c -> c.putHeader("x-twinpool-request-id", "read")));
      try {
        clients
            .in(role.other())
            .signUp(
                r ->
                    r.clientId(emulator.clientId())
                        .username("bob")
                        .password(PASSWORD)
                        .overrideConfiguration(
                            c -> c.putHeader("x-twinpool-request-id", "sign-up")));
      } catch (CognitoIdentityProviderException e) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("OperationNotEnabledException");
      }
    }

    assertThat(emulator.duplicates()).isZero();
  }

  private void signIn(RegionRole role, String requestId) {
    clients.in(role).initiateAuth(request(requestId));
  }

  private InitiateAuthRequest request(String requestId) {
    return withoutRequestId().toBuilder()
        .overrideConfiguration(c -> c.putHeader("x-twinpool-request-id", requestId))
        .build();
  }

  private InitiateAuthRequest withoutRequestId() {
    return InitiateAuthRequest.builder()
        .authFlow("USER_PASSWORD_AUTH")
        .clientId(emulator.clientId())
        .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD))
        .build();
  }
}
