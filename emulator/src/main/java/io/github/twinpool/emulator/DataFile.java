package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the data files of this package: one row a line, {@code #} begins a line of comment. */
final class DataFile {
  private DataFile() {}

  static List<String> lines(String name) {
    InputStream in = DataFile.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("missing from the jar: " + name);
    }
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
