package io.github.twinpool.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.cli.JarProcess.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** The one jar, as somebody tries it who has nothing else: emulator and commands as processes. */
class TwinpoolJarIT {
  private static final String ON_AWS = "setup plan --pool us-east-1_A --secondary ca-west-1";

  @TempDir Path home;

  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<JarProcess> emulators = new ArrayList<>();
  private String healthCheck = "";

  @AfterEach
  void end() throws InterruptedException {
    for (JarProcess emulator : emulators) {
      assertThat(emulator.kill(false)).as("ended by SIGTERM").isEqualTo(143);
    }
  }

  private void emulator(String... arguments) throws IOException {
    JarProcess emulator = JarProcess.start(home, arguments("emulator", arguments));
    emulators.add(emulator);
    await()
        .atMost(60, SECONDS)
        .until(() -> emulator.out().contains("# health check") || !emulator.alive());
    assertThat(emulator.alive()).as("%s", emulator.err()).isTrue();
    emulator
        .out()
        .lines()
        .filter(line -> line.startsWith("--"))
        .map(line -> line.split(" ", 2))
        .forEach(option -> options.put(option[0], option[1]));
    healthCheck = emulator.out().replaceAll("(?s).*# health check: ([^,]+),.*", "$1");
  }

  private static List<String> arguments(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of(more));
    return all;
  }

  /** A command about the emulator's pool, given as its words. */
  private JarProcess start(String command) throws IOException {
    List<String> all = arguments(command);
    options.forEach(
        (name, value) -> {
          all.add(name);
          all.add(value);
        });
    return JarProcess.start(home, all);
  }

  private Ended on(String command) throws IOException, InterruptedException {
    return checked(start(command).ended());
  }

  private Ended run(String command) throws IOException, InterruptedException {
    return checked(JarProcess.start(home, arguments(command)).ended());
  }

  private static Ended checked(Ended ended) {
    assertThat((ended.out() + ended.err()).lines())
        .as("80 columns, but for JSON, Markdown and addresses")
        .allMatch(line -> line.length() <= 80 || line.matches("[{\\[|].*|\\s*\\S+"));
    assertThat(ended.err()).doesNotContain("Exception", "\tat ", "SLF4J");
    return ended;
  }

  @Test
  void somebody_sets_a_pool_up_and_looks_at_it() throws Exception {
    emulator("--single-region");
    assertThat(on("status").code()).isEqualTo(1);
    Ended plan = on("setup plan");
    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out()).contains("[BLOCKED]");
    Ended apply =
        on("setup apply --manage-key --issuer updated --create-health-check https://a.example/up");
    assertThat(apply.code()).as("%s", apply).isZero();
    assertThat(apply.out()).contains("Nothing is left to do.");
    Ended again =
        on(
            "setup plan --manage-key --issuer updated --create-health-check https://a.example/up --json");
    assertThat(again.code()).isZero();
    assertThat(new ObjectMapper().readTree(again.out()).path("complete").asBoolean()).isTrue();
    Ended status = on("status --json");
    assertThat(status.code()).isZero();
    assertThat(new ObjectMapper().readTree(status.out()).path("ready").asBoolean()).isTrue();
    Ended doctor = on("doctor");
    assertThat(doctor.code()).as("%s", doctor).isZero();
    assertThat(doctor.err()).contains("REPLICA KEY TRIGGERS");
    Ended lag = on("lag ada --samples 2 --json");
    assertThat(new ObjectMapper().readTree(lag.out()).path("arrived").asInt()).isEqualTo(2);
    Ended drill = on("drill local --duration 2s --watch 1s");
    assertThat(drill.code()).as("%s", drill).isZero();
    assertThat(drill.out()).contains("time to switch: ");
    assertThat(drill.err()).contains("The outage begins.", "the secondary serves");
  }

  @Test
  void a_fleet_drill_that_is_killed_is_told_by_each_command_and_ended_by_drill_restore()
      throws Exception {
    emulator();
    JarProcess drill = start("drill fleet --duration 1h --health-check " + healthCheck);
    await()
        .atMost(60, SECONDS)
        .until(() -> drill.err().contains("The outage begins.") || !drill.alive());
    assertThat(inverted()).isTrue();
    Ended meanwhile = on("status");
    assertThat(meanwhile.err())
        .as("one that lives is left alone")
        .doesNotContain("was never ended");
    assertThat(inverted()).isTrue();
    drill.kill(true);
    assertThat(inverted()).as("nobody has ended it yet").isTrue();

    assertThat(on("status").err())
        .containsIgnoringWhitespaces("was never ended", healthCheck, "'twinpool drill restore'");
    assertThat(inverted()).as("a look changes nothing").isTrue();
    // The emulated pool's domain follows no check, so the operator names it.
    Ended restored = on("drill restore --health-check " + healthCheck);
    assertThat(restored.out()).containsIgnoringWhitespaces(healthCheck, "is restored");
    assertThat(inverted()).isFalse();
    assertThat(on("status").err()).doesNotContain("was never ended");
    try (var left = Files.list(home.resolve(".twinpool"))) {
      assertThat(left).isEmpty();
    }
  }

  private boolean inverted() {
    try (Route53Client route53 =
        Route53Client.builder()
            .region(Region.AWS_GLOBAL)
            .endpointOverride(URI.create(options.getOrDefault("--route53-endpoint", "")))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      return Boolean.TRUE.equals(
          route53
              .getHealthCheck(it -> it.healthCheckId(healthCheck))
              .healthCheck()
              .healthCheckConfig()
              .inverted());
    }
  }

  @Test
  void bad_arguments_of_each_command_are_one_line_and_exit_code_2() throws Exception {
    List<String> commands =
        List.of(
            "status --pool us-east-1_A",
            "doctor --pool us-east-1_A --secondary nowhere",
            "setup perhaps --pool us-east-1_A --secondary us-west-2",
            "drill fleet --pool us-east-1_A --secondary us-west-2",
            "lag --pool us-east-1_A --secondary us-west-2",
            "cost --users many",
            "regions all",
            "emulator --port many",
            "generate-completion --now");
    Map<String, JarProcess> started = new LinkedHashMap<>();
    for (String command : commands) {
      started.put(command, JarProcess.start(home, arguments(command)));
    }
    for (Map.Entry<String, JarProcess> each : started.entrySet()) {
      Ended ended = each.getValue().ended();
      assertThat(ended.code()).as("%s: %s", each.getKey(), ended).isEqualTo(2);
      assertThat(ended.err().lines()).as("%s", each.getKey()).hasSize(1);
      assertThat(ended.err()).contains("--help tells more");
      assertThat(ended.out()).isEmpty();
    }
  }

  @Test
  void an_unlisted_region_and_missing_credentials_are_told_in_one_line() throws Exception {
    Ended unlisted = JarProcess.start(home, arguments(ON_AWS)).ended();
    assertThat(unlisted.code()).isEqualTo(2);
    assertThat(unlisted.err()).startsWith("--secondary 'ca-west-1': not known");
    // Ends before it sends.
    Ended plan = JarProcess.start(home, arguments(ON_AWS, "--allow-unlisted-regions")).ended();
    assertThat(plan.code()).isEqualTo(3);
    assertThat(plan.err().lines().skip(1))
        .containsExactly(
            "twinpool: Wants AWS credentials for cognito-idp:DescribeUserPool, and the SDK finds"
                + " none: environment, profile, role");
  }

  @Test
  void calls_go_through_the_proxy_that_the_environment_names() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout(60_000);
      JarProcess status =
          JarProcess.start(
              home,
              arguments("status --pool us-east-1_A --secondary us-west-2"),
              Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort()));
      try (Socket socket = proxy.accept()) {
        BufferedReader request =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        assertThat(request.readLine())
            .matches("CONNECT cognito-idp\\.us-(east-1|west-2)\\.amazonaws\\.com:443 .*");
      } finally {
        status.kill(true);
      }
    }
  }

  @Test
  void what_asks_nobody_runs_without_a_pool() throws Exception {
    assertThat(run("--help").code()).isZero();
    assertThat(run("--version").out()).matches("twinpool [0-9]+\\.[0-9]+\\S*\\R");
    Ended cost = run("cost --users 100000 --tier plus --json");
    assertThat(new ObjectMapper().readTree(cost.out()).path("addOn").asDouble()).isEqualTo(600);
    Ended regions = run("regions --json");
    assertThat(new ObjectMapper().readTree(regions.out())).hasSizeGreaterThan(10);
    Ended completion = JarProcess.start(home, arguments("generate-completion")).ended();
    Path script = Files.writeString(home.resolve("completion"), completion.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(bash.waitFor()).as("a script that bash can read").isZero();
  }
}
