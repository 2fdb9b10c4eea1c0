package io.github.twinpool.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** A test of an application as a user of this module writes it, without any property. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "server.address=127.0.0.1")
@TwinpoolEmulator
class TwinpoolEmulatorTest {
  @Autowired private CognitoEmulator emulator;
  @Autowired private CognitoIdentityProviderClient client;
  @Autowired private MultiRegionCognito cognito;
  @Autowired private UserPool pool;
  @Autowired private Environment environment;

  @AfterEach
  void recover() {
    emulator.region(RegionRole.PRIMARY).recover();
  }

  @Test
  void a_user_signs_in_during_an_outage_and_the_token_is_good() throws Exception {
    emulator.createUser("grace", "Correct-Horse-7");
    emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());

    String token =
        client
            .initiateAuth(
                it ->
                    it.clientId(emulator.clientId())
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "grace", "PASSWORD", "Correct-Horse-7")))
            .authenticationResult()
            .accessToken();

    assertThat(emulator.region(RegionRole.SECONDARY).calls("InitiateAuth")).isPositive();
    HttpResponse<String> me =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + environment.getProperty("local.server.port")
                                + "/me"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(me.statusCode()).isEqualTo(200);
  }

  @Test
  void signed_calls_need_no_credentials_of_the_developers() {
    emulator.createUser("joan", "Correct-Horse-7");
    assertThat(client.adminGetUser(it -> it.userPoolId(pool.id()).username("joan")).username())
        .isEqualTo("joan");
    assertThat(cognito.status().regions()).hasSize(2);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class App {
    @GetMapping("/me")
    String me(Authentication me) {
      return me.getName();
    }
  }
}
