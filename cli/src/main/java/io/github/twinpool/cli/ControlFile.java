package io.github.twinpool.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.internal.files.PrivateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a running emulator leaves what a command of another process needs to switch its outages: a
 * file that only its owner can read, named after the port.
 *
 * @param endpoint where outages are switched
 * @param token what each request must have
 * @param pid the emulator's process
 */
record ControlFile(URI endpoint, String token, long pid) {
  private static final int FILE_MAX = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it in place of one that a killed emulator left, and says where. */
  Path write(Path directory) {
    PrivateDirectory files = new PrivateDirectory(directory);
    String name = "emulator-" + endpoint.getPort() + ".json";
    try {
      files.create();
      Files.deleteIfExists(files.file(name)); // The port is ours, and its former owner is gone.
      files.write(
          name,
          JSON.createObjectNode()
              .put("endpoint", endpoint.toString())
              .put("token", token)
              .put("pid", pid)
              .toString()
              .getBytes(UTF_8));
      return files.file(name);
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator's token cannot be written" + reason(e), e);
    }
  }

  /** The files of all emulators that are alive. */
  static List<ControlFile> ofAll(Path directory) {
    PrivateDirectory files = new PrivateDirectory(directory);
    List<ControlFile> found = new ArrayList<>();
    try {
      for (String name : files.names()) {
        if (name.matches("emulator-\\d{1,5}\\.json")) {
          files.read(name, FILE_MAX).flatMap(ControlFile::parse).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator's token cannot be read" + reason(e), e);
    }
    found.removeIf(it -> ProcessHandle.of(it.pid()).isEmpty());
    return found;
  }

  /** Empty if it is damaged: half of it was written when the emulator was killed. */
  private static Optional<ControlFile> parse(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      return Optional.of(
          new ControlFile(
              URI.create(json.required("endpoint").asText()),
              json.required("token").asText(),
              json.required("pid").asLong()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Of a rule that a file breaks, the file and the rule. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException rule && !(e instanceof NoSuchFileException)
        ? ": " + rule.getMessage()
        : "";
  }

  @Override
  public String toString() {
    return "outages at " + endpoint;
  }
}
