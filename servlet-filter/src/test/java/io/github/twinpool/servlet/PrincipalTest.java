package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the application learns about the sender of a request. */
@ExtendWith(TestPool.Provider.class)
class PrincipalTest {
  private static TestPool pool;
  private static TestServer server;

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    server = TestServer.start(CognitoTokenFilter.builder(pool.validator()).build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_principal_of_a_user_has_the_username_and_the_groups_as_roles() {
    String staff = pool.user("bob", List.of("staff", "more"), "");

    assertThat(server.get("/x", bearer(staff)).body())
        .contains("principal=bob user=bob type=Bearer staff=true");
    assertThat(server.get("/x", bearer(pool.accessToken())).body())
        .contains("principal=ada user=ada type=Bearer staff=false");
  }

  @Test
  void the_principal_of_a_machine_is_its_app_client() {
    assertThat(server.get("/x", bearer(pool.machine("a/b"))).body())
        .contains("principal=" + pool.clientId() + " user=" + pool.clientId() + " type=Bearer");
  }

  @Test
  void the_token_is_a_request_attribute_and_there_is_no_session() {
    RawHttp.Answer answer = server.get("/x", bearer(pool.accessToken()));

    assertThat(answer.body())
        .contains("token=AccessToken[userPool=" + pool.userPool().id(), "session=null");
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void the_star_is_no_role_and_two_stars_are_everybody() {
    CognitoPrincipal principal =
        principal(pool.user("bob", List.of("*", "staff"), ""));
    AuthenticatedRequest request = new AuthenticatedRequest(nobodysRequest(), principal);

    assertThat(request.isUserInRole("staff")).isTrue();
    assertThat(request.isUserInRole("Staff")).isFalse();
    assertThat(request.isUserInRole("*")).isFalse();
    assertThat(request.isUserInRole("**")).isTrue();
    assertThat(request.isUserInRole(null)).isFalse();
  }

  @Test
  void a_principal_does_not_show_who_it_is_and_equals_by_its_token() {
    String jwt = pool.accessToken();
    CognitoPrincipal one = principal(jwt);
    CognitoPrincipal same = principal(jwt);
    CognitoPrincipal machine =
        principal(pool.machine("a/b"));

    assertThat(one).hasToString("CognitoPrincipal[token=" + one.token() + "]");
    assertThat(one.toString()).doesNotContain("ada");
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(machine);
    assertThat(one.isMachine()).isFalse();
    assertThat(machine.isMachine()).isTrue();
  }

  @Test
  void many_requests_at_once_each_see_their_own_sender() throws Exception {
    List<String> tokens =
        IntStream.range(0, 8).mapToObj(i -> pool.user("user" + i, List.of(), "")).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> calls =
          IntStream.range(0, 160)
              .<Callable<String>>mapToObj(
                  i -> () -> server.get("/x" + i, bearer(tokens.get(i % 8))).body())
              .toList();
      List<Future<String>> answers = threads.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).contains("/x" + i + " principal=user" + i % 8 + " ");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static CognitoPrincipal principal(String jwt) {
    return new CognitoPrincipal(
        pool.validator().validateAccessToken(jwt), pool.userPool().id());
  }

  private static HttpServletRequest nobodysRequest() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PrincipalTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
