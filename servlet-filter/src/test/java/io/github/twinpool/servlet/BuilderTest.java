package io.github.twinpool.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.twinpool.token.TokenValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builder refuses. */
@ExtendWith(TestPool.Provider.class)
class BuilderTest {
  private TestPool pool;
  private CognitoTokenFilter.Builder builder;

  @BeforeEach
  void start(TestPool shared) {
    pool = shared;
    builder = CognitoTokenFilter.builder(pool.validator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "\u00e4", "a\nb"})
  void scopes_that_no_server_grants(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.requireScopes("/x", "good", scope))
        .withMessageContainingAll("requireScopes", "'" + scope + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "a,b", "a\"b", "\u00e4"})
  void cookie_names_that_no_browser_sends(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.cookie(name))
        .withMessageContainingAll("cookie", "'" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "*", "https://*.example", "a.example", "https://a.example/", "//a"})
  void origins_that_no_browser_sends(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.allowedOrigins(origin))
        .withMessageContainingAll("allowedOrigins", "'" + origin + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"b", "a\\b", "a\r\nb", "\u00e4"})
  void realms_that_cannot_be_quoted_as_they_are(String realm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.realm(realm))
        .withMessageContainingAll("realm", "'" + realm + "'");
  }

  @Test
  void lists_without_anything_in_them() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.publicPaths());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.requireScopes("/x"))
        .withMessageContainingAll("requireScopes", "/x");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.requireAnyGroup("/x"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.requireAnyGroup("/x", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.allowedOrigins());
  }

  @Test
  void options_that_contradict_each_other() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.allowedOrigins("https://a.example").build())
        .withMessageContaining("allowedOrigins");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.cookie("c").publicPaths("/x").requireScopes("/x", "s").build())
        .withMessageContaining("publicPaths '/x'");
  }

  @Test
  void id_tokens_beside_what_the_validator_requires_of_access_tokens() {
    try (TokenValidator scopes =
            TokenValidator.builder(pool.userPool()).anyClient().requireScopes("api/read").build();
        TokenValidator partners =
            TokenValidator.builder(pool.userPool())
                .anyClient()
                .pool(TestPool.PARTNER, it -> it.anyClient().requireAudience("https://api"))
                .build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CognitoTokenFilter.builder(scopes).acceptIdTokens(true).build())
          .withMessageContainingAll("acceptIdTokens 'true'", "requireScopes");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CognitoTokenFilter.builder(partners).acceptIdTokens(true).build())
          .withMessageContainingAll("acceptIdTokens 'true'", "requireAudience");
      assertThat(CognitoTokenFilter.builder(scopes).acceptIdTokens(false).build()).isNotNull();
    }
  }

  @Test
  void a_filter_does_not_change_with_its_builder_and_does_not_close_the_validator() {
    try (TestServer server = TestServer.start(builder.build())) {
      builder.publicPaths("/x");
      assertThat(server.get("/x").status()).isEqualTo(401);
    }
    assertThat(pool.validator().validateAccessToken(pool.accessToken()).username()).contains("ada");
  }
}
