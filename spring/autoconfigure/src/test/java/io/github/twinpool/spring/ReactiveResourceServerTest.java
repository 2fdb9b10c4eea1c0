package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Reactive applications with Spring Security: the whole chain of filters and handlers, without the
 * container. Over Tomcat's own HTTP an answer written by another thread was once never sent, and
 * Reactor Netty is not to be had from the registry that this was built with.
 */
class ReactiveResourceServerTest {
  @Test
  void good_tokens_are_200_bad_ones_401_and_missing_keys_503() {
    try (TestPool pool = new TestPool()) {
      String token = pool.tokens().accessToken();
      pool.outage(Outage.refused());
      try (Web web =
          Web.start(
              WebApplicationType.REACTIVE,
              pool,
              App.class,
              "twinpool.token.keys-timeout=300ms",
              "twinpool.token.retry-after=9s")) {
        WebTestClient client =
            WebTestClient.bindToApplicationContext(web.context())
                .configureClient()
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        get(client, token)
            .expectStatus()
            .isEqualTo(503)
            .expectHeader()
            .valueEquals("Retry-After", "9")
            .expectBody(String.class)
            .value(body -> assertThat(body).contains("\"status\":503"));

        pool.outage(Outage.none());
        Awaitility.await().untilAsserted(() -> get(client, token).expectStatus().isOk());
        get(client, token)
            .expectBody(String.class)
            .value(body -> assertThat(body).contains("SCOPE_aws.cognito.signin.user.admin"));
        client.get().uri("/me").exchange().expectStatus().isUnauthorized();
        get(client, "a.b.c")
            .expectStatus()
            .isUnauthorized()
            .expectHeader()
            .value(
                "WWW-Authenticate", challenge -> assertThat(challenge).contains("invalid_token"));
      }
    }
  }

  private static WebTestClient.ResponseSpec get(WebTestClient client, String token) {
    return client.get().uri("/me").headers(it -> it.setBearerAuth(token)).exchange();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class App {
    @GetMapping("/me")
    Mono<String> me(Authentication me) {
      return Mono.just(String.valueOf(me.getAuthorities()));
    }
  }
}
