package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.signin.DomainCalls.Moves;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An idle connection that a gateway has forgotten is no outage. */
class DeadConnectionTest {
  private final ForgetfulGateway east = new ForgetfulGateway();
  private final FakeDomain west = new FakeDomain();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final UserPool pool =
      UserPool.builder("us-east-1_EXAMPLE")
          .secondaryRegion("us-west-2")
          .domainEndpoint(RegionRole.PRIMARY, east.uri())
          .domainEndpoint(RegionRole.SECONDARY, west.uri())
          .build();
  private final DomainCalls calls = calls(null);

  @AfterEach
  void close() {
    calls.close();
    east.close();
    west.close();
  }

  private DomainCalls calls(HttpClient client) {
    return new DomainOptions(
            pool,
            () -> RegionRole.PRIMARY,
            client,
            Duration.ofSeconds(30),
            InstantSource.system(),
            nanos::get,
            DomainHttp.TimeLimit.SYSTEM)
        .newCalls();
  }

  private static Function<URI, HTTPRequest> request(AuthorizationGrant grant) {
    return address -> TokenEndpoint.request(address, "client", Optional.of("secret"), grant, null);
  }

  private static AuthorizationGrant refresh() {
    return new RefreshTokenGrant(new RefreshToken("refresh-token"));
  }

  private static CompletableFuture<HTTPResponse> send(
      DomainCalls calls, Moves moves, AuthorizationGrant grant) {
    return calls.send(TokenEndpoint.PATH, moves, request(grant));
  }

  private static void warmUp(DomainCalls calls) {
    send(calls, Moves.ALWAYS, new ClientCredentialsGrant()).join();
  }

  private static void assertNotShunned(DomainCalls calls) {
    assertThat(calls.domain().order()).containsExactly(RegionRole.PRIMARY, RegionRole.SECONDARY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_machine_s_token_is_asked_for_once_more_on_a_new_connection(boolean given) {
    HttpClient client = given ? HttpClient.newHttpClient() : null;
    MachineTokensBuilder builder =
        new MachineTokensBuilder(pool, () -> RegionRole.PRIMARY, "client")
            .clientSecret(() -> "secret")
            .nanoTime(nanos::get);
    try (MachineTokens machine = (client == null ? builder : builder.httpClient(client)).build()) {
      machine.token("orders/read");
      east.forgets();
      assertThat(machine.token("orders/write").accessToken()).isEqualTo("a.b.c");
      machine.token("orders/all");
      assertThat(east.requests()).as("each later one twice").isEqualTo(5);
      assertThat(west.requests()).isZero();
    }
  }

  /**
   * Of one dead connection the JDK makes up by itself: it sends a GET again on the next idle one.
   */
  @Test
  void user_info_is_asked_for_once_more_on_a_new_connection() {
    east.answersTogether(3);
    CompletableFuture.allOf(
            Stream.generate(() -> send(calls, Moves.ALWAYS, new ClientCredentialsGrant()))
                .limit(3)
                .toArray(CompletableFuture<?>[]::new))
        .join();
    assertThat(east.connections()).isEqualTo(3);
    east.forgets();
    Map<String, Object> claims = new UserInfo(calls).of("a.b.c", "ada").join();
    assertThat(claims).containsEntry("sub", "ada");
    assertThat(west.requests()).isZero();
    assertNotShunned(calls);
  }

  @Test
  void a_code_is_sent_once_and_its_host_is_not_shunned() {
    warmUp(calls);
    east.forgets();
    AuthorizationGrant code =
        new AuthorizationCodeGrant(new AuthorizationCode("code"), URI.create("https://a.example"));
    assertUnknown(calls.sendOnce(RegionRole.PRIMARY, TokenEndpoint.PATH, request(code)));
    assertThat(east.requests()).isEqualTo(2);
    assertThat(west.requests()).isZero();
    assertNotShunned(calls);
  }

  @Test
  void a_rotating_refresh_token_is_sent_once_and_its_host_is_not_shunned() {
    warmUp(calls);
    east.forgets();
    assertUnknown(send(calls, Moves.IF_NOT_SENT, refresh()));
    assertThat(east.requests()).isEqualTo(2);
    assertThat(west.requests()).isZero();
    assertNotShunned(calls);
  }

  @Test
  void a_refresh_token_that_is_not_known_to_rotate_goes_to_the_other_host_only() {
    warmUp(calls);
    east.forgets();
    assertThat(send(calls, Moves.ELSEWHERE, refresh()).join().getStatusCode()).isEqualTo(200);
    assertThat(east.requests()).isEqualTo(2);
    assertThat(west.requests()).isEqualTo(1);
    assertNotShunned(calls);
  }

  private static void assertUnknown(CompletableFuture<HTTPResponse> answer) {
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            DomainUnavailableException.class,
            it -> assertThat(it.requestState()).isEqualTo(RequestState.UNKNOWN));
  }

  @Test
  void a_new_connection_that_is_reset_is_an_outage_as_ever() {
    east.resetsEverything();
    warmUp(calls);
    assertThat(east.requests()).isEqualTo(1);
    assertThat(west.requests()).isEqualTo(1);
    assertThat(calls.domain().order()).startsWith(RegionRole.SECONDARY);
  }

  @Test
  void so_is_a_host_that_resets_the_second_time_too() {
    warmUp(calls);
    east.resetsEverything();
    warmUp(calls);
    assertThat(east.requests()).isEqualTo(3);
    assertThat(west.requests()).isEqualTo(1);
    assertThat(calls.domain().order()).startsWith(RegionRole.SECONDARY);
  }

  @Test
  void what_was_answered_in_part_came_over_a_living_connection_and_is_not_sent_there_again() {
    warmUp(calls);
    east.answersInPart();
    east.forgets();
    warmUp(calls);
    assertThat(east.requests()).isEqualTo(2);
    assertThat(west.requests()).isEqualTo(1);
  }

  @Test
  void a_connection_is_used_again_within_20_seconds_and_not_later() {
    warmUp(calls);
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    warmUp(calls);
    assertThat(east.connections()).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(21).toNanos());
    warmUp(calls);
    assertThat(east.connections()).isEqualTo(2);
    assertThat(east.requests()).isEqualTo(3);
  }

  @Test
  void one_client_is_made_at_the_first_request_and_none_after_the_end() {
    AtomicInteger made = new AtomicInteger();
    DomainClient client =
        DomainClient.own(
            () -> {
              made.incrementAndGet();
              return HttpClient.newHttpClient();
            },
            nanos::get);
    assertThat(made).hasValue(0);
    DomainClient.Exchange one = client.exchange(east.uri());
    DomainClient.Exchange other = client.exchange(west.uri());
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    client.exchange(east.uri()).ended(true);
    assertThat(made).as("while requests are under way").hasValue(1);
    one.ended(true);
    other.ended(true);
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    client.exchange(east.uri()).ended(true);
    assertThat(made).hasValue(2);
    client.close();
    client.close();
    assertThatThrownBy(() -> client.exchange(east.uri())).hasMessage("closed");
  }

  @Test
  void after_the_end_tokens_are_no_longer_asked_for_and_the_application_s_client_is_open() {
    HttpClient application = HttpClient.newHttpClient();
    DomainCalls closed = calls(application);
    warmUp(closed);
    closed.close();
    assertThatThrownBy(() -> warmUp(closed)).hasCauseInstanceOf(IllegalStateException.class);
    DomainCalls others = calls(application);
    warmUp(others);
    assertThat(east.requests()).isEqualTo(2);
  }

  @Test
  void machine_tokens_that_were_closed_serve_what_they_have_and_ask_for_no_more() {
    MachineTokens machine =
        new MachineTokensBuilder(pool, () -> RegionRole.PRIMARY, "client")
            .clientSecret(() -> "secret")
            .build();
    MachineToken token = machine.token("orders/read");
    machine.close();
    assertThat(machine.token("orders/read")).isSameAs(token);
    for (String scope : List.of("orders/write", "orders/all")) {
      assertThatThrownBy(() -> machine.token(scope)).isInstanceOf(IllegalStateException.class);
    }
  }
}
