package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.twinpool.emulator.Outage;
import java.net.http.HttpResponse;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Servlet applications with Spring Security, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourceServerTest {
  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterEach
  void recover() {
    pool.outage(Outage.none());
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @Test
  void boots_own_filter_chain_takes_the_tokens_of_the_pool_without_any_configuration() {
    String token = pool.tokens().accessToken();
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, PlainApp.class)) {
      assertThat(web.get("/me", token))
          .satisfies(
              it -> assertThat(it.statusCode()).isEqualTo(200),
              it -> assertThat(it.body()).contains("SCOPE_aws.cognito.signin.user.admin"));
    }
  }

  @Test
  void with_jwt_with_defaults_bad_tokens_are_401_and_say_why() {
    String id = pool.tokens().idToken();
    String token = pool.tokens().accessToken();
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, ChainApp.class)) {
      assertThat(web.get("/me", token).statusCode()).isEqualTo(200);
      assertThat(web.get("/me", null).statusCode()).isEqualTo(401);
      HttpResponse<String> forged =
          web.get("/me", token.substring(0, token.length() - 8) + "AAAAAAAA");
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("invalid_token", "SIGNATURE_INVALID");
      assertThat(web.get("/me", id).headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("invalid_token", "WRONG_TOKEN_USE");
      assertThat(web.get("/me", "no-jwt").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void while_nobody_has_the_keys_the_answer_is_503_with_retry_after_and_then_200() {
    String token = pool.tokens().accessToken();
    pool.outage(Outage.refused());
    try (Web web =
        Web.start(
            WebApplicationType.SERVLET,
            pool,
            ChainApp.class,
            "twinpool.token.keys-timeout=300ms",
            "twinpool.token.retry-after=7s")) {
      HttpResponse<String> response = web.get("/me", token);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
      assertThat(response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/problem+json");
      assertThat(response.body()).contains("\"status\":503").doesNotContain(token);
      assertThat(web.get("/me", null).statusCode()).isEqualTo(401);

      pool.outage(Outage.none());
      Awaitility.await()
          .untilAsserted(() -> assertThat(web.get("/me", token).statusCode()).isEqualTo(200));
    }
  }

  @Test
  void the_503_stands_around_spring_security_wherever_that_is() {
    String token = pool.tokens().accessToken();
    pool.outage(Outage.refused());
    try (Web web =
        Web.start(
            WebApplicationType.SERVLET,
            pool,
            ChainApp.class,
            "twinpool.token.keys-timeout=300ms",
            "spring.security.filter.order=-300")) {
      assertThat(web.get("/me", token).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void a_token_without_a_required_scope_is_403() {
    String token = pool.tokens().accessToken();
    try (Web web =
        Web.start(
            WebApplicationType.SERVLET, pool, ChainApp.class, "twinpool.require.scopes=orders")) {
      HttpResponse<String> response = web.get("/me", token);
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("insufficient_scope");
    }
  }

  @Test
  void a_token_of_an_additional_pool_has_authorities_that_begin_with_the_name_of_the_pool() {
    try (TestPool partners = new TestPool()) {
      String prefix = "twinpool.additional-pools.partners.";
      String[] properties =
          Stream.of(partners.properties())
              .map(it -> it.replaceFirst("^twinpool\\.", prefix))
              .toArray(String[]::new);
      String token = partners.tokens().accessToken();
      try (Web web = Web.start(WebApplicationType.SERVLET, pool, ChainApp.class, properties)) {
        assertThat(web.get("/me", token).body())
            .contains("partners:SCOPE_aws.cognito.signin.user.admin")
            .doesNotContain(" SCOPE_", "[SCOPE_");
        assertThat(web.get("/me", pool.tokens().accessToken()).body())
            .contains("SCOPE_aws.cognito.signin.user.admin")
            .doesNotContain("partners");
      }
      try (Web web = Web.start(WebApplicationType.SERVLET, pool, ChainApp.class)) {
        assertThat(web.get("/me", token).statusCode()).as("not configured").isEqualTo(401);
      }
    }
  }

  @Test
  void id_tokens_are_taken_when_asked_for() {
    String id = pool.tokens().idToken();
    try (Web web =
        Web.start(WebApplicationType.SERVLET, pool, ChainApp.class, "twinpool.token.use=id")) {
      assertThat(web.get("/me", id).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void checks_of_the_application_are_made_as_boots_decoders_make_them() {
    String token = pool.tokens().accessToken();
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, CheckedApp.class)) {
      assertThat(web.get("/me", token).statusCode()).isEqualTo(401);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class PlainApp {
    @GetMapping("/me")
    String me(Authentication me) {
      Jwt jwt = ((JwtAuthenticationToken) me).getToken();
      return jwt.getIssuedAt().isBefore(jwt.getExpiresAt())
          + " "
          + jwt.getHeaders().containsKey("kid")
          + " "
          + new TreeSet<>(
              me.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList());
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class ChainApp extends PlainApp {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(it -> it.anyRequest().authenticated())
          .oauth2ResourceServer(it -> it.jwt(withDefaults()))
          .build();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class CheckedApp extends PlainApp {
    @Bean
    OAuth2TokenValidator<Jwt> nobody() {
      return jwt -> OAuth2TokenValidatorResult.failure(new OAuth2Error("nobody"));
    }
  }
}
