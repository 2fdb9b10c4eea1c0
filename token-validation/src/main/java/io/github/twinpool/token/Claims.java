package io.github.twinpool.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token with the types that they must have. Each method throws {@link
 * InvalidTokenException} with the claim's name when the claim is there with another type.
 */
final class Claims {
  /** The last second of the year 9999. */
  private static final long MAX_TIME = 253_402_300_799L;

  private final Map<String, @Nullable Object> all;

  Claims(Map<String, @Nullable Object> all) {
    this.all = all;
  }

  /** All claims as they came; unmodifiable. */
  Map<String, @Nullable Object> all() {
    return all;
  }

  Optional<String> text(String name) {
    Object value = all.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw malformed(name);
  }

  /** A text that must be there and have at least one character. */
  String requiredText(String name) {
    String text = text(name).orElseThrow(() -> missing(name));
    if (text.isEmpty()) {
      throw malformed(name);
    }
    return text;
  }

  /** Whole seconds, as Cognito writes them; RFC 7519 would allow fractions. */
  Optional<Instant> time(String name) {
    Object value = all.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Long seconds && seconds >= 0 && seconds <= MAX_TIME) {
      return Optional.of(Instant.ofEpochSecond(seconds));
    }
    throw malformed(name);
  }

  Instant requiredTime(String name) {
    return time(name).orElseThrow(() -> missing(name));
  }

  /** A list of texts, empty when it is not there. */
  List<String> texts(String name) {
    Object value = all.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw malformed(name);
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw malformed(name);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** A text or a list of texts, empty when it is not there. */
  List<String> textOrTexts(String name) {
    return all.get(name) instanceof String text ? List.of(text) : texts(name);
  }

  private static InvalidTokenException missing(String name) {
    return new InvalidTokenException(RejectionCode.CLAIM_MISSING, name);
  }

  private static InvalidTokenException malformed(String name) {
    return new InvalidTokenException(RejectionCode.CLAIM_MALFORMED, name);
  }
}
