package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Names that only the emulator's own DNS knows, and its outages. */
class DnsTest {
  private static final Duration HASTY = Duration.ofMillis(300);
  private static final String TEMPORARY = "Temporary failure in name resolution";
  private static final String UNKNOWN = "Name or service not known";

  private static CognitoEmulator emulator;
  private static EmulatedDns dns;
  private static UserPool pool;

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().https(true).start();
    emulator.createUser("ada", PASSWORD);
    dns = emulator.dns();
    pool = dns.userPool();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void recover() {
    for (RegionRole role : RegionRole.values()) {
      emulator.region(role).domainOutage(Outage.none());
      emulator.region(role).recover();
    }
  }

  private static CognitoIdentityProviderClient client(RegionRole role) {
    return EmulatorClients.builder(pool, role)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .tlsTrustManagersProvider(emulator.tls()::trustManagers)
                .dnsResolver(
                    new SystemDefaultDnsResolver() {
                      @Override
                      public InetAddress[] resolve(String host) throws UnknownHostException {
                        return dns.resolve(host, HASTY);
                      }
                    }))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static AuthenticationResultType signIn(CognitoIdentityProviderClient client) {
    return client
        .initiateAuth(
            r ->
                r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .clientId(emulator.clientId())
                    .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)))
        .authenticationResult();
  }

  @Test
  void a_client_that_asks_it_reaches_both_regions_by_their_names() {
    for (RegionRole role : RegionRole.values()) {
      assertThat(pool.endpoint(role).getHost())
          .isEqualTo("cognito-idp." + pool.region(role) + ".emulator.test");
      try (CognitoIdentityProviderClient client = client(role)) {
        assertThat(signIn(client)).isNotNull();
      }
    }
  }

  @Test
  void a_client_fails_as_it_does_with_a_dns_that_fails_and_open_connections_go_on() {
    try (CognitoIdentityProviderClient connected = client(RegionRole.PRIMARY)) {
      signIn(connected);
      for (Map.Entry<Outage, String> each :
          Map.of(
                  Outage.dnsSilent(), TEMPORARY,
                  Outage.dnsServerFailure(), TEMPORARY,
                  Outage.dnsUnknownName(), UNKNOWN)
              .entrySet()) {
        emulator.region(RegionRole.PRIMARY).outage(each.getKey());
        try (CognitoIdentityProviderClient fresh = client(RegionRole.PRIMARY)) {
          assertThatThrownBy(() -> signIn(fresh))
              .as("%s", each.getKey())
              .isInstanceOf(SdkClientException.class)
              .rootCause()
              .isInstanceOf(UnknownHostException.class)
              .hasMessageContaining(each.getValue());
        }
        assertThat(signIn(connected)).as("%s", each.getKey()).isNotNull();
      }
      try (CognitoIdentityProviderClient other = client(RegionRole.SECONDARY)) {
        assertThat(signIn(other)).isNotNull();
      }
    }
  }

  @Test
  void an_outage_of_a_region_is_one_of_all_its_names_and_of_no_others() throws Exception {
    String api = pool.endpoint(RegionRole.PRIMARY).getHost();
    String domain = pool.domain(RegionRole.PRIMARY).orElseThrow().getHost();
    String other = pool.domain(RegionRole.SECONDARY).orElseThrow().getHost();
    emulator.region(RegionRole.PRIMARY).outage(Outage.dnsUnknownName());
    for (String host : List.of(api, domain, "login.example.test")) {
      assertThatThrownBy(() -> dns.resolve(host))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage(host + ": " + UNKNOWN);
    }
    assertThat(dns.resolve(other))
        .containsExactly(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));

    emulator.region(RegionRole.PRIMARY).recover();
    emulator.region(RegionRole.PRIMARY).domainOutage(Outage.dnsServerFailure());
    assertThat(dns.resolve(api)).hasSize(1);
    assertThatThrownBy(() -> dns.resolve(domain)).hasMessage(domain + ": " + TEMPORARY);
  }

  @Test
  void it_knows_no_other_names_and_takes_any_case() throws Exception {
    for (String host :
        List.of("example.com", "test", "a..b", "x".repeat(64), "y.".repeat(200) + "z")) {
      assertThatThrownBy(() -> dns.resolve(host))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage(host + ": " + UNKNOWN);
    }
    String host = pool.endpoint(RegionRole.PRIMARY).getHost();
    assertThat(dns.resolve(host.replace("cognito", "COGNITO"))).hasSize(1);
    emulator.region(RegionRole.PRIMARY).outage(Outage.dnsUnknownName());
    assertThat(dns.resolve("127.0.0.1")).hasSize(1);
    assertThat(dns.resolve("localhost")).isNotEmpty();
  }

  /** Questions and answers as tools such as dig write and read them, byte by byte. */
  @Test
  void it_speaks_dns() throws Exception {
    String question =
        "12340100000100000000000005 6c6f67696e 07 6578616d706c65 04 74657374 00".replace(" ", "");
    String address = question + "00010001";
    String header = "123485000001000100000000";
    assertThat(asked(address))
        .isEqualTo(header + address.substring(24) + "c00c00010001000000010004" + "7f000001");
    String v6 = question + "001c0001";
    assertThat(asked(v6)).isEqualTo("123485000001000000000000" + v6.substring(24));
  }

  private static String asked(String hex) throws IOException {
    byte[] query = HexFormat.of().parseHex(hex);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(30_000);
      socket.send(new DatagramPacket(query, query.length, dns.address()));
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      socket.receive(packet);
      return HexFormat.of().formatHex(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
  }

  @Test
  void what_is_no_question_gets_no_answer_and_hurts_nothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("what_is_no_question: seed " + seed);
    Random random = new Random(seed);
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 2_000; i++) {
        byte[] noise = new byte[random.nextInt(600)];
        random.nextBytes(noise);
        socket.send(new DatagramPacket(noise, noise.length, dns.address()));
      }
      byte[] cut = HexFormat.of().parseHex("1234010000010000000000000563");
      socket.send(new DatagramPacket(cut, cut.length, dns.address()));
      byte[] loop = HexFormat.of().parseHex("123401000001000000000000c00c00010001");
      socket.send(new DatagramPacket(loop, loop.length, dns.address()));
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[512], 512)))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(dns.resolve("login.example.test")).hasSize(1);
  }
}
