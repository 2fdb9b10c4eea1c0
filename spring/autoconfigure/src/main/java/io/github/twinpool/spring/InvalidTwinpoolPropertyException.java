package io.github.twinpool.spring;

import org.jspecify.annotations.Nullable;

/** A {@code twinpool.*} property was refused. Becomes the description of a failed start. */
final class InvalidTwinpoolPropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String property;

  InvalidTwinpoolPropertyException(String property, String reason, @Nullable Throwable cause) {
    super(property + ": " + reason, cause);
    this.property = property;
  }

  String property() {
    return property;
  }
}
