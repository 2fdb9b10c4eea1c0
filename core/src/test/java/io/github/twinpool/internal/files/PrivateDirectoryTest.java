package io.github.twinpool.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is written there; what may be read is {@code DrillJournalTest}'s. */
class PrivateDirectoryTest {
  @TempDir Path home;

  private PrivateDirectory directory() {
    return new PrivateDirectory(home.resolve("private"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_file_is_its_owners_alone_from_the_beginning() throws IOException {
    directory().write("token", "secret".getBytes(UTF_8));
    Path file = directory().file("token");
    assertThat(Files.readString(file)).isEqualTo("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(directory().read("token", 100))
        .hasValueSatisfying(it -> assertThat(it).asString(UTF_8).isEqualTo("secret"));
    assertThat(directory().names()).containsExactly("token");
  }

  @Test
  void what_is_there_already_is_neither_replaced_nor_followed() throws IOException {
    directory().write("token", "first".getBytes(UTF_8));
    assertThatThrownBy(() -> directory().write("token", "second".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    Path elsewhere = home.resolve("elsewhere");
    Files.createSymbolicLink(directory().file("link"), elsewhere);
    assertThatThrownBy(() -> directory().write("link", "secret".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothing_is_written_where_others_can_read() throws IOException {
    directory().create();
    Files.setPosixFilePermissions(
        home.resolve("private"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> directory().write("token", new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod go-rwx");
    assertThatThrownBy(() -> directory().names()).hasMessageContaining("chmod go-rwx");
    assertThat(home.resolve("private")).isEmptyDirectory();
  }

  @Test
  void where_no_directory_is_there_are_no_files() throws IOException {
    assertThat(directory().names()).isEmpty();
    assertThat(home.resolve("private")).doesNotExist();
  }
}
