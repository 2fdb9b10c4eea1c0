package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestKeys.OTHER_POOL;
import static io.github.twinpool.token.TestTokens.CLIENT;
import static io.github.twinpool.token.TestTokens.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that starts while no source answers. Real files, virtual time. */
class SnapshotFileTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
  private static final String TOKEN = TestTokens.access(POOL, IssuerType.ORIGINAL, ACCESS);

  @TempDir Path directory;
  private Path file;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicReference<String> published = new AtomicReference<>("");
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void owner_only() throws IOException {
    permissions(directory, "rwx------");
    file = directory.resolve("keys.json");
  }

  private static void permissions(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Publishes what it is told, or refuses the connection. */
  private final class Network implements HttpTransport {
    @Override
    public CompletableFuture<Response> get(URI uri) {
      String jwks = published.get();
      return jwks.isEmpty()
          ? CompletableFuture.failedFuture(new KeySourceException(Reason.CONNECTION, ""))
          : CompletableFuture.completedFuture(new Response(200, jwks.getBytes(UTF_8)));
    }

    @Override
    public void close() {}
  }

  /** Does everything at once, on the caller's thread. */
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private TokenValidator process(VirtualLoop loop, UnaryOperator<TokenValidator.Builder> options) {
    TokenValidator.Builder builder =
        TokenValidator.builder(POOL).clientId(CLIENT).clock(now::get).snapshotFile(file);
    builder.listener(
        new TokenValidatorListener() {
          @Override
          public void keysRestored(String poolId, int keys, Duration age) {
            heard.add("restored " + keys + " aged " + age);
          }

          @Override
          public void snapshotFailed(String poolId, KeySourceFailure failure) {
            heard.add(failure.reason() + " " + failure.detail());
          }
        });
    ExecutorService workers = new AtOnce();
    TokenValidator validator =
        new Assembly(options.apply(builder), loop, new Network(), workers, new Random(1)).build();
    loop.run();
    return validator;
  }

  private TokenValidator process() {
    return process(new VirtualLoop(), builder -> builder);
  }

  /** A process that has fetched these keys, and has ended. */
  private void earlierProcess(RSAKey... keys) {
    published.set(TestKeys.jwks(keys));
    process().close();
    published.set("");
    assertThat(file).exists();
    heard.clear();
  }

  private void isRefused(Reason reason, String detail) {
    TokenValidator validator = process();
    assertThat(heard).containsExactly(reason + " " + detail);
    assertThat(validator.isReady()).isFalse();
    CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(TOKEN);
    validator.close();
    assertThat(catchThrowable(answer::join)).hasCauseInstanceOf(KeysUnavailableException.class);
  }

  private void rewrite(UnaryOperator<String> change) throws IOException {
    String before = Files.readString(file);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(file, after);
  }

  @Test
  void a_process_that_starts_without_any_source_validates_with_the_keys_of_the_last_one() {
    earlierProcess(ACCESS, ID);
    now.set(NOW.plusSeconds(60));
    TokenValidator validator = process();
    assertThat(validator.validateAccessToken(TOKEN).username()).contains("ada");
    assertThat(validator.isReady()).isTrue();
    assertThat(heard).containsExactly("restored 2 aged PT1M");
    assertThat(validator.status().pools().get(0).keys())
        .allSatisfy(key -> assertThat(key.source()).isEqualTo(file.toUri()));
  }

  @Test
  void without_the_option_no_file_is_read_or_written() {
    published.set(TestKeys.jwks(ACCESS));
    VirtualLoop loop = new VirtualLoop();
    TokenValidator.Builder builder = TokenValidator.builder(POOL).clientId(CLIENT);
    new Assembly(builder, loop, new Network(), new AtOnce(), new Random(1)).build();
    loop.run();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void no_file_is_no_failure() {
    TokenValidator validator = process();
    assertThat(heard).isEmpty();
    assertThat(validator.isReady()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKGROUND", "NONE", "BLOCKING"})
  void restored_keys_are_refreshed_at_once_whatever_the_preload(String preload) {
    earlierProcess(ACCESS);
    published.set(TestKeys.jwks(ID));
    VirtualLoop loop = new VirtualLoop();
    TokenValidator validator = process(loop, b -> b.preload(Preload.valueOf(preload)));
    loop.pass(Duration.ofSeconds(5));
    assertThat(validator.status().pools().get(0).keys())
        .extracting(ValidatorStatus.Key::id)
        .contains("id-key");
    loop.pass(Duration.ofMinutes(30));
    assertThat(validator.status().pools().get(0).keys())
        .extracting(ValidatorStatus.Key::id)
        .containsExactly("id-key");
  }

  @Test
  void the_age_counts_from_the_fetch_and_not_from_the_start() {
    earlierProcess(ACCESS);
    now.set(NOW.plus(Duration.ofHours(71)));
    VirtualLoop loop = new VirtualLoop();
    TokenValidator validator = process(loop, builder -> builder);
    assertThat(heard).containsExactly("restored 1 aged PT71H");
    loop.pass(Duration.ofMinutes(59));
    assertThat(validator.isReady()).isTrue();
    loop.pass(Duration.ofMinutes(1));
    assertThat(validator.isReady()).isFalse();
  }

  @Test
  void an_old_one_is_refused() {
    earlierProcess(ACCESS);
    now.set(NOW.plus(Duration.ofDays(3)));
    isRefused(Reason.NOT_TRUSTED, "too old");
  }

  @Test
  void one_from_the_future_is_refused() {
    earlierProcess(ACCESS);
    now.set(NOW.minusSeconds(1));
    isRefused(Reason.NOT_TRUSTED, "from the future");
  }

  @Test
  void a_link_is_refused_wherever_it_points() throws IOException {
    earlierProcess(ACCESS);
    Path elsewhere = directory.resolve("elsewhere.json");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    isRefused(Reason.NOT_TRUSTED, "a link, or no plain file");
  }

  @Test
  void a_directory_is_refused() throws IOException {
    Files.createDirectory(file);
    isRefused(Reason.NOT_TRUSTED, "a link, or no plain file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-"})
  void one_that_others_may_write_is_refused(String permissions) throws IOException {
    earlierProcess(ACCESS);
    permissions(file, permissions);
    isRefused(Reason.NOT_TRUSTED, "others may write it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void one_in_a_directory_that_others_may_write_is_refused_and_not_written(String permissions)
      throws IOException {
    earlierProcess(ACCESS);
    permissions(directory, permissions);
    isRefused(Reason.NOT_TRUSTED, "others may write its directory");
    heard.clear();
    byte[] before = Files.readAllBytes(file);
    published.set(TestKeys.jwks(ID));
    process();
    assertThat(heard).hasSize(2).last().isEqualTo("NOT_TRUSTED others may write its directory");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void one_that_another_user_owns_is_refused() throws IOException {
    earlierProcess(ACCESS);
    giveAway(file);
    isRefused(Reason.NOT_TRUSTED, "another user owns it");
  }

  @Test
  void one_in_a_directory_that_another_user_owns_is_refused() throws IOException {
    earlierProcess(ACCESS);
    giveAway(directory);
    isRefused(Reason.NOT_TRUSTED, "another user owns its directory");
  }

  /**
   * As root one could write there; its owner could put a link in the new file's place meanwhile.
   */
  @Test
  void nothing_is_written_to_a_directory_of_another_user() throws IOException {
    giveAway(directory);
    published.set(TestKeys.jwks(ACCESS));
    process();
    assertThat(heard).containsExactly("NOT_TRUSTED another user owns its directory");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void one_below_a_directory_whose_entries_others_may_replace_is_refused_and_not_written()
      throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path own = Files.createDirectory(shared.resolve("own"));
    permissions(own, "rwx------");
    file = own.resolve("keys.json");
    earlierProcess(ACCESS);
    permissions(shared, "rwxrwxrwx");
    isRefused(Reason.NOT_TRUSTED, "others may write its directory");
    byte[] before = Files.readAllBytes(file);
    published.set(TestKeys.jwks(ID));
    process();
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void a_directory_that_is_a_link_of_another_user_is_refused() throws IOException {
    earlierProcess(ACCESS);
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    file = link.resolve("keys.json");
    assertThat(process().isReady()).as("a link of this user's").isTrue();
    heard.clear();
    giveAway(link);
    isRefused(Reason.NOT_TRUSTED, "another user owns a link to it");
  }

  @Test
  void a_pipe_is_refused_and_holds_no_start_up() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start().waitFor())
        .isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> isRefused(Reason.NOT_TRUSTED, "a link, or no plain file"));
  }

  private static void giveAway(Path path) {
    boolean changed;
    try {
      Files.setAttribute(path, "unix:uid", 65_534, LinkOption.NOFOLLOW_LINKS);
      changed = true;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      changed = false;
    }
    Assumptions.assumeTrue(changed, "only root can give files away");
  }

  @Test
  void another_pool_s_is_refused() throws IOException {
    earlierProcess(ACCESS);
    rewrite(text -> text.replace("\"us-east-1_EXAMPLE\"", "\"us-east-1_OTHER\""));
    isRefused(Reason.NOT_TRUSTED, "for another user pool");
  }

  @Test
  void one_for_other_issuers_is_refused() throws IOException {
    earlierProcess(ACCESS);
    rewrite(text -> text.replace("issuer-cognito-idp", "issuer-evil"));
    isRefused(Reason.NOT_TRUSTED, "for other issuers");
  }

  @Test
  void one_of_a_process_that_trusts_both_issuers_is_not_for_one_that_pins_one() {
    earlierProcess(ACCESS);
    process(new VirtualLoop(), b -> b.issuer(IssuerType.UPDATED));
    assertThat(heard).containsExactly("NOT_TRUSTED for other issuers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "2", "null", "1.0"})
  void another_version_is_refused(String version) throws IOException {
    earlierProcess(ACCESS);
    rewrite(text -> text.replace("\"twinpool\":1", "\"twinpool\":" + version));
    isRefused(Reason.MALFORMED, "not a snapshot of this version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "\"now\"", "1e9", "9223372036854775807", "null"})
  void an_impossible_time_is_refused(String time) throws IOException {
    earlierProcess(ACCESS);
    rewrite(text -> text.replaceFirst("\"fetchedAt\":[0-9]+", "\"fetchedAt\":" + time));
    isRefused(Reason.MALFORMED, "not a snapshot of this version");
  }

  @Test
  void rubbish_is_refused_and_replaced_by_the_next_refresh() throws IOException {
    Files.writeString(file, "{\"keys\":");
    permissions(file, "rw-------");
    isRefused(Reason.MALFORMED, "not a strict JSON object");
    earlierProcess(ACCESS);
    assertThat(process().isReady()).isTrue();
  }

  @Test
  void a_huge_one_is_refused() throws IOException {
    Files.write(file, new byte[70_000]);
    permissions(file, "rw-------");
    isRefused(Reason.TOO_LARGE, "over 65536 bytes");
  }

  @Test
  void one_without_a_usable_key_is_refused() throws IOException {
    earlierProcess(ACCESS);
    rewrite(text -> text.replace("\"RSA\"", "\"oct\""));
    isRefused(Reason.NO_USABLE_KEYS, "1 entries");
  }

  @Test
  void it_is_for_the_owner_only_holds_no_private_key_and_leaves_nothing_beside_it()
      throws IOException {
    earlierProcess(ACCESS, ID);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("access-key", "id-key", "us-east-1_EXAMPLE")
        .doesNotContain("\"d\"", "\"p\"", "\"q\"", ACCESS.getPrivateExponent().toString());
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void each_refresh_replaces_it_and_removed_keys_are_not_in_it() throws IOException {
    published.set(TestKeys.jwks(ACCESS, ID));
    VirtualLoop loop = new VirtualLoop();
    process(loop, builder -> builder);
    Object before = Files.getAttribute(file, "unix:ino");
    published.set(TestKeys.jwks(ID));
    loop.pass(Duration.ofMinutes(6));
    assertThat(Files.readString(file)).contains("id-key").doesNotContain("access-key");
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(before);
  }

  @Test
  void a_failed_refresh_leaves_it_alone() throws IOException {
    published.set(TestKeys.jwks(ACCESS));
    VirtualLoop loop = new VirtualLoop();
    process(loop, builder -> builder);
    Object before = Files.getAttribute(file, "unix:ino");
    published.set("");
    loop.pass(Duration.ofHours(1));
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void a_directory_that_goes_away_costs_no_token() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    permissions(gone, "rwx------");
    file = gone.resolve("keys.json");
    published.set(TestKeys.jwks(ACCESS));
    VirtualLoop loop = new VirtualLoop();
    TokenValidator validator = process(loop, builder -> builder);
    Files.delete(file);
    Files.delete(gone);
    loop.pass(Duration.ofMinutes(6));
    assertThat(heard).isNotEmpty().allMatch(text -> text.startsWith("UNWRITABLE"));
    assertThat(validator.validateAccessToken(TOKEN).username()).contains("ada");
  }

  @Test
  void a_token_of_a_key_that_is_not_in_it_is_not_called_unknown_while_no_source_answers() {
    earlierProcess(ID, OTHER_POOL);
    VirtualLoop loop = new VirtualLoop();
    TokenValidator validator = process(loop, builder -> builder);
    String rotated = TestTokens.access(POOL, IssuerType.UPDATED, TestKeys.ROTATED);
    CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(rotated);
    loop.pass(Duration.ofSeconds(6));
    assertThat(catchThrowable(answer::join)).hasCauseInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void a_directory_that_does_not_exist_is_refused_by_the_builder() {
    Path nowhere = directory.resolve("nowhere").resolve("keys.json");
    assertThatThrownBy(() -> TokenValidator.builder(POOL).snapshotFile(nowhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("snapshotFile '" + nowhere);
  }
}
