package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key set and tokens that were signed with it, in a file: signing takes thirty times as long as
 * what is measured, so all JVMs of a run share them.
 *
 * @param jwks the key set
 * @param tokens as they come from a socket: as bytes, of which each request makes a new String
 */
record TokenFile(String jwks, List<byte[]> tokens) {
  /** The system property that tells the JVMs of JMH where it is. */
  static final String PROPERTY = "twinpool.benchmark.tokens";

  static void write(Path file, String jwks, List<String> tokens) throws IOException {
    List<String> lines = new ArrayList<>(List.of(jwks));
    lines.addAll(tokens);
    Files.write(file, lines, ISO_8859_1);
  }

  static TokenFile read() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(System.getProperty(PROPERTY)), ISO_8859_1);
    return new TokenFile(
        lines.get(0),
        lines.subList(1, lines.size()).stream().map(line -> line.getBytes(ISO_8859_1)).toList());
  }

  /** What a benchmark leaves beside the tokens for the report. */
  static Path sibling(String name) {
    return Path.of(System.getProperty(PROPERTY)).resolveSibling(name);
  }
}
