package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.twinpool.emulator.CognitoEmulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * The web layer alone, with real tokens and the routed client, which slices leave out otherwise.
 */
@WebMvcTest
@TwinpoolEmulator
class SliceTest {
  @Autowired private MockMvcTester web;
  @Autowired private CognitoEmulator emulator;
  @Autowired private CognitoIdentityProviderClient client;

  @Test
  void a_token_of_the_emulator_opens_what_the_filter_chain_guards() {
    emulator.createUser("ada", "Correct-Horse-7");
    String token =
        client
            .initiateAuth(
                it ->
                    it.clientId(emulator.clientId())
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")))
            .authenticationResult()
            .accessToken();

    assertThat(web.get().uri("/me").header("Authorization", "Bearer " + token))
        .hasStatusOk()
        .bodyText()
        .contains("SCOPE_aws.cognito.signin.user.admin");
    assertThat(web.get().uri("/me")).hasStatus(401);
    assertThat(web.get().uri("/me").header("Authorization", "Bearer a.b.c")).hasStatus(401);
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
