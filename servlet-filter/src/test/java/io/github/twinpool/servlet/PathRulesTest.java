package io.github.twinpool.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules hold for a path. */
class PathRulesTest {
  private final PathRules.Collector collector = new PathRules.Collector();

  @Test
  void without_rules_nothing_is_open_and_nothing_asks_for_more_than_a_token() {
    PathRules rules = collector.rules();

    assertThat(rules.isOpen("GET", "/")).isFalse();
    assertThat(rules.scopes("GET", "/")).isEmpty();
    assertThat(rules.groups("GET", "/")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/a,          GET,  /a,       true",
    "/a,          POST, /a,       true",
    "/a,          GET,  /a/,      false",
    "/a,          GET,  /A,       false",
    "/a,          GET,  /a/b,     false",
    "/a,          GET,  /ab,      false",
    "/,           GET,  /,        true",
    "/,           GET,  /a,       false",
    "/a/*,        GET,  /a,       true",
    "/a/*,        GET,  /a/,      true",
    "/a/*,        GET,  /a/b/c,   true",
    "/a/*,        GET,  /ab,      false",
    "/*,          GET,  /,        true",
    "/*,          PUT,  /x/y,     true",
    "GET /a,      GET,  /a,       true",
    "GET /a,      HEAD, /a,       true",
    "GET /a,      POST, /a,       false",
    "GET /a,      get,  /a,       false",
    "POST /a,     HEAD, /a,       false",
    "HEAD /a,     GET,  /a,       false",
    "'  GET  /a ', GET, /a,       true"
  })
  void a_pattern_opens(String pattern, String method, String path, boolean open) {
    collector.open(pattern);

    assertThat(collector.rules().isOpen(method, path)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    // opened,   closed,      method, path,         open
    "/*,         /admin/*,    GET,    /admin,       false",
    "/*,         /admin/*,    GET,    /admin/x,     false",
    "/*,         /admin/*,    GET,    /x,           true",
    "/a/b,       /a/*,        GET,    /a/b,         true",
    "/a/b,       /a/*,        GET,    /a/c,         false",
    "/a/b/*,     /a/*,        GET,    /a/b/c,       true",
    "/a/*,       /a/b/*,      GET,    /a/b/c,       false",
    "/a/*,       /a,          GET,    /a,           false",
    "/a/*,       /a,          GET,    /a/,          false",
    "GET /a,     /a,          GET,    /a,           true",
    "GET /a,     /a,          POST,   /a,           false",
    "/a,         POST /a,     POST,   /a,           false",
    "/a,         POST /a,     GET,    /a,           true",
    "GET /a/*,   /a/b,        GET,    /a/b,         false",
    "/a/*,       GET /a/b/*,  HEAD,   /a/b/c,       false"
  })
  void the_most_specific_pattern_decides(
      String opened, String closed, String method, String path, boolean open) {
    collector.open(opened);
    collector.scopes(closed, Set.of("s"));

    assertThat(collector.rules().isOpen(method, path)).isEqualTo(open);
  }

  @Test
  void every_requirement_that_matches_counts() {
    collector.scopes("/a/*", Set.of("one"));
    collector.scopes("GET /a/b", Set.of("two"));
    collector.scopes("POST /a/b", Set.of("three"));
    collector.anyGroup("/a/*", Set.of("g"));
    collector.anyGroup("/a/b", Set.of("h"));
    PathRules rules = collector.rules();

    assertThat(rules.scopes("GET", "/a/b")).containsExactly("one", "two");
    assertThat(rules.scopes("HEAD", "/a/b")).containsExactly("one", "two");
    assertThat(rules.scopes("POST", "/a/b")).containsExactly("one", "three");
    assertThat(rules.scopes("GET", "/a/c")).containsExactly("one");
    assertThat(rules.groups("GET", "/a/b")).containsExactly(Set.of("g"), Set.of("h"));
    assertThat(rules.groups("GET", "/b")).isEmpty();
  }

  @Test
  void a_requirement_holds_for_the_path_with_a_slash_at_its_end_too() {
    collector.scopes("/a", Set.of("s"));

    assertThat(collector.rules().scopes("GET", "/a/")).containsExactly("s");
    assertThat(collector.rules().scopes("GET", "/a/b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "*",
        "*.css",
        "/*.css",
        "/a*",
        "/a/*/b",
        "/a/**",
        "/a//b",
        "//*",
        "/a/../b",
        "/./a",
        "/..",
        "/a;b",
        "/a%2fb",
        "/a\\b",
        "/a?b",
        "/a#b",
        "/a\u0000b",
        "get /a",
        "GET a",
        "GET",
        "GET POST /a",
        "GET, /a",
        "/a /b"
      })
  void what_is_no_pattern_is_refused_by_name_and_value(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> collector.open(pattern))
        .withMessageStartingWith("publicPaths '" + pattern + "': ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> collector.scopes(pattern, Set.of("s")))
        .withMessageStartingWith("requireScopes '" + pattern + "': ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> collector.anyGroup(pattern, Set.of("s")))
        .withMessageStartingWith("requireAnyGroup '" + pattern + "': ");
  }

  @Test
  void a_pattern_cannot_be_both_open_and_closed() {
    collector.open("GET /a/*");
    collector.scopes("GET /a/*", Set.of("s"));

    assertThatIllegalArgumentException()
        .isThrownBy(collector::rules)
        .withMessageStartingWith("publicPaths 'GET /a/*': ");
  }
}
