package io.github.twinpool.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code java -jar} of the packaged example. */
class JarIT {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @Test
  void the_packaged_application_starts_signs_in_and_accepts_the_token() throws Exception {
    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("example.jar"),
                "--spring.profiles.active=emulator",
                "--server.address=127.0.0.1",
                "--server.port=0")
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader log = application.inputReader();
      String base = "http://127.0.0.1:" + port(log);
      Thread rest = new Thread(() -> log.lines().forEach(line -> {}), "rest of the log");
      rest.setDaemon(true);
      rest.start();
      HttpResponse<String> signIn =
          send(
              HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"username\":\"ada\",\"password\":\"Correct-Horse-7\"}")));
      assertThat(signIn.statusCode()).isEqualTo(200);
      Matcher token = Pattern.compile("\"accessToken\":\"([^\"]+)\"").matcher(signIn.body());
      assertThat(token.find()).isTrue();
      HttpResponse<String> me =
          send(
              HttpRequest.newBuilder(URI.create(base + "/me"))
                  .header("Authorization", "Bearer " + token.group(1)));
      assertThat(me.statusCode()).isEqualTo(200);
      HttpResponse<String> health =
          send(HttpRequest.newBuilder(URI.create(base + "/actuator/health")));
      assertThat(health.body()).contains("\"status\":\"UP\"").contains("PRIMARY");
    } finally {
      application.destroy();
      assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String port(BufferedReader log) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return port.group(1);
      }
    }
    throw new AssertionError("it never started:\n" + seen);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
