package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many pools there may be, and what each costs. */
class ManyPoolsTest {
  @Test
  void a_pool_has_keys_of_its_own_which_are_made_when_they_are_first_needed() {
    AtomicInteger made = new AtomicInteger();
    CognitoEmulator.Builder builder = TestEmulators.builder();
    builder.options.keys =
        random -> PoolKeys.of(counted(random, made), counted(random, made), random);
    try (EmulatorClients clients = new EmulatorClients(builder.start())) {
      assertThat(made).as("of the pool made at start").hasValue(2);
      List<String> pools = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        pools.add(clients.primary.createUserPool(r -> r.poolName("p")).userPool().id());
      }
      clients.primary.adminCreateUser(r -> r.userPoolId(pools.get(0)).username("bob"));
      assertThat(made).hasValue(2);

      String first = keys(clients, pools.get(0));
      assertThat(made).hasValue(4);
      assertThat(keys(clients, pools.get(0))).isEqualTo(first);
      assertThat(keys(clients, pools.get(1))).isNotEqualTo(first);
      assertThat(made).hasValue(6);
    }
  }

  private static SigningKey counted(SecureRandom random, AtomicInteger made) {
    return SigningKey.of(
        random,
        id -> {
          made.incrementAndGet();
          return SigningKey.generate(random, id);
        });
  }

  private static String keys(EmulatorClients clients, String pool) {
    return new String(
        new RawClient()
            .get(
                clients
                    .emulator
                    .region(RegionRole.PRIMARY)
                    .endpoint()
                    .resolve("/" + pool + "/.well-known/jwks.json"))
            .response()
            .body(),
        StandardCharsets.UTF_8);
  }

  /** Whoever never signs in by SRP costs no SRP verifier: 3072 bits, and milliseconds. */
  @Test
  @Tag("slow")
  void a_thousand_pools_with_a_hundred_thousand_users_fit_in_512_megabytes()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                ManyPools.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(printed);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      assertThat(printed).contains("pools=1000", "users=100000", "signed in at the last");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The keys of the pool made at start are most of it. */
  @Test
  @Tag("slow")
  void an_emulator_starts_within_a_second_in_a_warm_jvm() {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long before = System.nanoTime();
      CognitoEmulator emulator = CognitoEmulator.start();
      took.add(Duration.ofNanos(System.nanoTime() - before));
      emulator.close();
    }
    assertThat(took.subList(3, took.size()))
        .as("%s", took)
        .allSatisfy(it -> assertThat(it).isLessThan(Duration.ofSeconds(1)));
  }
}
