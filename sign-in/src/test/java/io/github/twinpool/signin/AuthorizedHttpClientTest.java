package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link MachineTokens#httpClient}, blocking and async. */
class AuthorizedHttpClientTest {
  private final FakeDomain domain = new FakeDomain();
  private final FakeDomain orders = new FakeDomain();
  private final FakeDomain foreign = new FakeDomain();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final MachineTokens machine =
      new MachineTokensBuilder(
              UserPool.builder("us-east-1_EXAMPLE")
                  .domainEndpoint(RegionRole.PRIMARY, domain.uri())
                  .build(),
              () -> RegionRole.PRIMARY,
              "machine")
          .clientSecret(() -> "secret-of-the-machine")
          .clock(now::get)
          .build();
  private final HttpClient http =
      machine.httpClient(HttpClient.newHttpClient(), List.of(orders.uri()), "orders/read");

  enum Style {
    BLOCKING,
    ASYNC,
    ASYNC_WITH_PUSHES
  }

  AuthorizedHttpClientTest() {
    orders.answers(200, "yours");
    foreign.answers(200, "foreign");
  }

  @Test
  void whatever_an_http_client_of_this_jdk_can_do_is_done_by_the_one_inside() throws Exception {
    for (Method method : HttpClient.class.getMethods()) {
      if (method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers())) {
        assertThat(http.getClass().getMethod(method.getName(), method.getParameterTypes()))
            .extracting(Method::getDeclaringClass)
            .as(method.toString())
            .isEqualTo(http.getClass());
      }
    }
  }

  @Test
  void closing_it_closes_the_one_inside_where_the_jdk_can() throws Exception {
    boolean can = Runtime.version().feature() >= 21;
    for (boolean byShutdown : new boolean[] {false, true}) {
      HttpClient inside = HttpClient.newHttpClient();
      AuthorizedHttpClient outside =
          (AuthorizedHttpClient) machine.httpClient(inside, List.of(orders.uri()), "orders/read");
      outside.send(get(foreign.uri()), BodyHandlers.discarding());
      assertThat(outside.isTerminated()).isFalse();
      if (byShutdown) {
        outside.shutdown();
        outside.shutdownNow();
        assertThat(outside.awaitTermination(Duration.ofSeconds(60))).isTrue();
      } else {
        outside.close();
      }
      assertThat(outside.isTerminated()).isEqualTo(can);
      assertThat(HttpClientOfJdk21.isTerminated(inside)).isEqualTo(can);
    }
  }

  @AfterEach
  void close() {
    machine.close();
    domain.close();
    orders.close();
    foreign.close();
  }

  private HttpResponse<String> send(Style style, HttpRequest request) throws Exception {
    return switch (style) {
      case BLOCKING -> http.send(request, BodyHandlers.ofString());
      case ASYNC -> Calls.join(http.sendAsync(request, BodyHandlers.ofString()));
      case ASYNC_WITH_PUSHES -> Calls.join(http.sendAsync(request, BodyHandlers.ofString(), null));
    };
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  @ParameterizedTest
  @EnumSource
  void the_header_goes_to_the_allowed_origin_and_to_no_other(Style style) throws Exception {
    assertThat(send(style, get(orders.uri().resolve("/1?a=b"))).body()).isEqualTo("yours");
    assertThat(orders.asked.get(0).authorization()).isEqualTo("Bearer token-1");
    assertThat(send(style, get(foreign.uri())).body()).isEqualTo("foreign");
    assertThat(foreign.asked.get(0).authorization()).isEqualTo("null");
  }

  @ParameterizedTest
  @EnumSource
  void a_redirect_to_a_foreign_origin_is_not_followed(Style style) throws Exception {
    orders.answers(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Location", foreign.uri().toString());
          FakeDomain.send(exchange, 302, "text/html", "");
        });
    assertThat(send(style, get(orders.uri())).statusCode()).isEqualTo(302);
    assertThat(foreign.requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_header_of_the_application_s_own_stays(Style style) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(orders.uri()).header("Authorization", "Basic own").build();
    send(style, request);
    assertThat(orders.asked.get(0).authorization()).isEqualTo("Basic own");
    assertThat(domain.requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void after_a_401_an_old_token_is_replaced_and_the_request_repeated_once(Style style)
      throws Exception {
    machine.token("orders/read");
    now.updateAndGet(it -> it.plusSeconds(61));
    orders.answers(401, "who are you?");
    HttpRequest request =
        HttpRequest.newBuilder(orders.uri()).POST(BodyPublishers.ofString("an order")).build();
    HttpResponse<String> response = send(style, request);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo("who are you?");
    assertThat(orders.asked)
        .extracting(FakeDomain.Asked::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
    assertThat(orders.asked).extracting(FakeDomain.Asked::body).containsOnly("an order");

    send(style, request);
    assertThat(orders.requests()).as("a new token costs no other").isEqualTo(3);
    assertThat(domain.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void a_401_while_the_domain_is_down_is_an_outage(Style style) {
    machine.token("orders/read");
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(2)));
    orders.answers(401, "");
    domain.answers(500, "");
    assertThatThrownBy(() -> send(style, get(orders.uri())))
        .isInstanceOf(DomainUnavailableException.class);
    assertThat(orders.requests()).isEqualTo(1);
    assertThat(machine.token("orders/read").accessToken())
        .as("what one server refuses is still good elsewhere")
        .isEqualTo("token-1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_is_cancelled_gives_its_connection_back(boolean oldToken) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpClient client =
          machine.httpClient(
              HttpClient.newHttpClient(),
              List.of(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
              "orders/read");
      machine.token("orders/read");
      if (oldToken) {
        now.updateAndGet(it -> it.plus(Duration.ofMinutes(2)));
      }
      CompletableFuture<HttpResponse<String>> call =
          client.sendAsync(
              get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/")),
              BodyHandlers.ofString());
      try (Socket connection = silent.accept()) {
        connection.setSoTimeout(20_000);
        InputStream request = connection.getInputStream();
        assertThat(request.read()).isEqualTo('G');
        assertThat(call.cancel(true)).isTrue();
        // Reads on until the client closes; a connection that stays would time out here.
        request.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user@127.0.0.1:%d/",
        "http://127.0.0.1.example.com:%d/",
        "https://127.0.0.1:%d/",
        "http://127.0.0.2:%d/",
        "http://localhost:%d/",
        "http://127.0.0.1/?%d"
      })
  void what_only_looks_like_the_origin_is_another(String lookalike) {
    Origins origins = Origins.of(List.of(orders.uri()));
    assertThat(origins.contain(URI.create(lookalike.formatted(orders.uri().getPort())))).isFalse();
    assertThat(origins.contain(URI.create(orders.uri() + "/any/path?and=query"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "ftp://example.com",
        "https://example.com/path",
        "https://example.com?query",
        "https://user:password@example.com",
        "//example.com",
        "example.com",
        "https:example.com"
      })
  void what_is_no_safe_origin_is_refused(String origin) {
    assertThatThrownBy(() -> Origins.of(List.of(URI.create(origin))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://orders.example.com", "HTTPS://ORDERS.example.com:443/"})
  void letter_case_and_the_default_port_make_no_other_origin(String origin) {
    assertThat(
            Origins.of(List.of(URI.create(origin)))
                .contain(URI.create("https://orders.EXAMPLE.com/1")))
        .isTrue();
  }
}
