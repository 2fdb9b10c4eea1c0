package io.github.twinpool.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the intended end of a fleet drill is written down before the drill begins: one file for
 * each pool, in a directory of the operator's that only he can write to.
 */
final class DrillJournal {
  private static final int FILE_MAX = 4_096;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final PrivateDirectory directory;

  DrillJournal(Path directory) {
    this(new PrivateDirectory(directory));
  }

  DrillJournal(PrivateDirectory directory) {
    this.directory = directory;
  }

  private static String name(String poolId) {
    return "drill-" + poolId.replaceAll("[^A-Za-z0-9_-]", "") + ".json";
  }

  /**
   * Writes an entry, all of it or none.
   *
   * @throws IllegalStateException if there is one already: two drills would each take the other's
   *     inversion for what the check was before
   * @throws UncheckedIOException if it cannot be written, or others can write to the directory
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
    Path file = directory.file(name(entry.poolId()));
    try {
      directory.create();
      Path whole = Files.createTempFile(file.getParent(), "drill-", ".part"); // owner-only
      try {
        Files.writeString(whole, json.toString());
        Files.createLink(file, whole); // A move would replace.
      } finally {
        Files.delete(whole);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(
          "A fleet drill of " + entry.poolId() + " is going on, or was left: end it first", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be written" + reason(e), e);
    }
  }

  /**
   * The entry of a pool, if there is one.
   *
   * @throws UncheckedIOException if it is there and cannot be read, is damaged, is about another
   *     pool, or may be somebody else's work: better no drill than one whose end nobody knows
   */
  Optional<DrillEntry> read(String poolId) {
    try {
      return directory
          .read(name(poolId), FILE_MAX)
          .map(bytes -> entry(poolId, new String(bytes, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be read" + reason(e), e);
    }
  }

  private DrillEntry entry(String poolId, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.required("poolId").asText().equals(poolId)
          || !json.required("inverted").isBoolean()
          || !isLong(json.required("pid"))
          || !isLong(json.required("started"))) {
        throw new IllegalArgumentException("not an entry of this pool");
      }
      return new DrillEntry(
          poolId,
          HealthCheckTask.requireId("healthCheckId", json.required("healthCheckId").asText()),
          json.required("inverted").asBoolean(),
          Instant.parse(json.required("begins").asText()),
          Instant.parse(json.required("ends").asText()),
          json.required("pid").asLong(),
          json.required("started").asLong());
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new UncheckedIOException(
          "The drill's journal is damaged: " + directory.file(name(poolId)),
          new IOException("malformed"));
    }
  }

  private static boolean isLong(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  /** Of a rule that a file breaks, the file and the rule. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException rule ? ": " + rule.getMessage() : "";
  }

  void delete(String poolId) {
    try {
      Files.deleteIfExists(directory.file(name(poolId)));
    } catch (IOException e) {
      throw new UncheckedIOException("The drill's journal cannot be deleted", e);
    }
  }
}
