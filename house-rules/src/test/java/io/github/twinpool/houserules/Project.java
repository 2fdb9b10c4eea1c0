package io.github.twinpool.houserules;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's files are. */
final class Project {
  private Project() {}

  /** The top of the tree, from wherever in it the tests run. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("house-rules/pom.xml"))) {
      here = here.getParent();
    }
    return here;
  }
}
