package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language talks to the emulator: Node with its own AWS SDK. */
@Tag("slow")
class JavaScriptTest {
  private static final Path SOURCES = Path.of("src", "test", "js");
  private static final String CUSTOM_ANSWER = "a horse";

  @TempDir static Path folder;

  /** Once for all, since it takes longer than all that follows. */
  @BeforeAll
  static void install() throws Exception {
    assumeTrue(runs("node", "--version"), "there is no node on this machine");
    assumeTrue(runs("npm", "--version"), "there is no npm on this machine");
    for (String file : new String[] {"package.json", "package-lock.json"}) {
      Files.copy(SOURCES.resolve(file), folder.resolve(file));
    }
    Ended installed = run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    assumeTrue(installed.exitCode() == 0, "npm cannot install the packages: " + installed.output());
  }

  @Test
  void the_aws_sdk_for_javascript_signs_in_and_aws_jwt_verify_accepts_the_tokens()
      throws Exception {
    passes("sign-in.mjs", 5);
  }

  @Test
  void amazon_cognito_identity_js_completes_srp_challenges_and_devices() throws Exception {
    passes("cognito-identity.mjs", 11);
  }

  @Test
  void openid_client_completes_all_grants_at_the_domain_and_is_refused_what_is_wrong()
      throws Exception {
    passes("openid-client.mjs", 8);
  }

  @Test
  void a_page_in_a_browser_signs_in_at_both_regions_and_reads_what_it_may() throws Exception {
    assumeTrue(runs(browser(), "--version"), "there is no Chromium on this machine");
    passes("browser.mjs", 7);
  }

  private static String browser() {
    return System.getenv().getOrDefault("BROWSER", "chromium");
  }

  private static void passes(String script, int tests) throws Exception {
    Files.copy(SOURCES.resolve(script), folder.resolve(script));
    try (EmulatorProcess emulator =
        EmulatorProcess.start("--password", PASSWORD, "--custom-answer", CUSTOM_ANSWER)) {
      Ended ended = run(environment(emulator), "node", "--test", script);
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(ended.output())
          .containsPattern("pass " + tests + "\\b")
          .containsPattern("fail 0\\b");
    }
  }

  private static Map<String, String> environment(EmulatorProcess emulator) {
    Map<String, String> environment = new HashMap<>();
    for (String name : new String[] {"primary-domain-port", "secondary-domain-port"}) {
      environment.put(name.toUpperCase(Locale.ROOT).replace('-', '_'), emulator.printed(name));
    }
    environment.put("BROWSER", browser());
    environment.putAll(
        Map.of(
            "CUSTOM_ANSWER", CUSTOM_ANSWER,
            "POOL_ID", emulator.printed("pool-id"),
            "CLIENT_ID", emulator.printed("client-id"),
            "USERNAME", emulator.printed("username"),
            "PASSWORD", PASSWORD,
            "PRIMARY_REGION", emulator.printed("primary-region"),
            "PRIMARY_PORT", emulator.printed("primary-port"),
            "SECONDARY_REGION", emulator.printed("secondary-region"),
            "SECONDARY_PORT", emulator.printed("secondary-port")));
    return environment;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return run(Map.of(), command).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private record Ended(int exitCode, String output) {}

  private static Ended run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      return new Ended(ended ? process.exitValue() : -1, output.join());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }
}
