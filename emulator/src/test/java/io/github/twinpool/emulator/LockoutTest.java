package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** The lockout rests on the facts page: after 5 wrong passwords 1 s, doubling to about 15 min. */
class LockoutTest {
  private static final String WRONG = "Incorrect username or password.";
  private static final String LOCKED = "Password attempts exceeded";

  private final TestClock clock = new TestClock();
  private EmulatorClients clients;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.builder().clock(clock).start());
    clients.emulator.createUser("ada", EmulatorClients.PASSWORD);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void five_wrong_passwords_lock_for_a_second_and_each_further_one_for_twice_as_long() {
    for (int i = 0; i < 5; i++) {
      refused(RegionRole.PRIMARY, "wrong", WRONG);
    }
    for (int seconds = 1; seconds <= 512; seconds *= 2) {
      refused(RegionRole.PRIMARY, EmulatorClients.PASSWORD, LOCKED);
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      refused(RegionRole.PRIMARY, EmulatorClients.PASSWORD, LOCKED);
      clock.advance(Duration.ofMillis(1));
      refused(RegionRole.PRIMARY, "wrong", WRONG);
    }
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    refused(RegionRole.PRIMARY, EmulatorClients.PASSWORD, LOCKED);
    clock.advance(Duration.ofMillis(1));
    assertThat(clients.signIn(RegionRole.PRIMARY, "ada", EmulatorClients.PASSWORD)).isNotNull();
    refused(RegionRole.PRIMARY, "wrong", WRONG);
  }

  @Test
  void each_region_counts_for_itself() {
    for (int i = 0; i < 5; i++) {
      refused(RegionRole.PRIMARY, "wrong", WRONG);
    }
    refused(RegionRole.PRIMARY, EmulatorClients.PASSWORD, LOCKED);

    assertThat(clients.signIn(RegionRole.SECONDARY, "ada", EmulatorClients.PASSWORD)).isNotNull();
    refused(RegionRole.PRIMARY, EmulatorClients.PASSWORD, LOCKED);
  }

  @Test
  void fifteen_minutes_of_peace_reset_the_counter() {
    for (int i = 0; i < 6; i++) {
      refused(RegionRole.PRIMARY, "wrong", i < 5 ? WRONG : LOCKED);
    }
    clock.advance(Duration.ofMinutes(16));
    for (int i = 0; i < 5; i++) {
      refused(RegionRole.PRIMARY, "wrong", WRONG);
    }
    refused(RegionRole.PRIMARY, "wrong", LOCKED);
  }

  @Test
  void an_unknown_user_is_locked_out_like_a_known_one() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, "nobody", "wrong"))
          .hasMessageContaining(WRONG);
    }
    assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, "nobody", "wrong"))
        .hasMessageContaining(LOCKED);
  }

  private void refused(RegionRole role, String password, String message) {
    assertThatThrownBy(() -> clients.signIn(role, "ada", password))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(message);
  }
}
