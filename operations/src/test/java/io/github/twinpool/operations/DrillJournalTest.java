package io.github.twinpool.operations;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.twinpool.emulator.TestEmulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may have written, and what names another check, makes no command change a check. */
class DrillJournalTest {
  private static final Instant BEGAN = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir Path home;
  private Path journal = Path.of("");

  private static final SetupFixture FIXTURE =
      new SetupFixture(TestEmulators.builder().domainFailover(true));
  private final String check = FIXTURE.emulator.route53().healthCheckId();
  private long changesBefore;

  @BeforeEach
  void aDirectoryThatIsNotThereYet() {
    journal = home.resolve("journal");
    changesBefore = FIXTURE.emulator.route53().calls("UpdateHealthCheck");
  }

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  private DrillEntry entry(String healthCheckId) {
    return new DrillEntry(
        FIXTURE.id(), healthCheckId, true, BEGAN, BEGAN.plusSeconds(300), Long.MAX_VALUE, 1);
  }

  /** As a drill leaves it that was killed. */
  private Path leave(String healthCheckId) {
    new DrillJournal(journal).write(entry(healthCheckId));
    return journal.resolve("drill-" + FIXTURE.id() + ".json");
  }

  private long changes() {
    return FIXTURE.emulator.route53().calls("UpdateHealthCheck") - changesBefore;
  }

  private void refused(String rule) {
    assertThatThrownBy(() -> Drill.restoreLeft(FIXTURE.clients, journal, check))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(rule);
    assertThatThrownBy(() -> Drill.left(FIXTURE.clients, journal))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(changes()).isZero();
  }

  @Test
  void a_drill_that_was_left_is_told_without_a_change_and_restored_when_that_is_asked_for() {
    leave(check);
    assertThat(Drill.left(FIXTURE.clients, journal))
        .hasValueSatisfying(said -> assertThat(said).contains(check, "was never ended"));
    assertThat(changes()).isZero();
    assertThat(Drill.restoreLeft(FIXTURE.clients, journal)).isPresent();
    assertThat(changes()).isEqualTo(1);
    assertThat(Drill.left(FIXTURE.clients, journal)).isEmpty();
  }

  @Test
  void the_directory_is_made_for_its_owner_alone() throws IOException {
    leave(check);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
        .isEqualTo("rwx------");
  }

  @Test
  void an_entry_with_a_check_that_no_domain_of_the_pool_follows_changes_nothing() {
    String other =
        FIXTURE
            .clients
            .route53()
            .createHealthCheck(
                it -> it.callerReference("other").healthCheckConfig(SetupFixture.CHECK))
            .healthCheck()
            .id();
    leave(other);
    assertThatThrownBy(() -> Drill.restoreLeft(FIXTURE.clients, journal))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(other)
        .hasMessageContaining("no domain of " + FIXTURE.id());
    assertThatThrownBy(() -> Drill.restoreLeft(FIXTURE.clients, journal, check))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("and not " + check);
    assertThat(changes()).isZero();
    assertThat(Drill.restoreLeft(FIXTURE.clients, journal, other))
        .as("the operator names it")
        .isPresent();
  }

  @Test
  void an_entry_about_another_pool_changes_nothing() throws IOException {
    Path entry = leave(check);
    Files.writeString(entry, Files.readString(entry).replace(FIXTURE.id(), "us-east-1_Other"));
    refused("damaged");
  }

  /**
   * Members that are there twice, numbers for texts, texts for numbers, and more than one object.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{%s,\"healthCheckId\":\"another\"}",
        "{%s,\"inverted\":false}",
        "{%s} {\"inverted\":false}",
        "[{%s}]",
        "{\"entry\":{%s}}",
        "null",
        "",
        "\u0000",
        "{%s,\"pid\":\"1\"}",
        "{%s,\"started\":\"1\"}",
        "{%s,\"started\":1e400}",
        "{%s,\"pid\":99999999999999999999}",
        "{%s,\"ends\":7}",
        "{%s,\"poolId\":[\"x\"]}",
      })
  void an_entry_that_no_drill_wrote_changes_nothing(String form) throws IOException {
    Path entry = leave(check);
    String whole = Files.readString(entry);
    Files.writeString(entry, form.formatted(whole.substring(1, whole.length() - 1)));
    refused("damaged");
  }

  @Test
  void an_entry_that_is_a_pipe_holds_no_command_up() throws Exception {
    Path entry = leave(check);
    Files.delete(entry);
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", entry.toString()).start().waitFor())
        .isZero();
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refused("no link"));
  }

  @Test
  void an_entry_in_another_encoding_or_too_long_changes_nothing() throws IOException {
    Path entry = leave(check);
    String text = Files.readString(entry);
    Files.writeString(entry, text, UTF_16);
    refused("damaged");
    Files.writeString(entry, text + " ".repeat(5_000));
    refused("too long");
  }

  /** Others who can write to the directory above can put another one in its place. */
  @Test
  void a_directory_in_one_that_others_can_write_to_is_not_trusted() throws IOException {
    Path shared = Files.createDirectory(home.resolve("shared"));
    journal = shared.resolve("journal");
    leave(check);
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused("others may write");
    assertThatThrownBy(() -> leave(check)).hasMessageContaining("others may write");
    Files.setAttribute(shared, "unix:mode", 01777);
    assertThat(Drill.left(FIXTURE.clients, journal)).as("as /tmp is").isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"healthCheckId\":\"../x\"", "\"healthCheckId\":7.5,\"inverted\":1"})
  void an_entry_that_is_malformed_changes_nothing(String members) throws IOException {
    Path entry = leave(check);
    Files.writeString(
        entry,
        Files.readString(entry)
            .replaceFirst("\"healthCheckId\":\"[^\"]*\"(,\"inverted\":true)?", members));
    refused("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx---rwx", "rwx-w----", "rwxr-x---"})
  void a_directory_that_is_open_to_others_is_not_trusted(String mode) throws IOException {
    leave(check);
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString(mode));
    refused("must be open to its owner alone");
    assertThatThrownBy(() -> leave(check)).hasMessageContaining("must be open to its owner alone");
  }

  @Test
  void an_entry_that_others_can_write_is_not_trusted() throws IOException {
    Files.setPosixFilePermissions(leave(check), PosixFilePermissions.fromString("rw--w----"));
    refused("must be open to its owner alone");
  }

  @Test
  void a_directory_of_another_user_is_not_trusted() throws IOException {
    leave(check);
    UserPrincipal another =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("54321");
    DrillJournal journalOfAnother =
        new DrillJournal(new PrivateDirectory(journal, file -> another));
    assertThatThrownBy(() -> journalOfAnother.read(FIXTURE.id()))
        .hasMessageContaining("must be owned by the user who runs this");
    assertThatThrownBy(() -> journalOfAnother.write(entry(check)))
        .hasMessageContaining("must be owned by the user who runs this");
  }

  @Test
  void links_are_not_followed() throws IOException {
    Path entry = leave(check);
    Path elsewhere = Files.move(entry, home.resolve("elsewhere.json"));
    Files.createSymbolicLink(entry, elsewhere);
    refused("no link");
    Files.delete(entry);
    Files.move(elsewhere, entry);
    Path real = Files.move(journal, home.resolve("real"));
    Files.createSymbolicLink(journal, real);
    refused("no link");
    Files.delete(journal);
    Files.createSymbolicLink(journal, home.resolve("nowhere"));
    assertThatThrownBy(() -> leave(check)).hasMessageContaining("no link");
  }

  @Test
  void a_drill_restores_what_it_wrote_down_and_not_what_the_journal_says_by_then()
      throws IOException {
    DrillOutage.Fleet outage =
        new DrillOutage.Fleet(
            new AwsCalls(FIXTURE.clients), check, new DrillJournal(journal), FIXTURE.clock);
    boolean healthy = FIXTURE.emulator.route53().healthy();
    outage.begin(Duration.ofMinutes(1));
    Path entry = journal.resolve("drill-" + FIXTURE.id() + ".json");
    Files.writeString(entry, Files.readString(entry).replace(check, "forged"));
    assertThat(FIXTURE.emulator.route53().healthy()).isNotEqualTo(healthy);
    outage.end();
    assertThat(FIXTURE.emulator.route53().healthy()).isEqualTo(healthy);
    assertThat(changes()).isEqualTo(2);
    assertThat(Files.exists(entry)).isFalse();
  }
}
