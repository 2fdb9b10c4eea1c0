package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.RequestState;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link MachineTokens} at hosts that do what they are told, in virtual time. */
class MachineTokensTest {
  private static final String SECRET = "new-secret-of-the-machine";
  private static final String OLD_SECRET = "old-secret-of-the-machine";

  private final FakeDomain east = new FakeDomain();
  private final FakeDomain west = new FakeDomain();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final TestLimits limits = new TestLimits();
  private final AtomicReference<RegionRole> serving = new AtomicReference<>(RegionRole.PRIMARY);

  @AfterEach
  void close() {
    east.close();
    west.close();
  }

  private UserPool pool() {
    return UserPool.builder("us-east-1_EXAMPLE")
        .secondaryRegion("us-west-2")
        .domainEndpoint(RegionRole.PRIMARY, east.uri())
        .domainEndpoint(RegionRole.SECONDARY, west.uri())
        .build();
  }

  private MachineTokensBuilder builder(UserPool pool) {
    return new MachineTokensBuilder(pool, serving::get, "machine")
        .clientSecret(() -> SECRET)
        .requestTimeout(DomainWorld.TIMEOUT)
        .timeLimit(limits)
        .clock(now::get)
        .nanoTime(nanos::get);
  }

  private MachineTokens machine() {
    return builder(pool()).build();
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void a_token_is_asked_for_once_for_each_set_of_scopes() {
    MachineTokens machine = machine();
    MachineToken token = machine.token("orders/read", "orders/write");
    assertThat(machine.token("orders/write", "orders/read")).isSameAs(token);
    assertThat(machine.tokenAsync("orders/write", "orders/read", "orders/read")).isCompleted();
    assertThat(machine.token("orders/read")).isNotSameAs(token);
    assertThat(machine.supplier("orders/read").get()).isEqualTo("token-2");
    assertThat(token.authorization()).isEqualTo("Bearer " + token.accessToken());
    assertThat(token.expiresAt()).isEqualTo(now.get().plusSeconds(3600));
    assertThat(east.requests()).isEqualTo(2);
    assertThat(machine.counts()).isEqualTo(new MachineTokenCounts(5, 2, 0));
    assertThat(machine.counts().saved()).isEqualTo(3);
  }

  @Test
  void the_request_is_that_of_rfc_6749_with_client_secret_basic() {
    machine().token("orders/read", "a/b");
    FakeDomain.Asked asked = east.asked.get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/oauth2/token");
    assertThat(asked.authorization())
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString(("machine:" + SECRET).getBytes(UTF_8)));
    assertThat(URLDecoder.decode(asked.body(), UTF_8).split("&"))
        .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=a/b orders/read");
  }

  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  /** The second host is asked on a thread of Twinpool's, which the first caller has started. */
  @Test
  void a_supplier_of_the_secret_never_sees_another_callers_tenant() throws Exception {
    List<String> met = new CopyOnWriteArrayList<>();
    MachineTokens machine =
        builder(pool())
            .clientSecret(
                () -> {
                  met.add(String.valueOf(TENANT.get()));
                  return SECRET;
                })
            .build();
    east.answers(500, "");
    for (String tenant : List.of("A", "B", "C")) {
      Thread caller =
          new Thread(
              () -> {
                TENANT.set(tenant);
                machine.token("orders/read");
              },
              "caller " + tenant);
      caller.start();
      caller.join();
      assertThat(met).isNotEmpty().isSubsetOf("null", tenant);
      met.clear();
      pass(Duration.ofHours(2));
    }
  }

  @Test
  void a_thousand_threads_that_want_one_expired_token_send_one_request() throws Exception {
    // A thousand threads take their time to start.
    MachineTokens machine = builder(pool()).requestTimeout(Duration.ofSeconds(60)).build();
    machine.token();
    pass(Duration.ofHours(2));
    CountDownLatch begin = new CountDownLatch(1);
    east.answers(
        (exchange, number) -> {
          await().until(() -> begin.getCount() == 0);
          FakeDomain.token(exchange, number);
        });
    Set<String> tokens = ConcurrentHashMap.newKeySet();
    CountDownLatch ready = new CountDownLatch(1_000);
    ExecutorService threads = Executors.newFixedThreadPool(1_000);
    for (int i = 0; i < 1_000; i++) {
      threads.execute(
          () -> {
            ready.countDown();
            tokens.add(machine.token().accessToken());
          });
    }
    assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
    begin.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tokens).containsExactly("token-2");
    assertThat(east.requests() + west.requests()).isEqualTo(2);
  }

  @Test
  void the_next_token_is_fetched_ahead_of_time_and_nobody_waits_for_it() {
    MachineTokens machine = builder(pool()).requestTimeout(Duration.ofSeconds(60)).build();
    MachineToken first = machine.token();
    pass(Duration.ofMinutes(54));
    assertThat(machine.token()).isSameAs(first);
    assertThat(east.requests()).isEqualTo(1);
    CountDownLatch answer = new CountDownLatch(1);
    east.answers(
        (exchange, number) -> {
          await().until(() -> answer.getCount() == 0);
          FakeDomain.token(exchange, number);
        });
    pass(Duration.ofMinutes(2)); // four minutes before the expiry: past what the jitter can add
    for (int i = 0; i < 100; i++) {
      assertThat(machine.token()).isSameAs(first);
    }
    answer.countDown();
    await().until(() -> machine.token() != first);
    assertThat(east.requests()).isEqualTo(2);
  }

  @Test
  void while_everything_is_down_a_token_is_served_until_it_expires() {
    MachineTokens machine = machine();
    MachineToken token = machine.token();
    east.answers(500, "{}");
    west.close();
    for (int minute = 0; minute < 60; minute++) {
      assertThat(machine.token()).isSameAs(token);
      pass(Duration.ofMinutes(1));
    }
    assertThatThrownBy(machine::token)
        .asInstanceOf(type(DomainUnavailableException.class))
        .satisfies(
            it -> {
              assertThat(it.attempts())
                  .extracting(Attempt::region)
                  .containsExactlyInAnyOrder("us-east-1", "us-west-2");
              assertThat(it.requestState()).isEqualTo(RequestState.UNKNOWN);
              assertThat(it).hasMessageContaining("status 500").hasMessageContaining("NOT_SENT");
            });
    east.answers(FakeDomain::token);
    pass(Duration.ofSeconds(2));
    assertThat(machine.token()).isNotSameAs(token);
  }

  @Test
  void after_a_failure_there_is_a_pause_in_which_nothing_is_sent() {
    MachineTokens machine = machine();
    east.answers(500, "");
    west.answers(500, "");
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(machine::token).isInstanceOf(DomainUnavailableException.class);
    }
    assertThat(east.requests()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThatThrownBy(machine::token).isInstanceOf(DomainUnavailableException.class);
    assertThat(east.requests()).isEqualTo(2);
    assertThat(machine.counts()).isEqualTo(new MachineTokenCounts(0, 0, 2));
  }

  @Test
  void the_other_region_is_asked_when_one_fails_and_first_for_half_a_minute() {
    MachineTokens machine = machine();
    east.answers(503, "");
    machine.token("a");
    machine.token("b");
    assertThat(east.requests()).isEqualTo(1);
    assertThat(west.requests()).isEqualTo(2);
    pass(Duration.ofSeconds(31));
    machine.token("c");
    assertThat(east.requests()).isEqualTo(2);
  }

  @Test
  void the_region_that_serves_comes_first() {
    serving.set(RegionRole.SECONDARY);
    machine().token();
    assertThat(east.requests()).isZero();
    assertThat(west.requests()).isEqualTo(1);
  }

  @Test
  void a_host_that_hangs_or_stops_in_the_middle_is_left_for_the_other() {
    east.hangs();
    CompletableFuture<MachineToken> afterSilence = machine().tokenAsync();
    await().until(() -> east.requests() == 1);
    limits.pass();
    afterSilence.join();
    east.stopsInTheMiddle();
    CompletableFuture<MachineToken> afterAHalf = machine().tokenAsync();
    await().until(() -> east.stoppedInTheMiddle() == 1);
    limits.pass();
    afterAHalf.join();
    assertThat(east.requests()).isEqualTo(2);
    assertThat(west.requests()).isEqualTo(2);
  }

  @Test
  void a_custom_domain_is_one_host() {
    UserPool custom = pool().toBuilder().domainEndpoint(RegionRole.SECONDARY, east.uri()).build();
    MachineTokens machine = builder(custom).build();
    east.answers(500, "");
    assertThatThrownBy(machine::token)
        .asInstanceOf(type(DomainUnavailableException.class))
        .satisfies(it -> assertThat(it.attempts()).hasSize(1));
    assertThat(east.requests()).isEqualTo(1);
  }

  @Test
  void the_second_secret_is_tried_when_the_first_is_refused_and_for_nothing_else() {
    MachineTokens machine =
        builder(pool()).clientSecrets(() -> List.of(SECRET, OLD_SECRET)).build();
    String old = Base64.getEncoder().encodeToString(("machine:" + OLD_SECRET).getBytes(UTF_8));
    east.answers(
        (exchange, number) -> {
          if (exchange.getRequestHeaders().getFirst("Authorization").endsWith(old)) {
            FakeDomain.token(exchange, number);
          } else {
            FakeDomain.send(exchange, 400, "application/json", "{\"error\":\"invalid_client\"}");
          }
        });
    assertThat(machine.token().accessToken()).isEqualTo("token-2");
    east.answers(400, "{\"error\":\"invalid_scope\"}");
    assertThatThrownBy(() -> machine.token("none/such"))
        .asInstanceOf(type(OAuthErrorException.class))
        .satisfies(it -> assertThat(it.error()).contains("invalid_scope"))
        .satisfies(it -> assertThat(it.retryable()).isFalse());
    assertThat(east.requests()).isEqualTo(3);
    assertThat(west.requests()).isZero();
  }

  @Test
  void what_is_refused_is_not_asked_elsewhere_nor_again_for_a_while() {
    MachineTokens machine = machine();
    east.answers(401, "{\"error\":\"invalid_client\"}");
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(machine::token).isInstanceOf(OAuthErrorException.class);
      pass(Duration.ofMillis(500));
    }
    assertThat(east.requests()).isEqualTo(1);
    assertThat(west.requests()).isZero();
    pass(Duration.ofSeconds(6));
    east.answers(FakeDomain::token);
    assertThat(machine.token().accessToken()).isEqualTo("token-2");
  }

  @Test
  void a_refusal_by_the_secondary_after_the_primary_failed_is_still_an_outage() {
    east.answers(500, "");
    west.answers(400, "{\"error\":\"invalid_client\"}");
    assertThatThrownBy(() -> machine().token())
        .isInstanceOf(DomainUnavailableException.class)
        .hasMessageContaining("us-west-2: status 400");
  }

  @Test
  void it_is_an_outage_also_while_the_primary_is_asked_last() {
    MachineTokens machine = machine();
    east.answers(500, "");
    west.answers(400, "{\"error\":\"invalid_client\"}");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(machine::token).isInstanceOf(DomainUnavailableException.class);
      pass(Duration.ofSeconds(2));
    }
    east.answers(400, "{\"error\":\"invalid_client\"}");
    assertThatThrownBy(machine::token)
        .as("the primary knows")
        .isInstanceOf(OAuthErrorException.class);
  }

  @Test
  void the_secondary_gets_the_second_secret_while_the_primary_is_down() {
    MachineTokens machine =
        builder(pool()).clientSecrets(() -> List.of(SECRET, OLD_SECRET)).build();
    String old = Base64.getEncoder().encodeToString(("machine:" + OLD_SECRET).getBytes(UTF_8));
    east.answers(500, "");
    west.answers(
        (exchange, number) -> {
          if (exchange.getRequestHeaders().getFirst("Authorization").endsWith(old)) {
            FakeDomain.token(exchange, number);
          } else {
            FakeDomain.send(exchange, 400, "application/json", "{\"error\":\"invalid_client\"}");
          }
        });
    assertThat(machine.token("a").accessToken()).startsWith("token-");
    assertThat(machine.token("b").accessToken()).startsWith("token-");
  }

  @Test
  void after_a_time_out_nothing_of_the_application_s_runs_on_the_jvm_s_delay_thread() {
    List<String> threads = new CopyOnWriteArrayList<>();
    MachineTokens machine =
        builder(pool())
            .requestTimeout(Duration.ofMillis(100))
            .clientSecret(
                () -> {
                  threads.add(Thread.currentThread().getName());
                  return SECRET;
                })
            .build();
    east.hangs();
    west.hangs();
    machine
        .tokenAsync()
        .handle((token, error) -> threads.add(Thread.currentThread().getName()))
        .join();
    assertThat(threads).isNotEmpty().doesNotContain("CompletableFutureDelayScheduler");
  }

  @Test
  void a_supplier_that_throws_what_it_may_not_leaves_nobody_waiting() throws Exception {
    AtomicReference<Throwable> trouble = new AtomicReference<>(new IOException("no vault"));
    MachineTokens machine =
        builder(pool())
            .clientSecret(
                () -> {
                  if (trouble.get() != null) {
                    MachineTokensTest.<RuntimeException>sneak(trouble.get());
                  }
                  return SECRET;
                })
            .build();
    for (Throwable each : List.of(new IOException("no vault"), new NoClassDefFoundError("Vault"))) {
      trouble.set(each);
      assertThat(
              machine
                  .tokenAsync()
                  .handle((token, error) -> Calls.unwrapped(error))
                  .get(20, TimeUnit.SECONDS))
          .isInstanceOf(ClientSecretUnavailableException.class)
          .hasCause(each);
      pass(Duration.ofSeconds(2));
    }
    assertThat(east.requests() + west.requests()).isZero();
    trouble.set(null);
    assertThat(machine.tokenAsync().get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable error) throws E {
    throw (E) error;
  }

  @Test
  void a_5xx_is_an_outage_whatever_page_comes_with_it() {
    east.answers((exchange, number) -> FakeDomain.send(exchange, 502, "text", "x".repeat(100_000)));
    assertThat(machine().token().accessToken()).isEqualTo("token-1");
    assertThat(west.requests()).isEqualTo(1);
  }

  @Test
  void a_token_that_no_header_could_carry_is_none_and_not_repeated() {
    east.answers(
        200, "{\"access_token\":\"leaked\\ntoken\",\"token_type\":\"Bearer\",\"expires_in\":60}");
    assertThatThrownBy(() -> machine().token())
        .isInstanceOf(SignInProtocolException.class)
        .satisfies(it -> assertThat(stackTrace(it)).doesNotContain("leaked"));
  }

  @Test
  void throttling_is_an_answer_that_is_worth_a_retry() {
    east.answers(429, "slow down");
    assertThatThrownBy(() -> machine().token())
        .asInstanceOf(type(OAuthErrorException.class))
        .satisfies(it -> assertThat(it.retryable()).isTrue())
        .satisfies(it -> assertThat(it.error()).isEmpty());
    assertThat(west.requests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"access_token\":\"leaked\"}",
        "{\"access_token\":\"leaked\",\"token_type\":\"mac\",\"expires_in\":3600}",
        "{\"access_token\":\"leaked\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"leaked\",\"token_type\":\"Bearer\",\"expires_in\":-1}",
        "{\"access_token\":\"leaked\",\"token_type\":\"Bearer\",\"expires_in\":\"soon\"}",
        "{\"access_token\":\"leaked\",\"token_type\":\"Bearer\",\"expires_in\":9223372036854775807}",
        "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
        "{\"access_token\":7,\"token_type\":\"Bearer\",\"expires_in\":3600}"
      })
  void what_is_no_token_response_is_neither_a_token_nor_an_outage(String body) {
    east.answers(200, body);
    assertThatThrownBy(() -> machine().token())
        .isInstanceOf(SignInProtocolException.class)
        .satisfies(it -> assertThat(stackTrace(it)).doesNotContain("leaked", SECRET));
    assertThat(west.requests()).isZero();
  }

  @Test
  void a_redirect_is_not_followed_and_a_huge_answer_not_read() {
    east.answers(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Location", west.uri() + "/steal");
          FakeDomain.send(exchange, 307, "text/html", "");
        });
    assertThatThrownBy(() -> machine().token()).isInstanceOf(SignInProtocolException.class);
    assertThat(west.requests()).isZero();
    east.answers(200, "{\"access_token\":\"" + "x".repeat(100_000) + "\"}");
    assertThatThrownBy(() -> machine().token())
        .isInstanceOf(SignInProtocolException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void an_error_code_that_is_none_is_not_repeated() {
    east.answers(400, "{\"error\":\"<script>" + SECRET + "\"}");
    assertThatThrownBy(() -> machine().token())
        .asInstanceOf(type(OAuthErrorException.class))
        .satisfies(it -> assertThat(it.error()).isEmpty())
        .satisfies(it -> assertThat(stackTrace(it)).doesNotContain("script", SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "quote\"", "back\\slash", "ünïcode", "line\nbreak"})
  void what_is_no_scope_is_refused_before_anything_is_sent(String scope) {
    assertThatThrownBy(() -> machine().token(scope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scopes");
    assertThat(east.requests()).isZero();
  }

  @Test
  void a_supplier_without_a_secret_sends_nothing() {
    MachineTokens none = builder(pool()).clientSecrets(List::of).build();
    assertThatThrownBy(none::token).isInstanceOf(ClientSecretUnavailableException.class);
    MachineTokens empty = builder(pool()).clientSecret(() -> "").build();
    assertThatThrownBy(empty::token).isInstanceOf(ClientSecretUnavailableException.class);
    MachineTokens vault =
        builder(pool())
            .clientSecret(
                () -> {
                  throw new IllegalStateException("the vault is closed");
                })
            .build();
    assertThatThrownBy(vault::token).hasRootCauseMessage("the vault is closed");
    assertThat(east.requests()).isZero();
  }

  @Test
  void the_builder_refuses_what_cannot_work() {
    MachineTokensBuilder builder = MachineTokens.builder(pool(), "machine");
    assertThatThrownBy(builder::build).hasMessageContaining("clientSecret");
    assertThatThrownBy(
            () ->
                MachineTokens.builder(UserPool.of("us-east-1_EXAMPLE"), "machine")
                    .clientSecret(() -> SECRET)
                    .build())
        .hasMessageContaining("has no domain");
    assertThatThrownBy(() -> MachineTokens.builder(pool(), " ")).hasMessageContaining("clientId");
    assertThatThrownBy(() -> builder.refreshAhead(Duration.ZERO))
        .hasMessageContaining("refreshAhead");
    assertThatThrownBy(() -> builder.requestTimeout(Duration.ofHours(1)))
        .hasMessageContaining("requestTimeout");
    assertThatThrownBy(
            () ->
                builder.httpClient(
                    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()))
        .hasMessageContaining("redirects");
    assertThatThrownBy(
            () ->
                builder.httpClient(
                    HttpClient.newBuilder().authenticator(new Authenticator() {}).build()))
        .hasMessageContaining("authenticator");
    assertThatThrownBy(
            () ->
                machine()
                    .httpClient(
                        HttpClient.newHttpClient(), List.of(URI.create("http://example.com"))))
        .hasMessageContaining("origins");
  }

  @Test
  void nothing_prints_a_secret_or_a_token() {
    MachineTokens machine = machine();
    MachineToken token = machine.token();
    assertThat(machine + " " + token + " " + machine.counts())
        .doesNotContain(SECRET)
        .doesNotContain(token.accessToken());
  }

  private static String stackTrace(Throwable error) {
    java.io.StringWriter text = new java.io.StringWriter();
    error.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
