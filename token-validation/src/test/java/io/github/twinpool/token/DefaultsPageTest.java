package io.github.twinpool.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.UserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/defaults.md says what the validator does. */
class DefaultsPageTest {
  private final TokenValidator.Builder options =
      TokenValidator.builder(UserPool.of("us-east-1_EXAMPLE"));
  private final KeyPolicy policy =
      KeyPolicy.of(
          options.refreshInterval,
          options.removedKeyGrace,
          options.outageMaxAge,
          options.keysTimeout);
  private final List<String> rows;

  DefaultsPageTest() throws IOException {
    rows = Files.readAllLines(Path.of("../docs/defaults.md"));
  }

  private String row(String name) {
    return rows.stream()
        .filter(line -> line.startsWith("| " + name + " |") || line.startsWith("| `" + name + "`"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row for " + name));
  }

  private static String seconds(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    return (seconds == Math.rint(seconds) ? "" + (long) seconds : "" + seconds) + " s";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  @Test
  void options_have_the_documented_defaults() {
    assertThat(row("refreshInterval")).contains(options.refreshInterval.toMinutes() + " min |");
    assertThat(row("removedKeyGrace")).contains(options.removedKeyGrace.toMinutes() + " min |");
    assertThat(row("outageMaxAge")).contains(options.outageMaxAge.toHours() + " h |");
    assertThat(row("keysTimeout")).contains(seconds(options.keysTimeout) + " |");
    assertThat(row("clockSkew")).contains(seconds(options.clockSkew) + " |");
    assertThat(row("maxTokenLength")).contains(number(options.maxTokenLength) + " characters |");
    assertThat(row("tokenCacheBytes")).contains((options.tokenCacheBytes >> 20) + " MiB |");
  }

  @Test
  void tokens_and_key_sets_have_the_documented_limits() {
    assertThat(row("nesting of JSON")).contains("| " + StrictJson.MAX_DEPTH + " levels |");
    assertThat(row("name of a claim")).contains("| " + StrictJson.MAX_NAME + " characters |");
    assertThat(row("number in JSON")).contains("| " + StrictJson.MAX_NUMBER + " characters |");
    assertThat(row("parts of a JSON document")).contains("| " + number(StrictJson.MAX_TOKENS));
    assertThat(row("key set"))
        .contains((Assembly.MAX_JWKS_BYTES >> 10) + " KiB, " + Jwks.MAX_KEYS + " keys |");
    assertThat(row("key"))
        .contains(number(Jwks.MIN_BITS) + " to " + number(Jwks.MAX_BITS) + " bits")
        .contains("ID of " + Jwks.MAX_KEY_ID + " characters");
  }

  @Test
  void keys_are_fetched_at_the_documented_pace() {
    assertThat(row("next source")).contains(seconds(policy.hedgeDelay()));
    assertThat(row("other sources, once one has answered"))
        .contains(seconds(policy.stragglerWait()));
    assertThat(row("connection to a source"))
        .contains(seconds(Assembly.CONNECT_TIMEOUT) + ", or half of `keysTimeout`");
    assertThat(row("fetch for an unknown key"))
        .contains("one in " + seconds(policy.refetchSpacing()))
        .contains("same key in " + seconds(policy.unknownKeyMemory()));
    assertThat(row("wait for an unknown key")).contains(seconds(policy.unknownKeyWait()));
    assertThat(row("pause after all sources failed"))
        .contains(seconds(policy.retryMin()) + ", doubling to " + policy.retryMax().toMinutes())
        .contains(seconds(policy.refetchSpacing()) + " without keys");
    assertThat(row("asynchronous calls that wait for keys"))
        .contains(number(TokenVerifier.MAX_WAITING));
    assertThat(row("threads for fetches, files and listeners"))
        .contains("| " + Assembly.MAX_WORKERS + " |");
    assertThat(row("events that wait for listeners")).contains(number(EventQueue.PLACES));
  }
}
