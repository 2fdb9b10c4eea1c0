package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.servlet.RawHttp.Answer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in cookies, which browsers send of their own accord. */
@ExtendWith(TestPool.Provider.class)
class CookieTest {
  private static TestPool pool;
  private static TestServer server;
  private static String cookie;

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    cookie = "Cookie: other=1; token=" + pool.accessToken();
    server =
        TestServer.start(
            CognitoTokenFilter.builder(pool.validator())
                .cookie("token")
                .allowedOrigins("https://app.example", "http://[::1]:8080")
                .build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private String own() {
    return "http://127.0.0.1:" + server.port();
  }

  @Test
  void cookies_are_not_looked_at_unless_told_so() {
    try (TestServer plain =
        TestServer.start(CognitoTokenFilter.builder(pool.validator()).build())) {
      assertThat(plain.get("/x", cookie).status()).isEqualTo(401);
      assertThat(plain.get("/x", cookie, bearer(pool.accessToken())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void safe_methods_take_the_cookie_from_anywhere(String method) {
    assertThat(server.send(method, "/x", cookie, "Origin: https://evil.example").status())
        .isEqualTo(200);
    assertThat(server.get("/x", cookie).body()).contains("principal=ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "BREW", "get"})
  void unsafe_methods_without_origin_and_referer_are_refused(String method) {
    Answer answer = server.send(method, "/x", cookie, "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"ORIGIN_NOT_ALLOWED\"");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void the_own_origin_and_the_allowed_ones_may_write() {
    assertThat(post("Origin: " + own())).isEqualTo(200);
    assertThat(post("Origin: https://app.example")).isEqualTo(200);
    assertThat(post("Origin: https://app.example:443")).isEqualTo(200);
    assertThat(post("Origin: HTTPS://App.Example")).isEqualTo(200);
    assertThat(post("Origin: http://[::1]:8080")).isEqualTo(200);
    assertThat(post("Referer: " + own() + "/page?x=1")).isEqualTo(200);
    assertThat(post("Referer: https://app.example")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Origin:",
        "Origin: https://evil.example",
        "Origin: http://app.example",
        "Origin: https://app.example:444",
        "Origin: https://app.example.evil.example",
        "Origin: https://evilapp.example",
        "Origin: https://app.example.",
        "Origin: https://app.example/",
        "Origin: https://u@app.example",
        "Origin: https://app.example https://evil.example",
        "Origin: app.example",
        "Origin: *",
        "Origin: https://",
        "Origin: http://127.0.0.1",
        "Origin: http://[::1]",
        "Referer: null",
        "Referer: https://evil.example/https://app.example/",
        "Referer: https://app.example@evil.example/",
        "Referer: https://evil.example?https://app.example",
        "Referer: https://evil.example\\@app.example/",
        "Referer: //app.example/",
        "Referer: /x"
      })
  void other_origins_may_not_write(String header) {
    assertThat(post(header)).isEqualTo(403);
  }

  @Test
  void forwarded_headers_are_not_believed() {
    assertThat(
            server
                .send(
                    "POST",
                    "/x",
                    cookie,
                    "Content-Length: 0",
                    "Origin: https://evil.example",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "Forwarded: host=evil.example;proto=https")
                .status())
        .isEqualTo(403);
  }

  @Test
  void a_bad_origin_is_not_mended_by_a_good_referer_and_two_are_none() {
    String good = "Origin: " + own();

    assertThat(post("Origin: null", "Referer: " + own() + "/")).isEqualTo(403);
    assertThat(post(good, good)).isEqualTo(403);
    assertThat(post("Referer: " + own() + "/", "Referer: " + own() + "/")).isEqualTo(403);
  }

  @Test
  void the_handshake_of_a_websocket_is_checked_too() {
    String[] handshake = {cookie, "Connection: Upgrade", "Upgrade: websocket", "Origin: " + own()};

    assertThat(server.get("/x", handshake).status()).isEqualTo(200);
    handshake[3] = "Origin: https://evil.example";
    assertThat(server.get("/x", handshake).status()).isEqualTo(403);
  }

  @Test
  void a_token_in_the_header_needs_no_origin() {
    assertThat(server.send("POST", "/x", bearer(pool.accessToken()), "Content-Length: 0").status())
        .isEqualTo(200);
  }

  @Test
  void two_tokens_are_a_bad_request() {
    assertThat(server.get("/x", cookie, bearer(pool.accessToken())).body())
        .contains("REQUEST_MALFORMED");
    assertThat(server.get("/x", cookie + "; token=" + pool.accessToken()).status()).isEqualTo(400);
    assertThat(server.get("/x", cookie, "Cookie: token=a").status()).isEqualTo(400);
  }

  @Test
  void a_cookie_of_another_name_or_without_a_value_is_no_token() {
    assertThat(server.get("/x", "Cookie: Token=" + pool.accessToken()).body())
        .contains("TOKEN_MISSING");
    assertThat(server.get("/x", "Cookie: token=").body()).contains("TOKEN_MISSING");
    assertThat(server.get("/x", "Cookie: token=", bearer(pool.accessToken())).status())
        .isEqualTo(200);
  }

  @Test
  void a_stale_cookie_is_a_401_so_that_the_user_signs_in_again() {
    assertThat(server.get("/x", "Cookie: token=" + pool.expired()).body()).contains("EXPIRED");
    assertThat(server.get("/x", "Cookie: token=not~a~token").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,      https, a.example,  443",
    "HTTP://A.example:8080,  http,  a.example,  8080",
    "http://[::1],           http,  [::1],      80",
    "capacitor://localhost,  capacitor, localhost, -1"
  })
  void an_origin_is_scheme_host_and_port(String text, String scheme, String host, int port) {
    assertThat(Origin.parse(text)).contains(new Origin(scheme, host, port));
    assertThat(Origin.ofUrl(text + "/x:y@z")).contains(new Origin(scheme, host, port));
  }

  @Test
  void an_ip_literal_of_a_container_without_brackets_is_the_same_origin() {
    assertThat(Origin.of("http", "::1", 80)).isEqualTo(Origin.parse("http://[::1]").orElseThrow());
  }

  private int post(String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = cookie;
    all[headers.length + 1] = "Content-Length: 0";
    return server.send("POST", "/x", all).status();
  }
}
