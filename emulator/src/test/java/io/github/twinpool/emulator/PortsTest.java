package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it takes ports by their numbers")
class PortsTest {
  /** Below the ports that the system gives to those who take any. */
  private static final int LOWEST = 10_000;

  private static final int HIGHEST = 30_000;

  private static CognitoEmulator inARow(CognitoEmulator.Builder builder, int first) {
    return builder.firstPort(first).start();
  }

  /** Where a row of free ports begins. */
  private static int free() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    while (true) {
      int first = random.nextInt(LOWEST, HIGHEST);
      if (isFree(first)) {
        return first;
      }
    }
  }

  private static boolean isFree(int first) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < Ports.Listener.values().length; i++) {
        sockets.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void all_listeners_stand_in_a_row_from_the_first_port_in_their_documented_order()
      throws IOException {
    int first = free();
    try (CognitoEmulator emulator = inARow(TestEmulators.builder(), first)) {
      assertThat(
              List.of(
                  emulator.region(RegionRole.PRIMARY).endpoint(),
                  emulator.region(RegionRole.SECONDARY).endpoint(),
                  emulator.updatedIssuerEndpoint(),
                  emulator.domain(RegionRole.PRIMARY),
                  emulator.domain(RegionRole.SECONDARY),
                  emulator.customDomain(),
                  emulator.kms(RegionRole.PRIMARY).endpoint(),
                  emulator.kms(RegionRole.SECONDARY).endpoint(),
                  emulator.waf(RegionRole.PRIMARY).endpoint(),
                  emulator.waf(RegionRole.SECONDARY).endpoint(),
                  emulator.route53().endpoint(),
                  emulator.identityProvider().issuer()))
          .extracting(uri -> uri.getPort() - first)
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
  }

  @Test
  void a_port_of_its_own_goes_before_the_row() throws IOException {
    int first = free();
    try (ServerSocket taken = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress());
        CognitoEmulator emulator =
            inARow(TestEmulators.builder().secondaryPort(first + 11), first)) {
      assertThat(taken.getLocalPort()).isEqualTo(first + 1);
      assertThat(emulator.region(RegionRole.SECONDARY).endpoint().getPort()).isEqualTo(first + 11);
    }
  }

  @Test
  void a_port_in_use_is_named_and_the_others_are_given_back() throws IOException {
    int first = free();
    try (ServerSocket taken = new ServerSocket(first + 2, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> inARow(TestEmulators.builder(), first))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "port %d of 127.0.0.1 cannot be had: Address already in use", taken.getLocalPort());
    }
    assertThat(isFree(first)).isTrue();
  }

  @Test
  void a_row_that_ends_beyond_the_last_port_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestEmulators.builder().firstPort(65_530))
        .withMessage("firstPort + 16: 65546 is not from 0 to 65535");
  }
}
