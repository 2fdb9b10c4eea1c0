package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real sockets, the default policy, 70 ms to the secondary: every fault of {@link MatrixRows} under
 * an open load of sign-ins, GetUser, paged ListUsers and sign-ups by both clients. The whole matrix
 * runs with {@code -Pmatrix} and leaves {@code target/fault-matrix.md} and {@code .json}.
 */
class FaultMatrixTest {
  static Stream<MatrixRow> shortForm() {
    return MatrixRows.shortForm().stream();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("shortForm")
  void calls_outlive_the_fault(MatrixRow row) throws Exception {
    MatrixResult result = MatrixRun.of(row);
    System.out.println(result);
    assertThat(result.broken()).as("%s", result).isEmpty();
  }

  @Test
  @Tag("matrix")
  void the_whole_matrix_holds() throws Exception {
    String only = System.getProperty("twinpool.matrix.only", "");
    List<MatrixResult> results = new ArrayList<>();
    for (MatrixRow row : MatrixRows.whole()) {
      if (row.name().contains(only)) {
        MatrixResult result = MatrixRun.of(row);
        System.out.println(result);
        results.add(result);
        write(results);
      }
    }
    assertThat(results).isNotEmpty();
    assertThat(results).allSatisfy(it -> assertThat(it.broken()).as("%s", it).isEmpty());
  }

  private static void write(List<MatrixResult> results) throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(
        target.resolve("fault-matrix.md"),
        results.stream()
            .map(MatrixResult::line)
            .collect(Collectors.joining("\n", MatrixResult.HEAD, "\n")));
    Files.writeString(
        target.resolve("fault-matrix.json"),
        results.stream()
            .map(MatrixResult::json)
            .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
  }
}
