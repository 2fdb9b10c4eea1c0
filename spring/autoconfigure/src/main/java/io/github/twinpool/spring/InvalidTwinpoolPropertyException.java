package io.github.twinpool.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code twinpool.*} property was refused. Becomes the description of a failed start. */
final class InvalidTwinpoolPropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String property;
  private final List<String> others;

  InvalidTwinpoolPropertyException(String property, String reason, @Nullable Throwable cause) {
    this(property, List.of(), reason, cause);
  }

  /**
   * @param others the properties that the value contradicts: the fault may be theirs
   */
  InvalidTwinpoolPropertyException(
      String property, List<String> others, String reason, @Nullable Throwable cause) {
    super(property + ": " + reason, cause);
    this.property = property;
    this.others = List.copyOf(others);
  }

  String property() {
    return property;
  }

  List<String> others() {
    return others;
  }
}
