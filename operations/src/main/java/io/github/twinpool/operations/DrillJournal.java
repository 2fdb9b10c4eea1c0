package io.github.twinpool.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the intended end of a fleet drill is written down before the drill begins: one file for
 * each pool, in a directory of the operator's.
 */
final class DrillJournal {
  private static final int FILE_MAX = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  DrillJournal(Path directory) {
    this.directory = directory;
  }

  private Path file(String poolId) {
    return directory.resolve("drill-" + poolId.replaceAll("[^A-Za-z0-9_-]", "") + ".json");
  }

  /**
   * Writes an entry, all of it or none.
   *
   * @throws IllegalStateException if there is one already: two drills would each take the other's
   *     inversion for what the check was before
   */
  void write(DrillEntry entry) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("poolId", entry.poolId())
            .put("healthCheckId", entry.healthCheckId())
            .put("inverted", entry.inverted())
            .put("begins", entry.begins().toString())
            .put("ends", entry.ends().toString())
            .put("pid", entry.pid())
            .put("started", entry.started());
    try {
      Files.createDirectories(directory);
      Path whole = Files.createTempFile(directory, "drill-", ".part"); // owner-only by default
      try {
        Files.writeString(whole, json.toString());
        Files.createLink(file(entry.poolId()), whole); // A move would replace.
      } finally {
        Files.delete(whole);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(
          "A fleet drill of " + entry.poolId() + " is going on, or was left: end it first", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be written", e);
    }
  }

  /**
   * The entry of a pool, if there is one.
   *
   * @throws UncheckedIOException if it is there and cannot be read: better no drill than one whose
   *     end nobody knows
   */
  Optional<DrillEntry> read(String poolId) {
    Path file = file(poolId);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > FILE_MAX) {
        throw new IOException("too long");
      }
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new DrillEntry(
              json.required("poolId").asText(),
              json.required("healthCheckId").asText(),
              json.required("inverted").asBoolean(),
              Instant.parse(json.required("begins").asText()),
              Instant.parse(json.required("ends").asText()),
              json.required("pid").asLong(),
              json.required("started").asLong()));
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be read: " + file, e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UncheckedIOException(
          "The drill's journal is damaged: " + file, new IOException("malformed"));
    }
  }

  void delete(String poolId) {
    try {
      Files.deleteIfExists(file(poolId));
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be deleted", e);
    }
  }
}
