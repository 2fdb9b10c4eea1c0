package io.github.twinpool.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/** The advice in Spring MVC and in WebFlux, with failures of a real outage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageProblemsTest {
  private final CognitoEmulator emulator = CognitoEmulator.start();
  private PrimaryUnavailableException off;
  private RegionsUnavailableException out;

  @BeforeAll
  void outage() {
    emulator.createUser("ada", "Correct-Horse-7");
    emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    try (MultiRegionCognito cognito =
        MultiRegionCognito.builder(emulator.userPool())
            .clients(it -> it.credentialsProvider(AnonymousCredentialsProvider.create()))
            .build()) {
      CognitoIdentityProviderClient client = cognito.client();
      Awaitility.await()
          .until(
              () -> {
                signIn(client);
                return cognito.status().mode() == FailoverMode.SECONDARY;
              });
      Awaitility.await() // The first may be the trial that asks whether the primary is back.
          .until(
              () -> {
                off = catchThrowableOfType(PrimaryUnavailableException.class, () -> signUp(client));
                return off != null;
              });
      emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
      out = catchThrowableOfType(RegionsUnavailableException.class, () -> signIn(client));
    }
    assertThat(out).isNotNull();
  }

  @AfterAll
  void close() {
    emulator.close();
  }

  private void signIn(CognitoIdentityProviderClient client) {
    client.initiateAuth(
        it ->
            it.clientId(emulator.clientId())
                .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                .authParameters(Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")));
  }

  private void signUp(CognitoIdentityProviderClient client) {
    try {
      client.signUp(
          it -> it.clientId(emulator.clientId()).username("grace").password("Correct-Horse-7"));
    } catch (RegionsUnavailableException e) {
      assertThat(e).as("the trial").isNotNull();
    }
  }

  @Test
  void spring_mvc_answers_503_with_retry_after_and_the_capability_that_is_off() {
    MockMvcTester web =
        MockMvcTester.of(
            List.of(new Blocking()), it -> it.setControllerAdvice(new OutageProblems()).build());
    assertThat(web.get().uri("/sign-up"))
        .hasStatus(503)
        .hasHeader("Retry-After", "30")
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyJson()
        .extractingPath("capability")
        .isEqualTo("SIGN_UP");
    assertThat(web.get().uri("/sign-in"))
        .hasStatus(503)
        .hasHeader("Retry-After", "30")
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyText()
        .contains("No Region of the user pool answers.")
        .doesNotContain("ada");
  }

  @Test
  void web_flux_answers_the_same_to_what_an_asynchronous_call_failed_with() {
    WebTestClient web =
        WebTestClient.bindToController(new Reactive())
            .controllerAdvice(new OutageProblems())
            .build();
    web.get()
        .uri("/sign-up")
        .exchange()
        .expectStatus()
        .isEqualTo(503)
        .expectHeader()
        .valueEquals("Retry-After", "30")
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.capability")
        .isEqualTo("SIGN_UP");
    web.get()
        .uri("/sign-in")
        .exchange()
        .expectStatus()
        .isEqualTo(503)
        .expectHeader()
        .valueEquals("Retry-After", "30")
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
  }

  @RestController
  class Blocking {
    @GetMapping("/sign-up")
    String signUp() {
      throw off;
    }

    @GetMapping("/sign-in")
    String signIn() {
      throw out;
    }
  }

  @RestController
  class Reactive {
    @GetMapping("/sign-up")
    Mono<String> signUp() {
      return Mono.fromFuture(CompletableFuture.failedFuture(new CompletionException(off)));
    }

    @GetMapping("/sign-in")
    Mono<String> signIn() {
      return Mono.fromFuture(CompletableFuture.failedFuture(new CompletionException(out)));
    }
  }
}
