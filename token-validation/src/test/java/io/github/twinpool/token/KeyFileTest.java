package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whose key files are read. Real files, links and permissions. */
class KeyFileTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(FileKeySource.class);
  private static final URI ADDRESS = URI.create("file:///keys");

  @TempDir Path directory;
  private Path file;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void a_key_file_of_this_user_s() throws IOException {
    permissions(directory, "rwx------");
    file = Files.writeString(directory.resolve("keys.json"), TestKeys.jwks(ACCESS));
    permissions(file, "rw-r--r--");
    logged.start();
    LOG.addAppender(logged);
    LOG.setLevel(Level.WARN);
    LOG.setAdditive(false);
  }

  @AfterEach
  void stop_listening() {
    LOG.detachAppender(logged);
    LOG.setLevel(null);
    LOG.setAdditive(true);
  }

  private static void permissions(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static KeySource source(Path path) {
    return new FileKeySource(path, Runnable::run, 64 * 1024);
  }

  private static void isRead(KeySource source) {
    assertThat(source.fetch().join().keys()).hasSize(1);
  }

  private static void isRefused(KeySource source, String detail) {
    CompletableFuture<Jwks> answer = source.fetch();
    assertThat(answer).isCompletedExceptionally();
    KeySourceException failure =
        catchThrowableOfType(ExecutionException.class, answer::get).getCause()
                instanceof KeySourceException refusal
            ? refusal
            : null;
    assertThat(failure).isNotNull();
    assertThat(failure.from(ADDRESS))
        .isEqualTo(new KeySourceFailure(ADDRESS, Reason.NOT_TRUSTED, detail));
  }

  private static boolean givenAway(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", 65_534, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void one_that_only_its_owner_may_write_is_read() throws IOException {
    isRead(source(file));
    permissions(directory, "rwxr-xr-x");
    isRead(source(file));
    assertThat(logged.list).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-"})
  void one_that_others_may_write_is_refused(String permissions) throws IOException {
    permissions(file, permissions);
    isRefused(source(file), "others may write it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void one_in_a_directory_where_others_may_replace_it_is_refused(String permissions)
      throws IOException {
    permissions(directory, permissions);
    isRefused(source(file), "others may write its directory");
  }

  @Test
  void one_in_a_shared_directory_where_each_keeps_his_own_is_read() throws IOException {
    Files.setAttribute(directory, "unix:mode", 01777);
    isRead(source(file));
  }

  @Test
  void one_that_another_user_owns_is_refused() {
    Assumptions.assumeTrue(givenAway(file), "only root can give files away");
    isRefused(source(file), "another user owns it");
  }

  @Test
  void one_whose_directory_another_user_owns_is_refused() {
    Assumptions.assumeTrue(givenAway(directory), "only root can give files away");
    isRefused(source(file), "another user owns its directory");
  }

  @Test
  void a_chain_of_links_as_containers_mount_them_is_followed() throws IOException {
    Path version = Files.createDirectory(directory.resolve("..2026_11_28"));
    Files.move(file, version.resolve("keys.json"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_28"));
    Files.createSymbolicLink(file, Path.of("..data", "keys.json"));
    isRead(source(file));
    permissions(version, "rwxrwxrwx");
    isRefused(source(file), "others may write its directory");
  }

  @Test
  void a_link_that_others_may_replace_is_refused_wherever_it_points() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path link = Files.createSymbolicLink(shared.resolve("keys.json"), file);
    isRead(source(link));
    permissions(shared, "rwxrwxrwx");
    isRefused(source(link), "others may write its directory");
    Path onTheWay = Files.createSymbolicLink(shared.resolve("there"), directory);
    isRefused(source(onTheWay.resolve("keys.json")), "others may write its directory");
  }

  @Test
  void links_that_lead_in_a_circle_are_refused() throws IOException {
    Path here = directory.resolve("here");
    Files.createSymbolicLink(here, directory.resolve("there"));
    Files.createSymbolicLink(directory.resolve("there"), here);
    isRefused(source(here), "too many links");
  }

  @Test
  void what_is_no_plain_file_is_refused() {
    isRefused(source(directory), "no plain file");
  }

  /** Where the kernel lets them, others can link any file of this user's into such a directory. */
  @Test
  void a_second_name_in_a_directory_that_others_may_write_is_refused() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path linked = Files.createLink(shared.resolve("keys.json"), file);
    isRead(source(linked));
    Files.setAttribute(shared, "unix:mode", 01777);
    isRefused(source(linked), "it has several names, and others may write its directory");
    isRead(source(file));
  }

  @Test
  void a_pipe_is_refused_and_holds_nothing_up() throws Exception {
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start().waitFor())
        .isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> isRefused(source(file), "no plain file"));
  }

  /** What others can rename away, they can replace between the look at it and its use. */
  @Test
  void one_below_a_directory_whose_entries_others_may_replace_is_refused() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path own = Files.createDirectories(shared.resolve("own/deep"));
    Path deep = Files.move(file, own.resolve("keys.json"));
    isRead(source(deep));
    permissions(shared, "rwxrwxrwx");
    isRefused(source(deep), "others may write its directory");
    isRefused(source(own.resolve("../deep/keys.json")), "others may write its directory");
    Path link = Files.createSymbolicLink(directory.resolve("link"), own);
    isRefused(source(link.resolve("keys.json")), "others may write its directory");
    Files.setAttribute(shared, "unix:mode", 01777);
    isRead(source(deep));
    isRead(source(link.resolve("keys.json")));
  }

  @Test
  void one_below_a_directory_of_another_user_is_refused() throws IOException {
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    Path own = Files.createDirectory(theirs.resolve("own"));
    Path deep = Files.move(file, own.resolve("keys.json"));
    isRead(source(deep));
    Assumptions.assumeTrue(givenAway(theirs), "only root can give files away");
    isRefused(source(deep), "another user owns its directory");
  }

  @Test
  void a_link_in_a_shared_directory_is_followed_if_it_is_this_users_alone() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    Path link = Files.createSymbolicLink(shared.resolve("keys.json"), file);
    isRead(source(link));
    Assumptions.assumeTrue(givenAway(link), "only root can give links away");
    isRefused(source(link), "another user owns a link to it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"keys\":[]}", "\u0000", "{\"keys\":[{}]}", "[]"})
  void one_without_a_key_opens_nothing(String text) throws IOException {
    Files.writeString(file, text);
    assertThat(source(file).fetch()).isCompletedExceptionally();
  }

  @Test
  void a_refusal_is_logged_once_until_the_file_is_good_again() throws IOException {
    KeySource source = source(file);
    permissions(file, "rw-rw-rw-");
    isRefused(source, "others may write it");
    isRefused(source, "others may write it");
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains(file.toString(), "others may write it");
    permissions(file, "rw-r--r--");
    isRead(source);
    permissions(file, "rw-rw-rw-");
    isRefused(source, "others may write it");
    assertThat(logged.list).hasSize(2);
  }

  @Test
  void a_file_system_that_does_not_say_who_may_write_is_warned_about_and_read() throws IOException {
    URI zip = URI.create("jar:" + directory.resolve("keys.zip").toUri());
    try (FileSystem unsaying = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path inside = Files.writeString(unsaying.getPath("/keys.json"), TestKeys.jwks(ACCESS));
      KeySource source = source(inside);
      isRead(source);
      isRead(source);
    }
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getFormattedMessage()).contains("/keys.json", "does not say");
  }

  @Test
  void a_read_that_hangs_is_not_followed_by_another() {
    ArrayDeque<Runnable> hanging = new ArrayDeque<>();
    KeySource source = new FileKeySource(file, hanging::add, 64 * 1024);
    CompletableFuture<Jwks> first = source.fetch();
    CompletableFuture<Jwks> second = source.fetch();
    assertThat(hanging).hasSize(1);
    assertThat(second).isCompletedExceptionally();
    hanging.remove().run();
    assertThat(first).isCompleted();
    CompletableFuture<Jwks> third = source.fetch();
    hanging.remove().run();
    assertThat(third).isCompleted();
  }
}
