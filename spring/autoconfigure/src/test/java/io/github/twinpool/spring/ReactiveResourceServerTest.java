package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Reactive applications with Spring Security, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReactiveResourceServerTest {
  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @ParameterizedTest
  @EnumSource
  void good_tokens_are_200_bad_ones_401_and_missing_keys_503(Server server) {
    String token = pool.tokens().accessToken();
    pool.outage(Outage.refused());
    try (Web web =
        server.start(pool, "twinpool.token.keys-timeout=300ms", "twinpool.token.retry-after=9s")) {
      HttpResponse<String> unavailable = web.get("/me", token);
      assertThat(unavailable.statusCode()).isEqualTo(503);
      assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("9");
      assertThat(unavailable.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/problem+json");
      assertThat(unavailable.body()).contains("\"status\":503").doesNotContain(token);
      assertThat(web.get("/me", null).statusCode()).isEqualTo(401);

      pool.outage(Outage.none());
      Awaitility.await()
          .untilAsserted(() -> assertThat(web.get("/me", token).statusCode()).isEqualTo(200));
      assertThat(web.get("/me", token).body()).contains("SCOPE_aws.cognito.signin.user.admin");
      HttpResponse<String> bad = web.get("/me", "a.b.c");
      assertThat(bad.statusCode()).isEqualTo(401);
      assertThat(bad.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("invalid_token");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_token_without_a_required_scope_is_403(Server server) {
    pool.outage(Outage.none());
    try (Web web = server.start(pool, "twinpool.require.scopes=orders")) {
      HttpResponse<String> response = web.get("/me", pool.tokens().accessToken());
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("insufficient_scope");
    }
  }

  /**
   * The answer is written by the thread that learnt that there are no keys, not by the server's.
   */
  @ParameterizedTest
  @EnumSource
  void each_of_many_requests_that_wait_for_keys_together_is_answered(Server server) {
    String token = pool.tokens().accessToken();
    pool.outage(Outage.refused());
    try (Web web = server.start(pool, "twinpool.token.keys-timeout=300ms")) {
      List<Integer> statuses =
          Stream.generate(() -> web.getLater("/me", token)).limit(40).toList().stream()
              .map(it -> it.join().statusCode())
              .toList();
      assertThat(statuses).hasSize(40).containsOnly(503);
    } finally {
      pool.outage(Outage.none());
    }
  }

  /** The servers that Boot has for reactive applications, both of which are on this class path. */
  enum Server {
    NETTY(NettyWebServer.class, TomcatReactiveWebServerAutoConfiguration.class),
    TOMCAT(TomcatWebServer.class, NettyReactiveWebServerAutoConfiguration.class);

    private final Class<? extends WebServer> type;
    private final Class<?> without;

    Server(Class<? extends WebServer> type, Class<?> without) {
      this.type = type;
      this.without = without;
    }

    Web start(TestPool pool, String... properties) {
      String[] all = Arrays.copyOf(properties, properties.length + 1);
      all[properties.length] = "spring.autoconfigure.exclude=" + without.getName();
      Web web = Web.start(WebApplicationType.REACTIVE, pool, App.class, all);
      assertThat(((WebServerApplicationContext) web.context()).getWebServer()).isInstanceOf(type);
      return web;
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class App {
    @Bean
    ReactorResourceFactory reactor() {
      return OwnReactor.resources();
    }

    @GetMapping("/me")
    Mono<String> me(Authentication me) {
      return Mono.just(String.valueOf(me.getAuthorities()));
    }
  }
}
