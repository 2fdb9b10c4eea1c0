package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command as somebody types it, against the emulator. */
class TwinpoolCommandTest {
  private static final String CHECK = "https://health.example.com/sign-in";

  @TempDir Path journal;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code =
        TwinpoolCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    assertThat(
            args.length > 0 && args[0].startsWith("generate") ? "".lines() : out.toString().lines())
        .as("80 columns, but for JSON, Markdown and addresses")
        .allMatch(line -> line.length() <= 80 || line.matches("[{|].*|\\s*\\S+"));
    return code;
  }

  private static CognitoEmulator single() {
    return CognitoEmulator.builder().singleRegion(true).start();
  }

  /** A command about the pool of an emulator. */
  private int on(CognitoEmulator emulator, String... args) {
    StringWriter printed = new StringWriter();
    EmulatorCommand.print(emulator, new PrintWriter(printed));
    List<String> all = new ArrayList<>(List.of(args));
    printed
        .toString()
        .lines()
        .filter(line -> line.startsWith("--"))
        .forEach(line -> all.addAll(List.of(line.split(" ", 2))));
    all.addAll(List.of("--journal", journal.toString()));
    return run(all.toArray(String[]::new));
  }

  @Test
  void a_pool_is_shown_and_planned_and_not_set_up_without_a_key() throws IOException {
    try (CognitoEmulator single = single()) {
      assertThat(on(single, "status")).isEqualTo(1);
      assertThat(out.toString()).contains("PRIMARY    us-east-1        answers", "replica    none");
      assertThat(on(single, "setup", "plan")).isEqualTo(1);
      assertThat(out.toString()).contains("[BLOCKED]", "name a multi-Region key");
      assertThat(on(single, "setup", "apply")).isEqualTo(1);
      assertThat(err.toString()).contains("twinpool: ");
      String[] plan = {"setup", "plan", "--manage-key", "--create-health-check", CHECK, "--json"};
      assertThat(on(single, plan)).as("%s", err).isZero();
      assertThat(json().path("complete").asBoolean()).isFalse();
      assertThat(json().path("steps")).hasSize(12);
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void the_doctor_finds_and_says_so_by_its_exit_code() throws IOException {
    try (CognitoEmulator single = single()) {
      assertThat(on(single, "doctor")).isEqualTo(1);
      assertThat(out.toString()).contains("CRITICAL  REPLICA", "Remedy:");
      assertThat(on(single, "doctor", "--json")).isEqualTo(1);
      assertThat(json().path("findings")).isNotEmpty();
    }
  }

  @Test
  void a_drill_moves_reports_and_one_that_was_left_is_ended_by_the_next_command()
      throws IOException {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      Path page = journal.resolve("drill.html");
      assertThat(
              on(
                  emulator,
                  "drill",
                  "local",
                  "--duration",
                  "2s",
                  "--watch",
                  "1s",
                  "--markdown",
                  "--html",
                  page.toString()))
          .as("%s", err)
          .isZero();
      assertThat(out.toString()).contains("| kind | local |", "time to switch");
      assertThat(Files.readString(page)).contains("<svg");
      assertThat(on(emulator, "drill", "observe", "--duration", "1s", "--watch", "1s", "--json"))
          .isZero();
      assertThat(json().path("kind").asText()).isEqualTo("OBSERVING");
      assertThat(json().path("calls").path("primary").asInt()).isPositive();
      assertThat(on(emulator, "drill", "fleet")).isEqualTo(2);
      assertThat(err.toString()).contains("fleet wants --health-check");

      String check = emulator.route53().healthCheckId();
      Files.writeString(
          journal.resolve("drill-" + emulator.userPool().id() + ".json"),
          """
          {"poolId": "%s", "healthCheckId": "%s", "inverted": false, "pid": 1, "started": 1,
           "begins": "2026-11-27T12:00:00Z", "ends": "2026-11-27T12:05:00Z"}"""
              .formatted(emulator.userPool().id(), check));
      assertThat(on(emulator, "status")).isZero();
      assertThat(err.toString()).containsIgnoringWhitespaces("was never ended");
      assertThat(emulator.route53().calls("UpdateHealthCheck")).isEqualTo(1);
      assertThat(on(emulator, "status")).isZero();
      assertThat(err.toString()).doesNotContain("drill");
    }
  }

  @Test
  void lag_cost_regions_and_completion() {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      emulator.createUser("canary", "Correct-Horse-7");
      assertThat(on(emulator, "lag", "canary", "--samples", "2")).as("%s", err).isZero();
      assertThat(out.toString()).contains("2 markers arrived");
      assertThat(on(emulator, "lag", "nobody")).isEqualTo(3);
      assertThat(err.toString()).contains("cognito-idp:AdminGetUser");
    }
    assertThat(run("cost", "--users", "100000")).isZero();
    assertThat(out.toString()).contains("$      450.00 a month", "2026-06");
    assertThat(run("regions")).isZero();
    assertThat(out.toString()).contains("us-east-1", "eu-north-1");
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("twinpool");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "cost",
        "cost --users many",
        "cost --users -1",
        "doctor",
        "doctor --pool us-east-1_A",
        "doctor --pool nonsense --secondary us-west-2",
        "doctor --pool us-east-1_A --secondary us-east-1",
        "doctor --pool us-east-1_A --secondary ca-west-1",
        "doctor --pool us-east-1_A --secondary us-west-2 --primary-endpoint http://example.com",
        "doctor --pool us-east-1_A --secondary us-west-2 --primary-endpoint http://localhost:1",
        "doctor --pool us-east-1_A --secondary us-west-2 --primary-waf http://localhost:1",
        "cost --users 1 --saved -1",
        "setup --pool us-east-1_A --secondary us-west-2",
        "setup maybe --pool us-east-1_A --secondary us-west-2",
        "setup plan --pool us-east-1_A --secondary us-west-2 --kms-key alias/mine",
        "setup plan --pool us-east-1_A --secondary us-west-2 --create-health-check http://a.b",
        "setup plan --pool us-east-1_A --secondary us-west-2 --patience soon",
        "drill local --pool us-east-1_A --secondary us-west-2 --abort-at 7",
        "lag --pool us-east-1_A --secondary us-west-2",
        "generate-completion --now",
        "status --password secret"
      })
  void bad_arguments_are_answered_by_one_line_and_exit_code_2(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--help tells more");
    assertThat(err.toString())
        .as("in the words of the options")
        .doesNotContainPattern("^[a-z]+[A-Z]");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_region_that_is_down_or_a_denied_action_is_one_line_and_exit_code_3() {
    try (CognitoEmulator single = single()) {
      single.region(RegionRole.PRIMARY).deny("DescribeUserPool");
      assertThat(on(single, "setup", "plan")).isEqualTo(3);
      assertThat(err.toString()).contains("Wants the IAM action cognito-idp:DescribeUserPool");
      single.region(RegionRole.PRIMARY).deny();
      single.kms(RegionRole.PRIMARY).outage(Outage.refused());
      assertThat(on(single, "setup", "plan", "--manage-key")).isEqualTo(3);
      assertThat(err.toString()).contains("kms:ListKeys got no answer in us-east-1");
    }
  }

  @Test
  void each_command_has_help_within_80_columns() {
    for (String name : TwinpoolCommand.commandLine().getSubcommands().keySet()) {
      assertThat(run(name, "--help")).isZero();
      assertThat(out.toString()).contains("Usage: twinpool " + name);
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes");
    assertThat(run("--version")).isZero();
  }
}
