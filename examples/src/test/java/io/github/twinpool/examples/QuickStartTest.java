package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.token.AccessToken;
import org.junit.jupiter.api.Test;

class QuickStartTest {
  @Test
  void the_readmes_lines_sign_in_and_validate() {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      emulator.createUser("ada", "Correct-Horse-7");

      assertThat(signIn(emulator).username()).contains("ada");
    }
  }

  @Test
  void they_do_so_too_when_they_start_while_the_primary_refuses_connections() {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      emulator.createUser("ada", "Correct-Horse-7");
      emulator.region(RegionRole.PRIMARY).outage(Outage.refused());

      assertThat(signIn(emulator).username()).contains("ada");
      assertThat(emulator.region(RegionRole.SECONDARY).calls("InitiateAuth")).isEqualTo(1);
    }
  }

  private static AccessToken signIn(CognitoEmulator emulator) {
    return QuickStart.signIn(emulator.userPool(), emulator.clientId(), "ada", "Correct-Horse-7");
  }
}
