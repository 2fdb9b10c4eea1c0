package io.github.twinpool.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it runs on a developer's machine. */
class LocalBootExampleTest {
  @Test
  void it_brings_its_own_pool_in_which_a_user_signs_in_whichever_region_answers() throws Exception {
    try (ConfigurableApplicationContext context =
        LocalBootExample.run("--server.port=0", "--server.address=127.0.0.1")
            .getApplicationContext()) {
      CognitoEmulator emulator = context.getBean(CognitoEmulator.class);
      String port = context.getEnvironment().getProperty("local.server.port", "");

      assertThat(signIn(port)).contains("\"accessToken\":");
      emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
      assertThat(signIn(port)).contains("\"accessToken\":");
      assertThat(emulator.region(RegionRole.SECONDARY).calls("InitiateAuth")).isPositive();
    }
  }

  private static String signIn(String port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"username\":\"ada\",\"password\":\"Correct-Horse-7\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
