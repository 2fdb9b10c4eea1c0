package io.github.twinpool.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The builder names the field and the value that it refuses. */
@Isolated("looks at all threads")
class TokenValidatorBuilderTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");

  private static Arguments refused(Consumer<TokenValidator.Builder> options, String... message) {
    return Arguments.of(options, message);
  }

  static Stream<Arguments> badOptions() {
    return Stream.of(
        refused(b -> b.clientId(), "clientId"),
        refused(b -> b.clientId("good", " "), "clientId ' '"),
        refused(b -> b.clockSkew(Duration.ofSeconds(-1)), "clockSkew 'PT-1S'", "PT0S to PT5M"),
        refused(b -> b.clockSkew(Duration.ofMinutes(6)), "clockSkew 'PT6M'"),
        refused(b -> b.maxTokenLength(100), "maxTokenLength '100'"),
        refused(b -> b.maxTokenLength(Integer.MAX_VALUE), "maxTokenLength '2147483647'"),
        refused(b -> b.refreshInterval(Duration.ZERO), "refreshInterval 'PT0S'"),
        refused(b -> b.removedKeyGrace(Duration.ofDays(2)), "removedKeyGrace 'PT48H'"),
        refused(b -> b.outageMaxAge(Duration.ofDays(31)), "outageMaxAge 'PT744H'"),
        refused(b -> b.keysTimeout(Duration.ofNanos(1)), "keysTimeout 'PT0.000000001S'"),
        refused(b -> b.requireScopes(), "requireScopes"),
        refused(b -> b.requireScopes(""), "requireScopes ''"),
        refused(b -> b.requireAnyGroup(""), "requireAnyGroup ''"),
        refused(b -> b.requireAudience(" "), "requireAudience ' '"),
        refused(b -> b.acceptSecondaryIssuer(true), "acceptSecondaryIssuer 'true'", "secondary"),
        refused(b -> b.keySource(URI.create("http://keys.example.com/")), "keySource", "https"),
        refused(b -> b.keySource(URI.create("http://127.0.0.1.example.com/")), "https"),
        refused(b -> b.keySource(URI.create("ftp://keys.example.com/")), "ftp"),
        refused(b -> b.keySource(URI.create("/keys.json")), "keySource"),
        refused(b -> b.staticKeys("{}"), "staticKeys", "MALFORMED"),
        refused(b -> b.staticKeys("{\"keys\":[]}"), "staticKeys", "NO_USABLE_KEYS"),
        refused(b -> b.clientId("a").fetchKeys(false).build(), "fetchKeys 'false'"),
        refused(b -> b.keySource(URI.create("file:///keys.json")), "keySource"));
  }

  @ParameterizedTest
  @MethodSource("badOptions")
  void a_bad_value_is_refused_by_name(Consumer<TokenValidator.Builder> options, String[] message) {
    assertThatThrownBy(() -> options.accept(TokenValidator.builder(POOL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(message);
  }

  private static Arguments limits(
      Function<TokenValidator.Builder, TokenValidator.Builder> inside,
      Consumer<TokenValidator.Builder> outside) {
    return Arguments.of(inside, outside);
  }

  static Stream<Arguments> limitsOfOptions() {
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    return Stream.of(
        limits(b -> b.clockSkew(Duration.ZERO), b -> b.clockSkew(second.negated())),
        limits(
            b -> b.clockSkew(Duration.ofMinutes(5)),
            b -> b.clockSkew(Duration.ofMinutes(5).plus(second))),
        limits(b -> b.maxTokenLength(1_024), b -> b.maxTokenLength(1_023)),
        limits(b -> b.maxTokenLength(131_072), b -> b.maxTokenLength(131_073)),
        limits(
            b -> b.refreshInterval(Duration.ofSeconds(30)),
            b -> b.refreshInterval(Duration.ofSeconds(29))),
        limits(b -> b.refreshInterval(day), b -> b.refreshInterval(day.plus(second))),
        limits(b -> b.removedKeyGrace(Duration.ZERO), b -> b.removedKeyGrace(second.negated())),
        limits(b -> b.removedKeyGrace(day), b -> b.removedKeyGrace(day.plus(second))),
        limits(
            b -> b.outageMaxAge(Duration.ofMinutes(1)),
            b -> b.outageMaxAge(Duration.ofSeconds(59))),
        limits(
            b -> b.outageMaxAge(Duration.ofDays(30)),
            b -> b.outageMaxAge(Duration.ofDays(30).plus(second))),
        limits(
            b -> b.keysTimeout(Duration.ofMillis(100)), b -> b.keysTimeout(Duration.ofMillis(99))),
        limits(
            b -> b.keysTimeout(Duration.ofMinutes(1)), b -> b.keysTimeout(Duration.ofSeconds(61))),
        limits(b -> b.tokenCacheBytes(0), b -> b.tokenCacheBytes(-1)),
        limits(b -> b.tokenCacheBytes(1 << 20), b -> b.tokenCacheBytes((1 << 20) - 1)),
        limits(b -> b.tokenCacheBytes(1L << 34), b -> b.tokenCacheBytes((1L << 34) + 1)),
        limits(b -> b.correttoCrypto(false), b -> b.requireScopes()));
  }

  @ParameterizedTest
  @MethodSource("limitsOfOptions")
  void a_limit_is_accepted_and_what_is_beyond_it_is_not(
      Function<TokenValidator.Builder, TokenValidator.Builder> inside,
      Consumer<TokenValidator.Builder> outside) {
    TokenValidator.Builder builder = TokenValidator.builder(POOL);

    assertThat(inside.apply(builder)).isSameAs(builder);
    assertThatThrownBy(() -> outside.accept(builder)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_password_in_a_key_source_is_not_shown() {
    URI uri = URI.create("https://user:geheim@keys.example.com/");
    assertThatThrownBy(() -> TokenValidator.builder(POOL).keySource(uri))
        .hasMessageContaining("keySource")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void the_query_of_a_signed_key_source_is_not_shown() {
    URI signed = URI.create("https://keys.example.com/jwks.json?signature=geheim");
    assertThat(new KeySourceFailure(signed, KeySourceFailure.Reason.TIMEOUT, "").toString())
        .isEqualTo("https://keys.example.com/jwks.json?… TIMEOUT");
    URI plain = URI.create("http://keys.example.com/jwks.json?signature=geheim");
    assertThatThrownBy(() -> TokenValidator.builder(POOL).keySource(plain))
        .hasMessageContaining("keys.example.com/jwks.json?…")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void without_client_or_explicit_any_client_nothing_is_built() {
    assertThatThrownBy(() -> TokenValidator.builder(POOL).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("clientId", "us-east-1_EXAMPLE", "anyClient");
    assertThatThrownBy(() -> TokenValidator.builder(POOL).clientId("a").anyClient().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a]");
  }

  @Test
  void a_second_pool_must_say_its_clients_too_and_be_another_one() {
    UserPool second = UserPool.of("eu-west-1_SECOND");
    assertThatThrownBy(
            () -> TokenValidator.builder(POOL).clientId("a").pool(second, o -> {}).build())
        .hasMessageContaining("eu-west-1_SECOND");
    assertThatThrownBy(
            () ->
                TokenValidator.builder(POOL).clientId("a").pool(POOL, o -> o.clientId("b")).build())
        .hasMessageContaining("pool 'us-east-1_EXAMPLE'");
  }

  private static Arguments setTo(String setter, Consumer<TokenValidator.Builder> nothing) {
    return Arguments.of(setter, nothing);
  }

  static Stream<Arguments> nulls() {
    return Stream.of(
        setTo("issuer", b -> b.issuer(null)),
        setTo("revocations", b -> b.revocations(null)),
        setTo("check", b -> b.check(null)),
        setTo("clock", b -> b.clock(null)),
        setTo("executor", b -> b.executor(null)),
        setTo("preload", b -> b.preload(null)),
        setTo("listener", b -> b.listener(null)),
        setTo("httpClient", b -> b.httpClient(null)),
        setTo("requireAudience", b -> b.requireAudience(null)),
        setTo("requireScopes", b -> b.requireScopes((String) null)),
        setTo("requireAnyGroup", b -> b.requireAnyGroup((String) null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nulls")
  void null_switches_no_check_off(String setter, Consumer<TokenValidator.Builder> nothing) {
    TokenValidator.Builder builder = TokenValidator.builder(POOL).anyClient();
    assertThatThrownBy(() -> nothing.accept(builder)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void a_refused_build_leaves_no_thread_behind() {
    assertThatThrownBy(() -> TokenValidator.builder(POOL).build())
        .isInstanceOf(IllegalArgumentException.class);
    // Those of other tests may still be ending.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("twinpool-token")));
  }

  @Test
  void the_secondary_is_a_source_of_keys_unless_switched_off() {
    UserPool replicated = POOL.replicatedTo("us-west-2");
    URI secondary =
        URI.create(
            "https://cognito-idp.us-west-2.amazonaws.com/us-east-1_EXAMPLE/.well-known/jwks.json");
    assertThat(TokenValidator.builder(replicated).jwksUris()).hasSize(3).contains(secondary);
    assertThat(TokenValidator.builder(replicated).secondaryKeySource(false).jwksUris())
        .hasSize(2)
        .doesNotContain(secondary);
    assertThat(TokenValidator.builder(POOL).jwksUris()).hasSize(2);
  }
}
