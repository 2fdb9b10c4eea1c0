package io.github.twinpool.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.signin.DomainUnavailableException;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.signin.OAuthErrorException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** A machine calls the application, and the primary Region hangs: an application of its own. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "spring.application.name=called-by-machines")
@ResourceLock("outages")
@ActiveProfiles("emulator")
class MachineClientTest {
  @Autowired CognitoEmulator emulator;
  @Autowired EmulatedMachine machine;
  @LocalServerPort int port;

  @AfterEach
  void recover() {
    for (RegionRole role : RegionRole.values()) {
      emulator.region(role).recover();
    }
  }

  /** One that has no token yet, as if it had just started. */
  private MachineTokens tokens() {
    return MachineTokens.builder(emulator.userPool(), machine.clientId())
        .clientSecret(machine::clientSecret)
        .requestTimeout(Duration.ofSeconds(1))
        .build();
  }

  private MachineClient client(MachineTokens tokens, String scope) {
    return new MachineClient(tokens, URI.create("http://127.0.0.1:" + port), scope);
  }

  private long tokenRequests(RegionRole role) {
    return emulator.region(role).calls("oauth2/token");
  }

  private static void isServed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("one teapot");
  }

  @Test
  void a_machine_reads_orders_with_one_token_and_goes_on_while_the_primary_hangs()
      throws Exception {
    MachineTokens tokens = tokens();
    MachineClient client = client(tokens, "orders/read");
    isServed(client.orders());
    emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
    for (int i = 0; i < 20; i++) {
      isServed(client.orders());
    }
    assertThat(tokens.counts().requested()).isEqualTo(1);
  }

  @Test
  void a_machine_without_a_token_gets_one_at_the_secondary_while_the_primary_hangs()
      throws Exception {
    long before = tokenRequests(RegionRole.SECONDARY);
    emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
    isServed(client(tokens(), "orders/read").orders());
    assertThat(tokenRequests(RegionRole.SECONDARY)).isEqualTo(before + 1);
  }

  @Test
  void while_both_hang_it_is_an_outage_and_afterwards_it_goes_on() throws Exception {
    MachineClient client = client(tokens(), "orders/read");
    emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
    emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
    assertThatThrownBy(client::orders)
        .isInstanceOfSatisfying(
            DomainUnavailableException.class, it -> assertThat(it.attempts()).hasSize(2));
    recover();
    await().ignoreExceptions().until(() -> client.orders().statusCode() == 200);
  }

  @Test
  void without_the_scope_it_is_forbidden_and_an_origin_not_listed_gets_no_token() throws Exception {
    assertThat(client(tokens(), "orders/write").orders().statusCode()).isEqualTo(403);
    HttpClient http =
        tokens()
            .httpClient(
                HttpClient.newHttpClient(),
                List.of(URI.create("http://127.0.0.1:" + port)),
                "orders/read");
    HttpRequest elsewhere =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/orders")).build();
    assertThat(http.send(elsewhere, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_scope_that_the_client_does_not_have_is_refused_and_not_asked_for_elsewhere() {
    long before = tokenRequests(RegionRole.SECONDARY);
    assertThatThrownBy(() -> client(tokens(), "orders/burn").orders())
        .isInstanceOfSatisfying(
            OAuthErrorException.class, it -> assertThat(it.error()).hasValue("invalid_scope"));
    assertThat(tokenRequests(RegionRole.SECONDARY)).isEqualTo(before);
  }
}
