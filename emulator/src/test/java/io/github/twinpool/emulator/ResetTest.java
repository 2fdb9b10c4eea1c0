package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.kms.KmsClient;

/** A reset brings back what was there right after the start, and keeps ports and connections. */
class ResetTest {
  private EmulatorClients clients =
      new EmulatorClients(TestEmulators.builder().user("ada", PASSWORD).start());
  private CognitoEmulator emulator = clients.emulator;
  private final RawClient raw = new RawClient();

  @AfterEach
  void stop() {
    clients.close();
  }

  /** Another emulator than the one that most tests use. */
  private void restart(CognitoEmulator.Builder builder) {
    clients.close();
    clients = new EmulatorClients(builder.start());
    emulator = clients.emulator;
  }

  private CognitoIdentityProviderClient primary() {
    return clients.primary;
  }

  private List<String> usernames(RegionRole role) {
    return clients.in(role).listUsers(r -> r.userPoolId(emulator.userPool().id())).users().stream()
        .map(user -> user.username())
        .toList();
  }

  private String sub() {
    return primary()
        .adminGetUser(r -> r.userPoolId(emulator.userPool().id()).username("ada"))
        .userAttributes()
        .stream()
        .filter(it -> it.name().equals("sub"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void users_of_the_start_are_as_they_were_and_later_ones_are_gone() {
    String before = sub();
    emulator.createUser("bob", PASSWORD);
    primary()
        .adminSetUserPassword(
            r ->
                r.userPoolId(emulator.userPool().id())
                    .username("ada")
                    .password("Another-Horse-8")
                    .permanent(true));

    emulator.reset();

    for (RegionRole role : RegionRole.values()) {
      assertThat(usernames(role)).containsExactly("ada");
      assertThat(clients.signIn(role, "ada", PASSWORD).accessToken()).isNotEmpty();
    }
    assertThat(sub()).isEqualTo(before);
  }

  @Test
  void pools_clients_groups_and_settings_are_those_of_the_start() {
    String pool = emulator.userPool().id();
    String other = primary().createUserPool(r -> r.poolName("other")).userPool().id();
    String client =
        primary()
            .createUserPoolClient(r -> r.userPoolId(pool).clientName("other"))
            .userPoolClient()
            .clientId();
    primary().createGroup(r -> r.userPoolId(pool).groupName("admins"));
    primary()
        .setUserPoolMfaConfig(
            r ->
                r.userPoolId(pool)
                    .mfaConfiguration(UserPoolMfaType.ON)
                    .softwareTokenMfaConfiguration(token -> token.enabled(true)));
    primary()
        .updateUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2").status("INACTIVE"));

    emulator.reset();

    assertThatThrownBy(() -> primary().describeUserPool(r -> r.userPoolId(other)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> primary().describeUserPoolClient(r -> r.userPoolId(pool).clientId(client)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(primary().listGroups(r -> r.userPoolId(pool)).groups()).isEmpty();
    assertThat(clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  void ids_addresses_and_keys_stay() {
    UserPool pool = emulator.userPool();
    String client = emulator.clientId();
    String keys = keys(pool);
    URI custom = emulator.customDomain();
    String healthCheck = emulator.route53().healthCheckId();
    URI kms = emulator.kms(RegionRole.PRIMARY).endpoint();
    URI issuer = emulator.identityProvider().issuer();
    String providersSecret = emulator.identityProvider().clientSecret();

    emulator.reset();

    assertThat(emulator.userPool()).isEqualTo(pool);
    assertThat(emulator.clientId()).isEqualTo(client);
    assertThat(keys(pool)).isEqualTo(keys);
    assertThat(emulator.customDomain()).isEqualTo(custom);
    assertThat(emulator.route53().healthCheckId()).isEqualTo(healthCheck);
    assertThat(emulator.kms(RegionRole.PRIMARY).endpoint()).isEqualTo(kms);
    assertThat(emulator.identityProvider().issuer()).isEqualTo(issuer);
    assertThat(emulator.identityProvider().clientSecret()).isEqualTo(providersSecret);
  }

  private String keys(UserPool pool) {
    return raw.get(pool.jwksUri(RegionRole.PRIMARY)).json().toString();
  }

  @Test
  void outages_latencies_refusals_and_the_lag_end() {
    EmulatedRegion region = emulator.region(RegionRole.PRIMARY);
    region.outage(Outage.refused());
    emulator.region(RegionRole.SECONDARY).domainOutage(Outage.hang());
    emulator.region(RegionRole.SECONDARY).latency(Duration.ofHours(1));
    region.deny("InitiateAuth");
    emulator.replicationLag(Duration.ofHours(1));
    emulator.kms(RegionRole.PRIMARY).outage(Outage.hang());
    emulator.kms(RegionRole.PRIMARY).deny("DescribeKey");

    emulator.reset();

    assertThat(region.outage()).isEqualTo(Outage.none());
    for (RegionRole role : RegionRole.values()) {
      assertThat(clients.signIn(role, "ada", PASSWORD).accessToken()).isNotEmpty();
      assertThat(raw.get(emulator.domain(role).resolve("/oauth2/userInfo")).status())
          .isEqualTo(400);
    }
    primary().createGroup(r -> r.userPoolId(emulator.userPool().id()).groupName("admins"));
    assertThat(clients.secondary.listGroups(r -> r.userPoolId(emulator.userPool().id())).groups())
        .hasSize(1);
    try (KmsClient kms = kms()) {
      String key = kms.listKeys(r -> {}).keys().get(0).keyId();
      assertThat(kms.describeKey(r -> r.keyId(key)).keyMetadata().enabled()).isTrue();
    }
  }

  private KmsClient kms() {
    return KmsClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(emulator.kms(RegionRole.PRIMARY).endpoint())
        .credentialsProvider(EmulatorClients.CREDENTIALS)
        .build();
  }

  @Test
  void what_was_counted_and_sent_is_forgotten() {
    clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD);
    primary().forgotPassword(r -> r.clientId(emulator.clientId()).username("ada"));
    assertThat(emulator.messages("ada")).isNotEmpty();

    emulator.reset();

    assertThat(emulator.messages("ada")).isEmpty();
    assertThat(emulator.confirmationCode("ada")).isEmpty();
    assertThat(emulator.served()).isEmpty();
    assertThat(emulator.duplicates()).isZero();
    assertThat(emulator.region(RegionRole.PRIMARY).calls("InitiateAuth")).isZero();
    clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD);
    assertThat(emulator.region(RegionRole.PRIMARY).calls("InitiateAuth")).isEqualTo(1);
  }

  @Test
  void neighbours_begin_anew_behind_their_addresses() {
    emulator.identityProvider().addUser("1", "eve@partner.example");
    emulator.domainHealth(false);
    EmulatedRoute53 route53 = emulator.route53();
    try (KmsClient kms = kms()) {
      kms.createKey(r -> r.multiRegion(true));
      assertThat(kms.listKeys(r -> {}).keys()).hasSize(2);

      emulator.reset();

      assertThat(kms.listKeys(r -> {}).keys()).hasSize(1);
    }
    assertThat(route53.healthy()).isTrue();
    emulator.identityProvider().addUser("1", "eve@partner.example");
    emulator.domainHealth(false);
    assertThat(route53.healthy()).as("the same checks as the domain's").isFalse();
  }

  @Test
  void the_domain_follows_the_health_check_after_a_reset_and_is_with_the_primary_until_then() {
    emulator.domainHealth(false);
    emulator.reset();
    raw.get(emulator.customDomain().resolve("/login"));
    assertThat(emulator.region(RegionRole.PRIMARY).calls("login")).isEqualTo(1);

    emulator.domainHealth(false);
    raw.get(emulator.customDomain().resolve("/login"));
    assertThat(emulator.region(RegionRole.SECONDARY).calls("login")).isEqualTo(1);
  }

  @Test
  void refresh_tokens_and_sessions_from_before_are_refused() {
    AuthenticationResultType before = clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD);

    emulator.reset();

    assertThatThrownBy(() -> clients.refresh(RegionRole.PRIMARY, before.refreshToken()))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void a_connection_that_is_open_serves_on() throws IOException {
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), region.getPort())) {
      socket.setSoTimeout(30_000);
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(answered(socket, in)).contains("200");
      emulator.region(RegionRole.PRIMARY).outage(Outage.latency(Duration.ofMillis(1)));

      emulator.reset();

      assertThat(answered(socket, in)).contains("200");
    }
  }

  private String answered(Socket socket, BufferedReader in) throws IOException {
    String path = emulator.userPool().jwksUri(RegionRole.PRIMARY).getPath();
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    assertThat(in.read(new char[length])).isPositive();
    return status;
  }

  @Test
  void a_request_that_is_under_way_leaves_nothing() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    AtomicBoolean armed = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (Thread.currentThread() != test && armed.compareAndSet(true, false)) {
            holding.countDown();
            awaitQuietly(go);
          }
          return Instant.EPOCH.plusSeconds(1_900_000_000);
        };
    restart(TestEmulators.builder().clock(clock));
    armed.set(true);
    CompletableFuture<Integer> underWay =
        CompletableFuture.supplyAsync(
            () ->
                raw.signedCall(
                        emulator.region(RegionRole.PRIMARY).endpoint(),
                        "us-east-1",
                        "AdminCreateUser",
                        "{\"UserPoolId\":\"%s\",\"Username\":\"late\"}"
                            .formatted(emulator.userPool().id()))
                    .status());
    assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();

    emulator.reset();
    go.countDown();

    assertThat(underWay.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(usernames(RegionRole.PRIMARY)).isEmpty();
    assertThat(emulator.served())
        .extracting(ServedCall::operation)
        .doesNotContain("AdminCreateUser");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_the_builder_is_told_later_changes_nothing() {
    CognitoEmulator.Builder builder = TestEmulators.builder().user("ada", PASSWORD);
    restart(builder);
    builder.user("bob", PASSWORD).emailAlias(true).withoutReplica();

    emulator.reset();

    assertThat(usernames(RegionRole.SECONDARY)).containsExactly("ada");
    assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, "ada@example.com", PASSWORD))
        .isInstanceOf(CognitoIdentityProviderException.class);
  }

  /** Were they made anew, it would take minutes. */
  @Test
  void a_reset_hashes_no_password_and_makes_no_key() {
    AtomicInteger keys = new AtomicInteger();
    CognitoEmulator.Builder builder = TestEmulators.builder();
    Function<SecureRandom, PoolKeys> source = builder.options.keys;
    builder.options.keys =
        random -> {
          keys.incrementAndGet();
          return source.apply(random);
        };
    for (int i = 0; i < 20; i++) {
      builder.user("user" + i, PASSWORD);
    }
    restart(builder);

    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 200; i++) {
            emulator.reset();
          }
        });

    assertThat(keys).hasValue(1);
    assertThat(usernames(RegionRole.SECONDARY)).hasSize(20);
  }

  @Test
  void a_closed_emulator_cannot_be_reset() {
    emulator.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> emulator.reset())
        .withMessage("The emulator is closed");
  }
}
