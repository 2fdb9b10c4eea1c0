package io.github.twinpool.servlet;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scheme, host and port, compared exactly (RFC 6454).
 *
 * @param port the scheme's own where none is given, or -1 if it has none
 */
record Origin(String scheme, String host, int port) {
  private static final Pattern ORIGIN =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
  private static final Pattern REFERER = Pattern.compile("([^:/?#]+://[^/?#]*)([/?#].*)?");

  /** Without a path, as in {@code Origin}; empty for anything else, {@code null} among it. */
  static Optional<Origin> parse(String text) {
    Matcher matcher = ORIGIN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String port = matcher.group(3);
    return Optional.of(
        of(matcher.group(1), matcher.group(2), port == null ? -1 : Integer.parseInt(port)));
  }

  /** That of a URL, as in {@code Referer}. */
  static Optional<Origin> ofUrl(String url) {
    Matcher matcher = REFERER.matcher(url);
    return matcher.matches() ? parse(matcher.group(1)) : Optional.empty();
  }

  static Origin of(String scheme, String host, int port) {
    String lowerScheme = scheme.toLowerCase(Locale.ROOT);
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return new Origin(
        lowerScheme, bracketed.toLowerCase(Locale.ROOT), port < 0 ? ownPort(lowerScheme) : port);
  }

  private static int ownPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> -1;
    };
  }
}
