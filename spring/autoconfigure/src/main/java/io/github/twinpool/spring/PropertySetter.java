package io.github.twinpool.spring;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hands the values of properties to builders, and names the property that a builder refuses. */
final class PropertySetter {
  /** Where a builder's name for it is not the property's in other letters. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("primaryEndpoint", "endpoints.primary"),
          Map.entry("secondaryEndpoint", "endpoints.secondary"),
          Map.entry("updatedIssuerEndpoint", "endpoints.updated-issuer"),
          Map.entry("primaryDomain", "endpoints.primary-domain"),
          Map.entry("secondaryDomain", "endpoints.secondary-domain"),
          Map.entry("clientId", "client-ids"),
          Map.entry("fetchKeys", "keys.fetch"),
          Map.entry("keySource", "keys.sources"),
          Map.entry("keyFile", "keys.files"),
          Map.entry("snapshotFile", "keys.snapshot-file"),
          Map.entry("secondaryKeySource", "keys.secondary-source"),
          Map.entry("requireScopes", "require.scopes"),
          Map.entry("requireAnyGroup", "require.any-group"),
          Map.entry("requireAudience", "require.audience"),
          Map.entry("maxTokenLength", "max-length"),
          Map.entry("tokenCacheBytes", "cache-size"),
          Map.entry("healthCheckId", "id"));

  /** A name of a builder's, not as part of a value in quotation marks. */
  private static final Pattern FIELD =
      Pattern.compile("(?<![\\w'/.:@=-])[a-z]+(?:[A-Z][a-z]+)+(?![\\w'/.@-])");

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
        String property = prefix + "." + name;
        throw new InvalidTwinpoolPropertyException(property, inProperties(withoutField(e)), e);
      }
    }
    return this;
  }

  /** Sets values if there are any. */
  PropertySetter setAll(String name, Collection<String> values, Consumer<String[]> setter) {
    return set(name, values.isEmpty() ? null : values.toArray(new String[0]), setter);
  }

  /**
   * Builds what was set; of two fields that contradict each other, a builder's message begins with
   * one that was set.
   */
  <T> T build(Supplier<T> builder) {
    try {
      return builder.get();
    } catch (IllegalArgumentException e) {
      String reason = reason(e);
      String field = reason.split("[ :]", 2)[0];
      String property = field.matches("[a-z][A-Za-z]*") ? property(field) : prefix;
      throw new InvalidTwinpoolPropertyException(property, inProperties(withoutField(e)), e);
    }
  }

  private String property(String field) {
    return prefix + "." + NAMES.getOrDefault(field, kebab(field));
  }

  /** {@code dwellCap} as {@code dwell-cap}. */
  private static String kebab(String field) {
    return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** The builder's names for fields are none of the application's. */
  private String inProperties(String reason) {
    return FIELD
        .matcher(reason)
        .replaceAll(it -> Matcher.quoteReplacement(property(it.group())))
        .replace("(true)", "=true");
  }

  /** The name of the property is before it anyway. */
  private static String withoutField(IllegalArgumentException e) {
    return reason(e).replaceFirst("^[a-z][A-Za-z]*(?: (?=['\\[\\dP-])|: )", "");
  }

  private static String reason(IllegalArgumentException e) {
    String message = e.getMessage();
    return message == null ? "is refused" : message;
  }
}
