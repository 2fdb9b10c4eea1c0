package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mapping of a scenario file, read strictly: every key must be taken before {@link #end()},
 * every value must be of its type, and errors name the place.
 */
final class Fields {
  private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s|m|h)");

  private final String where;
  private final Map<String, Object> left = new LinkedHashMap<>();

  Fields(String where, Object value) {
    this.where = where;
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(where + ": wants a mapping, is " + value);
    }
    map.forEach((key, it) -> left.put(String.valueOf(key), it));
  }

  String where() {
    return where;
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(where + ": " + what);
  }

  void end() {
    if (!left.isEmpty()) {
      throw wrong("unknown key " + left.keySet());
    }
  }

  Optional<Object> any(String key) {
    return Optional.ofNullable(left.remove(key));
  }

  Object wanted(String key) {
    return any(key).orElseThrow(() -> wrong("wants " + key));
  }

  String text(String key) {
    return text(key, wanted(key));
  }

  Optional<String> maybeText(String key) {
    return any(key).map(it -> text(key, it));
  }

  private String text(String key, Object value) {
    if (!(value instanceof String it) || it.isBlank()) {
      throw wrong(key + " wants a text, is " + value);
    }
    return it;
  }

  Optional<Boolean> maybeFlag(String key) {
    return any(key)
        .map(
            it -> {
              if (!(it instanceof Boolean flag)) {
                throw wrong(key + " wants true or false, is " + it);
              }
              return flag;
            });
  }

  Optional<Integer> maybeNumber(String key) {
    return any(key)
        .map(
            it -> {
              if (!(it instanceof Integer number)) {
                throw wrong(key + " wants a whole number, is " + it);
              }
              return number;
            });
  }

  Duration time(String key) {
    return time(key, wanted(key));
  }

  Optional<Duration> maybeTime(String key) {
    return any(key).map(it -> time(key, it));
  }

  private Duration time(String key, Object value) {
    Matcher matcher = TIME.matcher(String.valueOf(value));
    if (!matcher.matches()) {
      throw wrong(key + " wants a time like 400ms, 5s, 15m or 1h, is " + value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    return oneOf(key, type, wanted(key));
  }

  <E extends Enum<E>> Optional<E> maybeOneOf(String key, Class<E> type) {
    return any(key).map(it -> oneOf(key, type, it));
  }

  private <E extends Enum<E>> E oneOf(String key, Class<E> type, Object value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw wrong(key + " wants one of " + List.of(type.getEnumConstants()) + ", is " + value);
  }

  /** One value, or a list of them. */
  <E extends Enum<E>> List<E> someOf(String key, Class<E> type) {
    return list(key).stream().map(it -> oneOf(key, type, it)).toList();
  }

  List<RegionRole> regions(String key) {
    return someOf(key, RegionRole.class);
  }

  /** One value, or a list of them, or nothing. */
  List<Object> list(String key) {
    Object value = left.remove(key);
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    return value == null ? List.of() : List.of(value);
  }

  List<Fields> mappings(String key) {
    List<Object> items = list(key);
    List<Fields> mappings = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      mappings.add(
          new Fields(where + "." + key.toLowerCase(Locale.ROOT) + "[" + i + "]", items.get(i)));
    }
    return mappings;
  }

  boolean has(String key) {
    return left.containsKey(key);
  }
}
