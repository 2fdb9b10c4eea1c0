package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.servlet.RawHttp.Answer;
import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forwards, includes, asynchronous and error dispatches, with the filter mapped for all of them:
 * the same in every container.
 */
@ExtendWith(TestPool.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DispatchContract {
  private final AtomicInteger validations = new AtomicInteger();
  private TestPool pool;
  private TokenValidator validator;
  private Server server;

  abstract Server start(Filter filter, Set<DispatcherType> types);

  @BeforeAll
  void startAll(TestPool shared) {
    pool = shared;
    validator =
        TokenValidator.builder(pool.userPool())
            .clientId(pool.clientId())
            .check(token -> validations.incrementAndGet() > 0)
            .build();
    server =
        start(
            CognitoTokenFilter.builder(validator)
                .publicPaths("/go/*", "/open/*")
                .requireAnyGroup("/admin/*", "admins")
                .build(),
            EnumSet.allOf(DispatcherType.class));
  }

  @AfterAll
  void stop() {
    server.close();
    validator.close();
  }

  @BeforeEach
  void reset() {
    validations.set(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/go/forward", "/go/forward-after-writer", "/go/async", "/go/async-after-writer"})
  void a_public_path_does_not_lead_to_a_protected_one(String from) {
    Answer nobody = server.get(from + "?to=/secret");
    Answer notAdmin = server.get(from + "?to=/admin/x", bearer(pool.accessToken()));
    Answer bad = server.get(from + "?to=/secret", bearer("bad"));

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).containsExactly("Bearer realm=\"cognito\"");
    assertThat(nobody.body()).startsWith("{\"type\"").contains("TOKEN_MISSING");
    assertThat(notAdmin.status()).isEqualTo(403);
    assertThat(bad.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "async"})
  void a_token_opens_the_protected_path_behind_a_public_one(String how) {
    Answer answer = server.get("/go/" + how + "?to=/secret", bearer(pool.accessToken()));

    assertThat(answer.body()).contains("/secret principal=ada user=ada type=Bearer");
    assertThat(validations).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "async", "include"})
  void a_public_path_leads_to_another_public_one(String how) {
    assertThat(server.get("/go/" + how + "?to=/open/x").body()).contains("principal=null");
  }

  @Test
  void an_include_that_is_refused_is_left_out_and_the_page_goes_on() {
    Answer nobody = server.get("/go/include?to=/secret");
    Answer notAdmin = server.get("/go/include?to=/admin/x", bearer(pool.accessToken()));

    assertThat(nobody.status()).isEqualTo(200);
    assertThat(nobody.body()).isEqualTo("before  after");
    assertThat(nobody.header("WWW-Authenticate")).isEmpty();
    assertThat(notAdmin.body()).isEqualTo("before  after");
  }

  @Test
  void an_include_with_a_token_is_there_and_knows_the_sender() {
    assertThat(server.get("/go/include?to=/secret", bearer(pool.accessToken())).body())
        .startsWith("before [INCLUDE")
        .contains("principal=ada")
        .endsWith("] after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open/..;/secret", "/open/%2e%2e/secret", "/open//x", "/open/%252e"})
  void ambiguous_targets_are_not_dispatched_to(String target) {
    String query = target.replace("%", "%25").replace(";", "%3B");

    assertThat(server.get("/go/forward?to=" + query).body()).doesNotContain("principal");
    assertThat(server.get("/go/include?to=" + query).body()).doesNotContain("principal");
    assertThat(server.get("/go/async?to=" + query).body()).doesNotContain("principal");
  }

  @Test
  void a_forward_from_a_protected_path_verifies_nothing_again_but_asks_for_the_group() {
    Server protectedGo =
        start(
            CognitoTokenFilter.builder(validator).requireAnyGroup("/admin/*", "admins").build(),
            EnumSet.allOf(DispatcherType.class));
    try (protectedGo) {
      for (String how : List.of("forward", "async", "include")) {
        validations.set(0);
        assertThat(protectedGo.get("/go/" + how + "?to=/x", bearer(pool.accessToken())).body())
            .contains("principal=ada");
        assertThat(validations).hasValue(1);
        assertThat(
                protectedGo.get("/go/" + how + "?to=/admin/x", bearer(pool.accessToken())).body())
            .doesNotContain("principal=ada");
      }
    }
  }

  @Test
  void an_asynchronous_thread_sees_the_principal() {
    try (Server plain =
        start(CognitoTokenFilter.builder(validator).build(), EnumSet.of(DispatcherType.REQUEST))) {
      assertThat(plain.get("/go/async-thread", bearer(pool.accessToken())).body())
          .isEqualTo("thread sees ada");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"teapot", "fail"})
  void an_error_page_sees_the_principal_without_a_second_verification(String how) {
    Answer answer = server.get("/x?" + how, bearer(pool.accessToken()));

    assertThat(answer.body()).contains("[ERROR /error/page principal=ada user=ada type=Bearer");
    assertThat(validations).hasValue(1);
  }

  @Test
  void an_error_page_is_shown_to_nobody_too_but_cannot_be_asked_for() {
    assertThat(server.get("/open/x?teapot").body()).contains("[ERROR /error/page principal=null");
    assertThat(server.get("/open/x?teapot", bearer("bad")).status()).isEqualTo(418);
    assertThat(server.get("/error/page").status()).isEqualTo(401);
  }

  @Test
  void mapped_for_requests_only_the_attribute_outlives_an_asynchronous_dispatch() {
    try (Server plain =
        start(CognitoTokenFilter.builder(validator).build(), EnumSet.of(DispatcherType.REQUEST))) {
      assertThat(plain.get("/go/async?to=/x", bearer(pool.accessToken())).body())
          .contains("[ASYNC /x principal=null", "token=AccessToken[");
    }
  }

  @Test
  void two_filters_do_not_take_each_others_word() {
    TokenValidator other =
        TokenValidator.builder(pool.userPool()).clientId("another-client").build();
    CognitoTokenFilter first = CognitoTokenFilter.builder(validator).build();
    CognitoTokenFilter second = CognitoTokenFilter.builder(other).build();
    try (other;
        Server both =
            start(
                (request, response, chain) ->
                    first.doFilter(
                        request, response, (req, resp) -> second.doFilter(req, resp, chain)),
                EnumSet.of(DispatcherType.REQUEST))) {
      assertThat(both.get("/x", bearer(pool.accessToken())).body()).contains("WRONG_CLIENT");
    }
  }
}
