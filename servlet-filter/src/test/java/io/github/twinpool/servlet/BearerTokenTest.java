package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.servlet.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told about their tokens, by RFC 6750, on a real Jetty. */
@ExtendWith(TestPool.Provider.class)
class BearerTokenTest {
  private static TestPool pool;
  private static TestServer server;

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    server =
        TestServer.start(
            CognitoTokenFilter.builder(pool.validator())
                .publicPaths("/open/*", "GET /docs")
                .requireScopes("/orders/*", "orders/read")
                .requireScopes("POST /orders/*", "orders/write")
                .requireAnyGroup("/admin/*", "admins", "owners")
                .build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_good_token_opens_what_is_not_public() {
    Answer answer = server.get("/me", bearer(pool.accessToken()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("/me principal=ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR    "})
  void the_scheme_ignores_case_and_further_spaces(String scheme) {
    assertThat(server.get("/me", "Authorization: " + scheme + pool.accessToken()).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "Authorization:",
        "Authorization:   ",
        "Authorization: Bearer",
        "Authorization: Bearer  ",
        "Authorization: Basic YWRhOmFkYQ==",
        "Authorization: BearerX abc"
      })
  void without_a_token_the_challenge_says_nothing_about_an_error(String header) {
    Answer answer = server.get("/me", header);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).containsExactly("Bearer realm=\"cognito\"");
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
    assertThat(answer.header("Content-Type").get(0)).startsWith("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"type":"about:blank","title":"Unauthorized","status":401,\
            "detail":"this takes a bearer token","code":"TOKEN_MISSING"}""");
  }

  @Test
  void an_expired_token_is_an_invalid_token_with_a_fixed_description() {
    Answer answer = server.get("/me", bearer(pool.expired()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"cognito\", error=\"invalid_token\","
                + " error_description=\"token: expired\"");
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
    assertThat(answer.body()).contains("\"code\":\"EXPIRED\"");
  }

  @Test
  void a_token_with_a_changed_signature_is_invalid() {
    String token = pool.accessToken();
    int last = token.length() - 10;
    char other = token.charAt(last) == 'A' ? 'B' : 'A';
    Answer answer =
        server.get("/me", bearer(token.substring(0, last) + other + token.substring(last + 1)));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"SIGNATURE_INVALID\"");
  }

  @Test
  void what_is_no_jwt_is_an_invalid_token() {
    assertThat(server.get("/me", bearer("a-token")).header("WWW-Authenticate").get(0))
        .contains("error=\"invalid_token\"", "\"token: not a jwt\"");
  }

  @Test
  void id_tokens_are_refused() {
    Answer answer = server.get("/me", bearer(pool.idToken()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"WRONG_TOKEN_USE\"", "wrong token use");
  }

  @Test
  void id_tokens_are_accepted_beside_access_tokens_when_told_so() {
    try (TestServer lenient =
        TestServer.start(
            CognitoTokenFilter.builder(pool.validator())
                .acceptIdTokens(true)
                .requireScopes("/orders", "orders/read")
                .build())) {
      assertThat(lenient.get("/me", bearer(pool.idToken())).body()).contains("principal=ada");
      assertThat(lenient.get("/me", bearer(pool.accessToken())).status()).isEqualTo(200);
      assertThat(lenient.get("/me", bearer(pool.expired())).status()).isEqualTo(401);
      assertThat(lenient.get("/orders", bearer(pool.idToken())).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer a b",
        "Bearer a,b",
        "Bearer \"a\"",
        "Bearer a=b",
        "Bearer =",
        "Bearer a; b=c",
        "Bearer\tabc",
        "Bearer, abc",
        "Bearer a%20b",
        "Bearer \u00e4"
      })
  void a_header_that_is_no_bearer_token_is_an_invalid_request(String value) {
    Answer answer = server.get("/me", "Authorization: " + value);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"cognito\", error=\"invalid_request\","
                + " error_description=\"the bearer token is malformed\"");
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void two_authorization_headers_are_an_invalid_request_even_if_both_are_alike() {
    String good = bearer(pool.accessToken());

    assertThat(server.get("/me", good, good).header("WWW-Authenticate").get(0))
        .contains("error=\"invalid_request\"");
    assertThat(server.get("/me", good, "Authorization: Basic YQ==").status()).isEqualTo(400);
  }

  @Test
  void tokens_in_the_query_are_not_looked_at() {
    assertThat(server.get("/me?access_token=" + pool.accessToken()).status()).isEqualTo(401);
  }

  @Test
  void a_missing_scope_is_named() {
    Answer answer = server.get("/orders/7", bearer(pool.accessToken()));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"cognito\", error=\"insufficient_scope\","
                + " error_description=\"token: scope missing\", scope=\"orders/read\"");
  }

  @Test
  void all_rules_that_match_ask_for_their_scopes() {
    String reader = bearer(pool.user("bob", List.of(), "orders/read"));
    String writer = bearer(pool.machine("orders/write orders/read"));
    String onlyWriter = bearer(pool.machine("orders/write"));

    assertThat(server.get("/orders/7", reader).status()).isEqualTo(200);
    assertThat(server.send("POST", "/orders/7", reader).header("WWW-Authenticate").get(0))
        .endsWith("scope=\"orders/read orders/write\"");
    assertThat(server.send("POST", "/orders/7", writer).status()).isEqualTo(200);
    assertThat(server.send("POST", "/orders/7", onlyWriter).status()).isEqualTo(403);
  }

  @Test
  void one_of_the_groups_is_enough_and_none_is_a_403() {
    assertThat(server.get("/admin", bearer(pool.user("bob", List.of("owners"), ""))).status())
        .isEqualTo(200);
    Answer refused = server.get("/admin/x", bearer(pool.user("bob", List.of("staff"), "")));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("WWW-Authenticate").get(0))
        .contains("error=\"insufficient_scope\"")
        .doesNotContain("scope=\"\"", "admins");
    assertThat(refused.body()).contains("GROUP_MISSING");
    assertThat(server.get("/admin/", bearer(pool.accessToken())).status()).isEqualTo(403);
  }

  @Test
  void public_paths_take_no_token_and_look_at_none() {
    assertThat(server.get("/open/x").body()).contains("/open/x principal=null");
    assertThat(server.get("/open", bearer("nonsense")).status()).isEqualTo(200);
    assertThat(server.get("/open/x", bearer(pool.accessToken())).body()).contains("user=null");
    assertThat(server.get("/opener").status()).isEqualTo(401);
  }

  @Test
  void a_public_method_leaves_the_others_closed() {
    assertThat(server.get("/docs").status()).isEqualTo(200);
    assertThat(server.send("HEAD", "/docs").status()).isEqualTo(200);
    assertThat(server.send("POST", "/docs", "Content-Length: 0").status()).isEqualTo(401);
    assertThat(server.send("get", "/docs").status()).isEqualTo(401);
  }

  @Test
  void a_preflight_passes_only_when_told_so() {
    String[] preflight = {"Origin: https://a.example", "Access-Control-Request-Method: POST"};
    assertThat(server.send("OPTIONS", "/me", preflight).status()).isEqualTo(401);

    try (TestServer open =
        TestServer.start(
            CognitoTokenFilter.builder(pool.validator()).allowPreflight(true).build())) {
      assertThat(open.send("OPTIONS", "/me", preflight).body()).contains("principal=null");
      assertThat(open.send("OPTIONS", "/me", preflight[0]).status()).isEqualTo(401);
      assertThat(open.send("OPTIONS", "/me", preflight[1]).status()).isEqualTo(401);
      assertThat(open.send("GET", "/me", preflight).status()).isEqualTo(401);
    }
  }

  @Test
  void the_realm_is_the_applications_choice() {
    try (TestServer other =
        TestServer.start(CognitoTokenFilter.builder(pool.validator()).realm("orders").build())) {
      assertThat(other.get("/").header("WWW-Authenticate"))
          .containsExactly("Bearer realm=\"orders\"");
    }
  }
}
