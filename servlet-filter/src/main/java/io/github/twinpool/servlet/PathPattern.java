package io.github.twinpool.servlet;

import io.github.twinpool.internal.http.PathScreen;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * {@code /path}, {@code /prefix/*}, {@code METHOD /path} or {@code METHOD /prefix/*}.
 *
 * @param method null for all; GET stands for HEAD, too, since servlets answer HEAD with what they
 *     do for GET
 * @param path without the {@code /*} of a prefix; empty for {@code /*} itself
 */
record PathPattern(@Nullable String method, String path, boolean prefix) {
  /** Exact before prefix, long before short, with a method before without. */
  static final Comparator<PathPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparing(PathPattern::prefix)
          .thenComparing(pattern -> -pattern.path.length())
          .thenComparing(pattern -> pattern.method == null);

  /**
   * @throws IllegalArgumentException naming field and value
   */
  static PathPattern parse(String field, String text) {
    String[] words = text.strip().split("\\s+", -1);
    String method = words.length == 2 ? words[0] : null;
    String path = words[words.length - 1];
    boolean prefix = path.endsWith("/*");
    String fixed = prefix ? path.substring(0, path.length() - 2) : path;
    if (words.length > 2
        || (method != null && !method.matches("[A-Z]+(-[A-Z]+)*"))
        || !isPath(prefix ? fixed + "/" : fixed)) {
      throw new IllegalArgumentException(
          field + " '" + text + "': wants /path or /prefix/*, with a method before it or none");
    }
    return new PathPattern(method, fixed, prefix);
  }

  private static boolean isPath(String path) {
    return path.indexOf('*') < 0
        && path.indexOf('?') < 0
        && path.indexOf('#') < 0
        && path.chars().noneMatch(Character::isWhitespace)
        && PathScreen.isPlain(path);
  }

  /** Whether a rule that opens a path holds for this one. */
  boolean opens(String requestMethod, String requestPath) {
    return coversMethod(requestMethod) && coversPath(requestPath);
  }

  /**
   * Whether a rule that closes a path holds for this one: for {@code /path/}, too, since there are
   * frameworks that take it for {@code /path}.
   */
  boolean closes(String requestMethod, String requestPath) {
    return coversMethod(requestMethod)
        && (coversPath(requestPath) || (!prefix && requestPath.equals(path + "/")));
  }

  private boolean coversMethod(String requestMethod) {
    return method == null
        || method.equals(requestMethod)
        || (method.equals("GET") && requestMethod.equals("HEAD"));
  }

  private boolean coversPath(String requestPath) {
    return prefix
        ? requestPath.equals(path) || requestPath.startsWith(path + "/")
        : requestPath.equals(path);
  }

  @Override
  public String toString() {
    return (method == null ? "" : method + " ") + path + (prefix ? "/*" : "");
  }
}
