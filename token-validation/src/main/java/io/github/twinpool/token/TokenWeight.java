package io.github.twinpool.token;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a cached token holds: the sizes of its objects on a 64-bit JVM with compressed
 * references (heaps up to 32 GB), each rounded up. Names that {@link StrictJson} shares are free.
 */
final class TokenWeight {
  /** Caffeine's entry, the digest, {@link SignedToken}, the typed token and its optional values. */
  private static final int ENTRY = 640;

  private static final int REFERENCE = 4;
  private static final int BOXED = 24;
  private static final int BIG = 96;
  private static final int STRING = 40;
  private static final int LIST = 64;
  private static final int MAP = 112;
  private static final int MAP_ENTRY = 40 + 2 * REFERENCE;
  private static final int MAP_SLOTS = 2 * REFERENCE;
  private static final int UTF16 = 0xff;

  private TokenWeight() {}

  static int of(Claims claims) {
    long bytes = ENTRY;
    for (Map.Entry<String, @Nullable Object> claim : claims.all().entrySet()) {
      bytes += 2 * REFERENCE + name(claim.getKey()) + value(claim.getValue());
    }
    // What the typed token holds beside the claims: the groups' list, and each scope once more.
    if (claims.all().get("cognito:groups") instanceof List<?> groups) {
      bytes += LIST + (long) REFERENCE * groups.size();
    }
    if (claims.all().get("scope") instanceof String scope) {
      long scopes = scope.chars().filter(it -> it == ' ').count() + 1;
      bytes += MAP + scopes * (STRING + MAP_ENTRY + MAP_SLOTS) + scope.length();
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static long value(@Nullable Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof List<?> list) {
      return LIST + list.stream().mapToLong(it -> REFERENCE + value(it)).sum();
    }
    if (value instanceof Map<?, ?> map) {
      long bytes = MAP;
      for (Map.Entry<?, ?> member : map.entrySet()) {
        bytes += MAP_ENTRY + MAP_SLOTS + name(member.getKey()) + value(member.getValue());
      }
      return bytes;
    }
    return value instanceof BigInteger ? BIG : value instanceof Number ? BOXED : 0;
  }

  private static long name(@Nullable Object name) {
    return name instanceof String text && !StrictJson.isShared(text) ? text(text) : 0;
  }

  private static long text(String text) {
    boolean wide = text.chars().anyMatch(it -> it > UTF16);
    return STRING + (long) text.length() * (wide ? 2 : 1);
  }
}
