package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.servlet.RawHttp.Answer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The paths of {@link AmbiguousPathTest} on Tomcat, strict and as lenient as it can be told to be.
 */
@ExtendWith(TestPool.Provider.class)
@Tag("tomcat")
class TomcatPathTest {
  private static final List<Map<String, String>> CONNECTORS =
      List.of(Map.of(), lenient("decode"), lenient("passthrough"));

  private static TestPool pool;
  private static List<Server> guarded;
  private static List<Server> open;

  private static Map<String, String> lenient(String handling) {
    return Map.of(
        "encodedSolidusHandling",
        handling,
        "encodedReverseSolidusHandling",
        handling,
        "allowBackslash",
        "true",
        "relaxedPathChars",
        "\\\"<>[]^`{|}");
  }

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    Filter filter =
        CognitoTokenFilter.builder(pool.validator())
            .publicPaths("/open/*")
            .requireAnyGroup("/admin/*", "admins")
            .build();
    guarded = CONNECTORS.stream().map(it -> tomcat(filter, it)).toList();
    Filter none = (request, response, chain) -> chain.doFilter(request, response);
    open = CONNECTORS.stream().map(it -> tomcat(none, it)).toList();
  }

  private static Server tomcat(Filter filter, Map<String, String> connector) {
    return TomcatServer.start(filter, EnumSet.of(DispatcherType.REQUEST), connector);
  }

  @AfterAll
  static void stop() {
    Stream.concat(guarded.stream(), open.stream()).forEach(Server::close);
  }

  static Stream<String> ambiguous() {
    return AmbiguousPathTest.ambiguous();
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void a_path_with_more_than_one_reading_is_a_bad_request_with_and_without_a_token(String path) {
    String admin = bearer(pool.user("root", List.of("admins"), ""));
    for (int i = 0; i < guarded.size(); i++) {
      boolean served = open.get(i).get(path).status() == 200;
      for (Answer answer : List.of(guarded.get(i).get(path), guarded.get(i).get(path, admin))) {
        assertThat(answer.status()).isEqualTo(400);
        if (served) { // Others Tomcat refuses before any filter is asked.
          assertThat(answer.body()).contains("\"code\":\"PATH_AMBIGUOUS\"");
        }
      }
    }
  }

  /** Or else there would be nothing to refuse. */
  @Test
  void without_the_filter_the_application_would_have_got_many_of_them() {
    for (Server server : open) {
      assertThat(ambiguous().filter(path -> server.get(path).status() == 200))
          .hasSizeGreaterThan(20);
    }
  }

  static Stream<String> ordinary() {
    return AmbiguousPathTest.ordinary();
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void ordinary_paths_are_let_through(String path) {
    for (Server server : guarded) {
      assertThat(server.get(path).status()).isEqualTo(200);
    }
  }

  static Stream<String> noPaths() {
    return AmbiguousPathTest.noPaths();
  }

  @ParameterizedTest
  @MethodSource("noPaths")
  void what_is_no_path_is_never_served(String path) {
    for (Server server : guarded) {
      assertThat(server.get(path, bearer(pool.accessToken())).status()).isEqualTo(400);
    }
  }

  @Test
  void an_encoded_letter_neither_opens_nor_closes_anything() {
    for (Server server : guarded) {
      assertThat(server.get("/%61dmin", bearer(pool.accessToken())).status()).isEqualTo(403);
      assertThat(server.get("/%61dmin").status()).isEqualTo(401);
      assertThat(server.get("/%6Fpen/x").status()).isEqualTo(200);
    }
  }
}
