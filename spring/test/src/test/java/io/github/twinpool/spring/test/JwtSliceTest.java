package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The web layer alone, as applications test it that never saw an emulator. */
@WebMvcTest(
    properties = {
      "twinpool.user-pool-id=us-east-1_EXAMPLE",
      "twinpool.client-ids=app",
      "twinpool.token.preload=none"
    })
class JwtSliceTest {
  @Autowired private MockMvcTester web;

  @Test
  void a_filter_chain_with_jwt_finds_its_decoder_in_a_slice_of_web_mvc() {
    assertThat(web.get().uri("/me")).hasStatus(401);
    assertThat(
            web.get()
                .uri("/me")
                .with(jwt().authorities(AuthorityUtils.createAuthorityList("GROUP_staff"))))
        .hasStatusOk()
        .bodyText()
        .contains("GROUP_staff");
  }

  @Test
  void a_token_that_is_none_is_refused_by_twinpools_decoder() {
    assertThat(web.get().uri("/me").header("Authorization", "Bearer a.b.c"))
        .hasStatus(401)
        .headers()
        .hasHeaderSatisfying(
            "WWW-Authenticate", values -> assertThat(values.toString()).contains("BAD_BASE64"));
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Me.class)
  static class App {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(it -> it.anyRequest().authenticated())
          .oauth2ResourceServer(it -> it.jwt(withDefaults()))
          .build();
    }
  }

  @RestController
  static class Me {
    @GetMapping("/me")
    String me(Authentication me) {
      return String.valueOf(me.getAuthorities());
    }
  }
}
