package io.github.twinpool.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Finds paths that two readers could take for different ones: containers, frameworks and files
 * disagree about parameters, encoded separators, dots and empty segments, and a rule that is held
 * against one reading must not be passed by another. The same holds for paths that a browser is
 * sent to: a container that removes {@code /./} turns {@code /.//host} into another host's address.
 */
public final class PathScreen {
  /** What would look harmless once decoded; the rest of the dangerous is still seen then. */
  private static final String NEVER_ENCODED = "/.";

  private PathScreen() {}

  /** Whether a path, as it was sent, has one reading only. */
  public static boolean isUnambiguous(String raw) {
    return decoded(raw).filter(PathScreen::isPlain).isPresent();
  }

  /**
   * Whether a decoded path begins with a slash and has no parameters, empty or dot segments,
   * backslashes, percent signs or control characters.
   */
  public static boolean isPlain(String path) {
    return path.startsWith("/")
        && !path.contains("//")
        && !(path + "/").contains("/./")
        && !(path + "/").contains("/../")
        && path.chars().noneMatch(PathScreen::isDangerous);
  }

  private static boolean isDangerous(int c) {
    return c == ';'
        || c == '\\'
        || c == '%'
        || Character.isISOControl(c)
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }

  /** Strictly; empty where an encoding is broken or hides what must not be hidden. */
  private static Optional<String> decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) != '%') {
        bytes.writeBytes(String.valueOf(raw.charAt(i)).getBytes(UTF_8));
        continue;
      }
      int high = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) : -1;
      int low = i + 2 < raw.length() ? hex(raw.charAt(i + 2)) : -1;
      if (high < 0 || low < 0 || NEVER_ENCODED.indexOf(16 * high + low) >= 0) {
        return Optional.empty();
      }
      bytes.write(16 * high + low);
      i += 2;
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** As opposed to {@link Character#digit}, ASCII only. */
  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
