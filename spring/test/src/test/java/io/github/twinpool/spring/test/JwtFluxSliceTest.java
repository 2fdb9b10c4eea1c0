package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockJwt;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The same for reactive applications. */
@WebFluxTest(
    properties = {
      "twinpool.user-pool-id=us-east-1_EXAMPLE",
      "twinpool.client-ids=app",
      "twinpool.token.preload=none"
    })
class JwtFluxSliceTest {
  @Autowired private WebTestClient web;

  @Test
  void a_filter_chain_with_jwt_finds_its_decoder_in_a_slice_of_web_flux() {
    web.get().uri("/me").exchange().expectStatus().isUnauthorized();
    web.mutateWith(mockJwt().authorities(AuthorityUtils.createAuthorityList("GROUP_staff")))
        .get()
        .uri("/me")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .value(body -> assertThat(body).contains("GROUP_staff"));
  }

  @Test
  void a_token_that_is_none_is_refused_by_twinpools_decoder() {
    web.get()
        .uri("/me")
        .header("Authorization", "Bearer a.b.c")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .value("WWW-Authenticate", value -> assertThat(value).contains("BAD_BASE64"));
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Me.class)
  static class App {
    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http) {
      return http.authorizeExchange(it -> it.anyExchange().authenticated())
          .oauth2ResourceServer(it -> it.jwt(withDefaults()))
          .build();
    }
  }

  @RestController
  static class Me {
    @GetMapping("/me")
    Mono<String> me(Authentication me) {
      return Mono.just(String.valueOf(me.getAuthorities()));
    }
  }
}
