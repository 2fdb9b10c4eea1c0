package io.github.twinpool.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("it takes ports by their numbers")
class EmulatorCommandTest {
  private static final String POOLS =
      """
      pools:
        - users:
            - username: eve
              password: Correct-Horse-7
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return TwinpoolCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private static int port(String line) {
    return Integer.parseInt(line.replaceAll(".*:", ""));
  }

  private String printed(String option) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(option + " "))
        .findFirst()
        .orElseThrow()
        .substring(option.length() + 1);
  }

  @Test
  void pools_ids_and_ports_are_those_that_the_options_name() throws Exception {
    int first = freeRow();
    Path pools = Files.writeString(folder.resolve("pools.yaml"), POOLS);
    Thread emulator =
        new Thread(
            () ->
                run(
                    "emulator",
                    "--port",
                    "" + first,
                    "--pool-id",
                    "eu-west-1_FIXED",
                    "--secondary",
                    "eu-central-1",
                    "--client-id",
                    "fixed",
                    "--pools",
                    pools.toString()));
    emulator.start();
    try {
      await()
          .atMost(60, SECONDS)
          .until(() -> out.toString().contains("ready") || !emulator.isAlive());
      assertThat(err.toString()).isEmpty();
      assertThat(printed("--pool")).isEqualTo("eu-west-1_FIXED");
      assertThat(out.toString()).contains("# app client: fixed").doesNotContain("ada");
      assertThat(out.toString().lines().filter(line -> line.matches(".*:[0-9]+")))
          .extracting(line -> port(line) - first)
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(signIn(URI.create(printed("--primary-endpoint"))))
          .contains("AuthenticationResult");
    } finally {
      emulator.interrupt();
      emulator.join(30_000);
    }
  }

  private static String signIn(URI endpoint) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"fixed",
                     "AuthParameters":{"USERNAME":"eve","PASSWORD":"Correct-Horse-7"}}"""))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Below the ports that the system gives to those who take any. */
  private static int freeRow() {
    for (int first = 21_000; first < 30_000; first += 12) {
      if (isFree(first)) {
        return first;
      }
    }
    throw new AssertionError("no twelve ports in a row are free");
  }

  private static boolean isFree(int first) {
    for (int i = 0; i < 12; i++) {
      try {
        new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  @Test
  void a_port_in_use_is_named_in_one_line_with_exit_code_1() throws IOException {
    int first = freeRow();
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("emulator", "--port", "" + taken.getLocalPort())).isEqualTo(1);
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "twinpool: port " + first + " of 127.0.0.1 cannot be had: Address already in use");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port|70000|--port: 70000 is not from 0 to 65535",
        "--client-id|my-app|--client-id 'my-app': not 1 to 128 letters, digits, _ and +",
        "--client-secret|s3cret|--client-secret: not 24 to 64 letters, digits, _ and +",
        "--pool-id|nothing|--pool-id 'nothing': ",
        "--secondary|us-east-1|--secondary 'us-east-1': ",
        "--pools|none.yaml|The file of pools none.yaml cannot be read"
      })
  void a_wrong_value_is_told_by_its_option_with_exit_code_2(
      String option, String value, String complaint) {
    assertThat(run("emulator", option, value)).isEqualTo(2);
    assertThat(err.toString()).startsWith(complaint).doesNotContain("s3cret");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void a_mistake_in_the_file_is_told_with_its_line() throws IOException {
    Path pools = Files.writeString(folder.resolve("pools.yaml"), "pools:\n- user: []\n");

    assertThat(run("emulator", "--pools", pools.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(pools + ", line 2: 'user' is unknown, did you mean 'users'?");
  }
}
