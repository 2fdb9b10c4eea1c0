package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets the default locale")
@ExtendWith(TestPool.Provider.class)
class DefaultLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  /** Of each status, and with a letter that Turkish lowers to another. */
  private static List<String> answers(TestPool pool, TestServer server, TestServer keyless) {
    return Stream.of(
            server.get("/x", bearer(pool.accessToken())),
            server.get("/x"),
            server.get("/x", bearer("a.b.c")),
            server.get("/x", bearer(pool.expired())),
            server.get("/x;a=b", bearer(pool.accessToken())),
            server.get("/orders/1", bearer(pool.accessToken())),
            server.get("/ADMIN/1", bearer(pool.accessToken())),
            keyless.get("/x", bearer(pool.accessToken())))
        .map(
            answer ->
                answer.status()
                    + "\n"
                    + answer.headers().stream().filter(it -> !it.startsWith("Date:")).toList()
                    + "\n"
                    + answer.body())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "tr-TR"})
  void answers_are_the_same_in_every_locale(String tag, TestPool pool) throws IOException {
    try (TokenValidator validator =
            TokenValidator.builder(pool.userPool())
                .anyClient()
                .fetchKeys(false)
                .keySource(OutageTest.refusing())
                .keysTimeout(Duration.ofMillis(100))
                .build();
        TestServer keyless = TestServer.start(CognitoTokenFilter.builder(validator).build());
        TestServer server =
            TestServer.start(
                CognitoTokenFilter.builder(pool.validator())
                    .requireScopes("GET /orders/*", "orders/read")
                    .requireAnyGroup("/ADMIN/*", "ADMINS")
                    .build())) {
      Locale.setDefault(Locale.ROOT);
      List<String> expected = answers(pool, server, keyless);
      assertThat(expected)
          .extracting(it -> it.substring(0, 3))
          .containsExactly("200", "401", "401", "401", "400", "403", "403", "503");
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(answers(pool, server, keyless)).containsExactlyElementsOf(expected);
    }
  }
}
