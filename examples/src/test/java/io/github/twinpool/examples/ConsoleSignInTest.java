package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.SignIn;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** Ada at the console, with an authenticator, on a day with an outage. */
class ConsoleSignInTest {
  private static final String PASSWORD = "Correct-Horse-7";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final Ada ada = new Ada();
  private CognitoEmulator emulator;
  private MultiRegionCognito cognito;
  private ConsoleSignIn console;

  @BeforeEach
  void start() {
    emulator = CognitoEmulator.builder().clock(now::get).replicationLag(Duration.ZERO).start();
    emulator.createUser("ada", PASSWORD);
    cognito =
        MultiRegionCognito.builder(emulator.userPool())
            .clients(
                it ->
                    it.credentialsProvider(
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create("AKIDEXAMPLE", "example"))))
            .policy(
                FailoverPolicy.builder()
                    .dwell(Duration.ofSeconds(1))
                    .failbackStep(Duration.ofMillis(300))
                    .suspectProbeInterval(Duration.ofMillis(200))
                    .build())
            .build();
    cognito
        .client(RegionRole.PRIMARY)
        .setUserPoolMfaConfig(
            it ->
                it.userPoolId(emulator.userPool().id())
                    .mfaConfiguration(UserPoolMfaType.ON)
                    .softwareTokenMfaConfiguration(c -> c.enabled(true)));
    console = new ConsoleSignIn(SignIn.builder(cognito, emulator.clientId()).build(), ada);
  }

  @AfterEach
  void stop() {
    cognito.close();
    emulator.close();
  }

  @Test
  void ada_sets_her_authenticator_up_and_signs_in_with_it_and_mistypes_once() {
    assertThat(console.run("ada")).isPresent();
    now.updateAndGet(it -> it.plusSeconds(30));
    ada.mistypes = true;
    assertThat(console.run("ada")).isPresent();
    assertThat(ada.screen).contains("Wrong code.");
  }

  @Test
  void through_an_outage_she_is_told_what_cannot_be_done_and_signs_in_after_it() {
    assertThat(console.run("ada")).isPresent();
    now.updateAndGet(it -> it.plusSeconds(30));

    // The primary dies while she looks for her authenticator.
    ada.beforeTheCode = () -> emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    assertThat(console.run("ada")).isEmpty();
    assertThat(ada.screen)
        .contains("The service moved to another Region. Please sign in again.")
        .contains("Not possible during the outage: TOTP_SIGN_IN. Please come back.")
        .doesNotContain("Wrong user name or password.");

    emulator.region(RegionRole.PRIMARY).recover();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> cognito.status().mode() == FailoverMode.PRIMARY);
    now.updateAndGet(it -> it.plusSeconds(30));
    assertThat(console.run("ada")).isPresent();
  }

  @Test
  void a_wrong_password_is_called_one() {
    ada.password = "wrong";
    assertThat(console.run("ada")).isEmpty();
    assertThat(ada.screen).containsExactly("Wrong user name or password.");
  }

  private final class Ada implements Prompt {
    final List<String> screen = new ArrayList<>();
    String password = PASSWORD;
    String secret = "";
    boolean mistypes;
    Runnable beforeTheCode = () -> {};

    @Override
    public void say(String line) {
      screen.add(line);
      if (line.startsWith("For your authenticator: ")) {
        secret = line.substring(line.lastIndexOf(' ') + 1);
      }
    }

    @Override
    public String ask(String question) {
      beforeTheCode.run();
      beforeTheCode = () -> {};
      String code = totp(secret, now.get().getEpochSecond() / 30);
      if (mistypes) {
        mistypes = false;
        return code.equals("000000") ? "000001" : "000000";
      }
      return code;
    }

    @Override
    public char[] askSecretly(String question) {
      return password.toCharArray();
    }
  }

  /** RFC 6238, as an authenticator does it. */
  private static String totp(String base32, long step) {
    try {
      ByteBuffer secret = ByteBuffer.allocate(base32.length() * 5 / 8);
      long held = 0;
      int bits = 0;
      for (char c : base32.replace("=", "").toCharArray()) {
        held = held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
        bits += 5;
        if (bits >= 8) {
          bits -= 8;
          secret.put((byte) (held >> bits));
        }
      }
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.array(), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 0xf, 4).getInt() & 0x7fff_ffff;
      return String.format("%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
