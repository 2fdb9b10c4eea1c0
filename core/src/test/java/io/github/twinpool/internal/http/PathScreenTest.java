package io.github.twinpool.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathScreenTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/", "/a.b/..c/.d", "/%41%C3%A4", "/a?b"})
  void plain_paths_have_one_reading(String path) {
    assertThat(PathScreen.isUnambiguous(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/a\tb",
        "/a\u0001",
        "/a\u0085b",
        "/a\u2028b",
        "/a\\b",
        "/%\uff11\uff11",
        "/%-1",
        "/%+1",
        "/a%",
        "/a%4",
        "/%80",
        "/%00",
        "/%0a",
        "/%7f",
        "/%c2%85",
        "/%e2%80%a8",
        "/%2F",
        "/%2f",
        "/%5C",
        "/%2E",
        "/%25",
        "/%3B",
        "/.",
        "/..",
        "/a/..",
        "/./a",
        "//"
      })
  void strange_paths_have_more_or_none(String path) {
    assertThat(PathScreen.isUnambiguous(path)).isFalse();
  }
}
