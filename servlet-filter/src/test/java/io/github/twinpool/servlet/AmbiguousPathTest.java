package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.servlet.RawHttp.Answer;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths with more than one reading, on a Jetty that was told to let all of them through. */
@ExtendWith(TestPool.Provider.class)
class AmbiguousPathTest {
  private static TestPool pool;
  private static List<TestServer> lenient;
  private static TestServer unprotected;

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    Filter filter =
        CognitoTokenFilter.builder(pool.validator())
            .publicPaths("/open/*")
            .requireAnyGroup("/admin/*", "admins")
            .build();
    lenient =
        List.of(
            TestServer.lenient(filter, UriCompliance.UNSAFE, true),
            TestServer.lenient(filter, UriCompliance.UNSAFE, false),
            TestServer.lenient(filter, UriCompliance.LEGACY, true));
    unprotected =
        TestServer.lenient(
            (request, response, chain) -> chain.doFilter(request, response),
            UriCompliance.UNSAFE,
            true);
  }

  @AfterAll
  static void stop() {
    lenient.forEach(TestServer::close);
    unprotected.close();
  }

  /** Each of these Jetty serves when it is told to be lenient. */
  static Stream<String> ambiguous() {
    return Stream.of(
        "/open/..;/admin",
        "/open/..;a=b/admin",
        "/open;/admin",
        "/open/x;jsessionid=1",
        "/;/admin",
        "/admin;x",
        "/admin%3bx",
        "/open/%2e%2e/admin",
        "/open/.%2e/admin",
        "/open/%2E./admin",
        "/open/x%2ehtml",
        "/open/../admin",
        "/open/./x",
        "/open/..",
        "/open/.",
        "/open%2fx",
        "/open/..%2fadmin",
        "/open/..%2Fadmin",
        "/open%5cx",
        "/open/..%5cadmin",
        "/open/x%25",
        "/open/%252e%252e/admin",
        "/open/%252fadmin",
        "//admin",
        "//open/x",
        "/open//x",
        "/open//",
        "/open/x%0a",
        "/open/x%0d%0aA:b",
        "/open/%1f",
        "/open/%7f",
        "/open/%c2%85",
        "/open/%e2%80%a8");
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void a_path_with_more_than_one_reading_is_a_bad_request_with_and_without_a_token(String path) {
    String admin = bearer(pool.user("root", List.of("admins"), ""));
    for (TestServer server : lenient) {
      for (Answer answer : List.of(server.get(path), server.get(path, admin))) {
        assertThat(answer.status()).isEqualTo(400);
        // LEGACY refuses some of them before any filter is asked
        if (server != lenient.get(2)) {
          assertThat(answer.body()).contains("\"code\":\"PATH_AMBIGUOUS\"");
          assertThat(answer.header("WWW-Authenticate")).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void without_the_filter_the_application_would_have_got_it(String path) {
    assertThat(unprotected.get(path).status()).isEqualTo(200);
  }

  static Stream<String> noPaths() {
    return Stream.of(
        "/open/%00",
        "/open/%",
        "/open/%2",
        "/open/%zz",
        "/open/%u002f",
        "/open/%ff",
        "/open/%c0%af",
        "/open/%c0%ae%c0%ae/admin",
        "/open/%ed%a0%80",
        "/open/x\\y",
        "open",
        "*");
  }

  @ParameterizedTest
  @MethodSource("noPaths")
  void what_is_no_path_is_never_served(String path) {
    for (TestServer server : lenient) {
      assertThat(server.get(path, bearer(pool.accessToken())).status()).isEqualTo(400);
    }
  }

  static Stream<String> ordinary() {
    return Stream.of(
        "/open/a.b",
        "/open/...",
        "/open/.well-known/x",
        "/open/..x",
        "/open/a%20b",
        "/open/%C3%A4",
        "/open/%e2%82%ac",
        "/open/a+b",
        "/open/a=b&c,d:e@f!$'()*~",
        "/open/%3Fx",
        "/open/%41",
        "/%6Fpen/x",
        "/open/?a=/../;%2f//",
        "/open/");
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void ordinary_paths_are_let_through(String path) {
    for (TestServer server : lenient) {
      assertThat(server.get(path).status()).isEqualTo(200);
    }
  }

  @Test
  void an_encoded_letter_neither_opens_nor_closes_anything() {
    for (TestServer server : lenient) {
      assertThat(server.get("/%61dmin", bearer(pool.accessToken())).status()).isEqualTo(403);
      assertThat(server.get("/%61dmin").status()).isEqualTo(401);
    }
  }

  @Test
  void an_absolute_request_target_is_held_against_the_same_rules() {
    for (TestServer server : lenient) {
      String host = "http://127.0.0.1:" + server.port();
      assertThat(server.get(host + "/admin").status()).isEqualTo(401);
      assertThat(server.get(host + "/open/x").status()).isEqualTo(200);
      assertThat(server.get(host + "//open/x").status()).isEqualTo(400);
    }
  }
}
