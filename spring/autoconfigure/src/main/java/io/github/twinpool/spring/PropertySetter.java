package io.github.twinpool.spring;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands the values of properties to builders, and names the property that a builder refuses. */
final class PropertySetter {
  private final String prefix;

  /**
   * @param prefix what the names of the properties begin with, for instance {@code twinpool.token}
   */
  PropertySetter(String prefix) {
    this.prefix = prefix;
  }

  /** Sets a value that there is. */
  <T> PropertySetter set(String name, @Nullable T value, Consumer<T> setter) {
    if (value != null) {
      try {
        setter.accept(value);
      } catch (IllegalArgumentException e) {
        throw new InvalidTwinpoolPropertyException(prefix + "." + name, reason(e), e);
      }
    }
    return this;
  }

  /** Sets values if there are any. */
  PropertySetter setAll(String name, Collection<String> values, Consumer<String[]> setter) {
    return set(name, values.isEmpty() ? null : values.toArray(new String[0]), setter);
  }

  /** Builds what was set; a builder's message begins with the field that contradicts another. */
  <T> T build(Supplier<T> builder) {
    try {
      return builder.get();
    } catch (IllegalArgumentException e) {
      String field = reason(e).split("[ :]", 2)[0];
      String property = field.matches("[a-z][A-Za-z]*") ? "." + kebab(field) : "";
      throw new InvalidTwinpoolPropertyException(prefix + property, reason(e), e);
    }
  }

  /** {@code dwellCap} as {@code dwell-cap}, and {@code primaryEndpoint} as what we call it. */
  private static String kebab(String field) {
    return switch (field) {
      case "primaryEndpoint" -> "endpoints.primary";
      case "secondaryEndpoint" -> "endpoints.secondary";
      case "clientId" -> "client-ids";
      case "healthCheckId" -> "id";
      case "fetchKeys" -> "keys.fetch";
      default -> field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    };
  }

  private static String reason(IllegalArgumentException e) {
    String message = e.getMessage();
    return message == null ? "is refused" : message;
  }
}
