package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

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
    return TestEmulators.builder().singleRegion(true).start();
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
  void a_drill_moves_and_reports() throws IOException {
    try (CognitoEmulator emulator = TestEmulators.start()) {
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
      assertThat(err.toString()).contains("fleet must have --health-check");
    }
  }

  /** As a fleet drill leaves it that was killed. */
  private void leave(CognitoEmulator emulator, String check) throws IOException {
    Path entry = journal.resolve("drill-" + emulator.userPool().id() + ".json");
    Files.deleteIfExists(entry);
    Files.writeString(
        Files.createFile(
            entry,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        """
        {"poolId": "%s", "healthCheckId": "%s", "inverted": true, "pid": 1, "started": 1,
         "begins": "2026-11-27T12:00:00Z", "ends": "2026-11-27T12:05:00Z"}"""
            .formatted(emulator.userPool().id(), check));
  }

  /** How many calls of operations that are no mere reads reached the emulator, by name. */
  private static Map<String, Long> changes(CognitoEmulator emulator) {
    Map<String, Long> changes = new TreeMap<>();
    for (RegionRole role : RegionRole.values()) {
      count(changes, CognitoIdentityProviderClient.class, emulator.region(role)::calls);
      count(changes, KmsClient.class, emulator.kms(role)::calls);
      count(changes, Wafv2Client.class, emulator.waf(role)::calls);
    }
    count(changes, Route53Client.class, emulator.route53()::calls);
    return changes;
  }

  private static void count(
      Map<String, Long> changes, Class<?> client, ToLongFunction<String> calls) {
    Stream.of(client.getMethods())
        .map(Method::getName)
        .distinct()
        .filter(
            name ->
                !name.matches(
                    "(admin)?(describe|list|get|Get|List)[A-Z].*|close|serviceName|waiter"))
        .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        .filter(name -> calls.applyAsLong(name) > 0)
        .forEach(name -> changes.merge(name, calls.applyAsLong(name), Long::sum));
  }

  @Test
  void commands_that_change_nothing_tell_of_a_drill_that_was_left_and_change_nothing()
      throws IOException {
    try (CognitoEmulator emulator = TestEmulators.builder().domainFailover(true).start()) {
      emulator.createUser("canary", "Correct-Horse-7");
      String check = emulator.route53().healthCheckId();
      leave(emulator, check);
      Map<String, Long> before = changes(emulator);
      for (String command :
          List.of(
              "status",
              "doctor",
              "setup plan",
              "drill observe --duration 1s --watch 1s",
              "lag canary --samples 1")) {
        on(emulator, command.split(" "));
        assertThat(err.toString())
            .as(command)
            .containsIgnoringWhitespaces("was never ended", "'twinpool drill restore' ends it");
      }
      run("cost", "--users", "1");
      run("regions");
      Map<String, Long> after = changes(emulator);
      // lag writes a marker to its canary and the value that was there: that is what it says.
      assertThat(after.remove("AdminUpdateUserAttributes")).isEqualTo(2);
      // The doctor asks whether IAM would allow a sign-in. No user is named.
      assertThat(after.remove("AdminInitiateAuth")).isPositive();
      assertThat(after).isEqualTo(before);

      assertThat(on(emulator, "drill", "restore", "--json")).as("%s", err).isZero();
      assertThat(json().path("restored").asBoolean()).isTrue();
      assertThat(emulator.route53().calls("UpdateHealthCheck")).isEqualTo(1);
      assertThat(on(emulator, "drill", "restore")).isZero();
      assertThat(out.toString()).isEqualTo("No drill was left behind." + System.lineSeparator());
    }
  }

  @Test
  void a_forged_entry_changes_no_check_whatever_the_command() throws Exception {
    try (CognitoEmulator emulator = TestEmulators.builder().domainFailover(true).start()) {
      leave(emulator, "another-check");
      assertThat(on(emulator, "drill", "restore")).isEqualTo(1);
      assertThat(err.toString()).contains("another-check");
      assertThat(on(emulator, "drill", "local", "--duration", "1s")).isEqualTo(1);
      String check = emulator.route53().healthCheckId();
      leave(emulator, check);
      Path entry = journal.resolve("drill-" + emulator.userPool().id() + ".json");
      Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(on(emulator, "drill", "restore")).isEqualTo(1);
      assertThat(err.toString()).containsIgnoringWhitespaces("must be open to its owner alone");
      assertThat(on(emulator, "status")).as("a look goes on").isZero();
      assertThat(err.toString()).containsIgnoringWhitespaces("must be open to its owner alone");
      // A pipe, which nobody writes to, must not hold a command up.
      Files.delete(entry);
      assertThat(new ProcessBuilder("mkfifo", "-m", "600", entry.toString()).start().waitFor())
          .isZero();
      assertThat(on(emulator, "status")).isZero();
      assertThat(err.toString()).containsIgnoringWhitespaces("must be a file, and no link");
      assertThat(on(emulator, "drill", "restore")).isEqualTo(1);
      assertThat(emulator.route53().calls("UpdateHealthCheck")).isZero();
    }
  }

  @Test
  void lag_cost_regions_and_completion() {
    try (CognitoEmulator emulator = TestEmulators.start()) {
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
        "drill restore --pool us-east-1_A --secondary us-west-2 --health-check a/b",
        "doctor --pool us-east-1_A --secondary us-west-2 --primary-kms http://a.example",
        "status --pool us-east-1_A --secondary us-west-2 --secondary-waf http://127.0.0.1.a.example",
        "status --pool us-east-1_A --secondary us-west-2 --route53-endpoint http://a.example",
        "lag --pool us-east-1_A --secondary us-west-2",
        "generate-completion --now",
        "status --password secret"
      })
  void bad_arguments_are_answered_by_one_line_and_exit_code_2(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--help tells more");
    assertThat(err.toString())
        .as("in the words of the options")
        .doesNotContainPattern("^[a-z]+[A-Z]");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fips_is_an_option_of_each_command_about_a_pool(boolean fips) {
    String option = fips ? " --fips" : "";
    for (String line : List.of("status", "doctor", "setup plan", "drill observe", "lag ada")) {
      String pool = " --pool us-east-1_A --secondary us-west-2" + option;
      List<CommandLine> parsed =
          TwinpoolCommand.commandLine().parseArgs((line + pool).split(" ")).asCommandLineList();
      PoolCommand command = parsed.get(parsed.size() - 1).getCommand();
      assertThat(command.pool().fips()).as(line).isEqualTo(fips);
      assertThat(command.pool().jwksUri(IssuerType.UPDATED).toString().contains("-fips."))
          .as(line)
          .isEqualTo(fips);
    }
  }

  @Test
  void an_outage_of_a_running_emulator_is_switched_shown_and_ended() throws IOException {
    try (CognitoEmulator emulator = TestEmulators.start()) {
      assertThat(outage("PRIMARY", "hang")).isEqualTo(2);
      assertThat(err.toString()).contains("No emulator of this user runs");
      ControlFile own =
          new ControlFile(
              emulator.control().endpoint(),
              emulator.control().token(),
              ProcessHandle.current().pid());
      own.write(journal);
      own.write(journal);

      assertThat(outage("primary", "latency", "--duration", "2s")).isZero();
      assertThat(emulator.region(RegionRole.PRIMARY).outage()).hasToString("latency PT2S");
      assertThat(out.toString())
          .contains("PRIMARY          latency duration PT2S", "SECONDARY        none");
      outage("SECONDARY", "packet-loss", "--share", "0.3", "--seed", "4");
      assertThat(emulator.region(RegionRole.SECONDARY).outage())
          .hasToString("packet loss 0.3 with seed 4");
      outage("SECONDARY_DOMAIN", "proxy-page", "--status", "502");

      assertThat(outage()).isZero();
      assertThat(out.toString())
          .contains("error-rate --share --seed", "SECONDARY        packet-loss share 0.3 seed 4");
      assertThat(outage("--json")).isZero();
      assertThat(json().path("now").path("SECONDARY_DOMAIN").path("status").asText())
          .isEqualTo("502");

      assertThat(outage("--end")).isZero();
      assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.none());
      assertThat(emulator.region(RegionRole.SECONDARY).outage()).isEqualTo(Outage.none());
    }
    assertThat(outage("PRIMARY", "hang")).isEqualTo(3);
    assertThat(err.toString()).contains("No emulator answers at http://127.0.0.1:");
  }

  @Test
  void an_outage_that_makes_no_sense_is_one_line_and_exit_code_2() {
    try (CognitoEmulator emulator = TestEmulators.start()) {
      new ControlFile(
              emulator.control().endpoint(),
              emulator.control().token(),
              ProcessHandle.current().pid())
          .write(journal);
      Map<List<String>, String> complaints =
          Map.of(
              List.of("PRIMARY"), "OUTAGE is missing",
              List.of("PRIMARY", "gremlins"), "outage: there is no 'gremlins'",
              List.of("TERTIARY", "hang"), "target: must be one of",
              List.of("PRIMARY", "hang", "--share", "1"), "share: 'hang' takes []",
              List.of("PRIMARY", "latency"), "duration: 'latency' must have it",
              List.of("PRIMARY", "dns-silent"), "https(true)",
              List.of("--end", "PRIMARY", "hang"), "--end takes no TARGET",
              List.of("--control", "http://example.com"), "must be https",
              List.of("--control", "http://127.0.0.1:1"), "TWINPOOL_EMULATOR_TOKEN");
      complaints.forEach(
          (arguments, complaint) -> {
            assertThat(outage(arguments.toArray(String[]::new))).as("%s", arguments).isEqualTo(2);
            assertThat(err.toString()).contains(complaint);
            assertThat(err.toString().lines()).hasSize(1);
          });
      assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.none());
    }
  }

  private int outage(String... arguments) {
    List<String> all = new ArrayList<>(List.of("emulator", "outage"));
    all.addAll(List.of("--control-files", journal.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  @Test
  void without_a_command_help_says_which_there_are() {
    assertThat(run()).isEqualTo(2);
    String printed = out.toString();
    assertThat(printed).contains("Usage: twinpool", "doctor", "setup", "Exit codes");
    assertThat(err.toString()).isEmpty();
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).isEqualTo(printed);
  }

  @Test
  void a_program_that_reads_json_gets_json_whatever_happens() throws IOException {
    try (CognitoEmulator single = single()) {
      single.region(RegionRole.PRIMARY).deny("DescribeUserPool");
      assertThat(on(single, "setup", "plan", "--json")).isEqualTo(3);
      assertThat(json().path("error").asText()).isEqualTo("MissingPermission");
      assertThat(json().path("action").asText()).isEqualTo("cognito-idp:DescribeUserPool");
      assertThat(json().path("region").asText()).isEqualTo("us-east-1");
      assertThat(json().path("exitCode").asInt()).isEqualTo(3);
      assertThat(err.toString()).contains(json().path("message").asText());
      single.region(RegionRole.PRIMARY).outage(Outage.refused());
      assertThat(on(single, "lag", "ada", "--json")).isEqualTo(3);
      assertThat(json().path("error").asText()).isEqualTo("ServiceUnreachable");
      leave(single, "forged");
      Path entry = journal.resolve("drill-" + single.userPool().id() + ".json");
      Files.writeString(entry, "{}");
      assertThat(on(single, "drill", "restore", "--json")).isEqualTo(1);
      assertThat(json().path("message").asText()).contains("damaged");
    }
    assertThat(run("cost", "--json", "--users", "many")).isEqualTo(2);
    assertThat(json().path("exitCode").asInt()).isEqualTo(2);
    assertThat(json().path("message").asText()).contains("--users");
  }

  @Test
  void the_version_is_the_one_that_was_built() throws IOException {
    assertThat(run("--version")).isZero();
    assertThat(out.toString().trim())
        .isEqualTo("twinpool " + TwinpoolVersion.text())
        .matches("twinpool [0-9]+\\.[0-9]+.*");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + TwinpoolVersion.text() + "</version>");
  }

  /** It would be right only until the next release. */
  @Test
  void no_source_names_the_version() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain(TwinpoolVersion.text());
      }
    }
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
