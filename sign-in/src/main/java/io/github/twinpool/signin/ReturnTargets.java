package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.internal.http.PathScreen;
import io.github.twinpool.signin.AuthorizationException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser may be sent after its sign-in: to a path of the application, or to an allowed
 * origin. A path must have one reading only, since browsers and containers are lenient: they take a
 * backslash for a slash, drop tabs, and remove dots, so that {@code /.//host} becomes {@code
 * //host}.
 */
final class ReturnTargets {
  /** For a target that does not fit into the cookie. */
  static final String NONE = "/";

  private static final Pattern PARTS =
      Pattern.compile(
          "(?<origin>(?i:https?)://[^/?#]*)?(?<path>/[^?#]*)?(?<query>\\?[^#]*)?(?<fragment>#.*)?");

  /** What may stand in a path, a query or a fragment, besides letters and digits (RFC 3986). */
  private static final String LEGAL = "-._~!$&'()*+,;=:@/?";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Origins origins;
  private final int longest;

  /**
   * @param longest how many characters a target may have once it is encoded
   */
  ReturnTargets(Origins origins, int longest) {
    this.origins = origins;
    this.longest = longest;
  }

  /**
   * The target with all that a URI cannot hold percent-encoded, if it is allowed; {@link #NONE} if
   * it is too long.
   *
   * @throws AuthorizationException if it is not allowed
   */
  String checked(String target) {
    if (target.length() > longest) {
      return NONE;
    }
    Matcher parts = PARTS.matcher(target);
    if (!parts.matches() || target.chars().anyMatch(ReturnTargets::isNeverHonest)) {
      throw refused();
    }
    String origin = parts.group("origin");
    String path = encoded(parts.group("path"), "%");
    String rest = encoded(parts.group("query"), "%25") + encoded(parts.group("fragment"), "%25");
    boolean onePath = PathScreen.isUnambiguous(path) || (origin != null && path.isEmpty());
    if (!onePath || (origin != null && !isAllowed(origin))) {
      throw refused();
    }
    String whole = (origin == null ? "" : origin) + path + rest;
    return whole.length() > longest ? NONE : whole;
  }

  private boolean isAllowed(String origin) {
    try {
      return origins.contain(new URI(origin));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Control characters, which browsers drop, and a backslash, which they take for a slash. */
  private static boolean isNeverHonest(int c) {
    return Character.isISOControl(c) || c == '\\';
  }

  /**
   * A part of a target, its encodings untouched.
   *
   * @param percent for a percent sign that begins no encoding
   */
  private static String encoded(@Nullable String part, String percent) {
    if (part == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    char delimiter = part.charAt(0); // a fragment's may stand there once
    text.append(delimiter);
    for (int i = 1; i < part.length(); ) {
      int c = part.codePointAt(i);
      if (c == '%') {
        text.append(isHex(part, i + 1) ? "%" : percent);
      } else if (isLegal(c)) {
        text.append((char) c);
      } else if (Character.isBmpCodePoint(c) && Character.isSurrogate((char) c)) {
        throw refused(); // half of a character has no encoding
      } else {
        for (byte one : Character.toString(c).getBytes(UTF_8)) {
          text.append('%').append(HEX.toHexDigits(one));
        }
      }
      i += Character.charCount(c);
    }
    return text.toString();
  }

  private static boolean isHex(String text, int from) {
    return from + 2 <= text.length()
        && HexFormat.isHexDigit(text.charAt(from))
        && HexFormat.isHexDigit(text.charAt(from + 1));
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || LEGAL.indexOf(c) >= 0;
  }

  private static AuthorizationException refused() {
    return new AuthorizationException(Reason.RETURN_TARGET);
  }
}
