package io.github.twinpool.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Headers that were parsed before. A pool signs with two keys and writes the same header each time,
 * so parsing it again is work for nothing. Only headers of tokens with a right signature are kept:
 * what a stranger sends, neither gets in nor drives out another. Bounded, thread-safe; finding
 * takes no lock.
 */
final class KnownHeaders {
  static final int PLACES = 16;

  private volatile List<TokenHeader> known = List.of();

  /** The header that was parsed from exactly the first bytes of a token, null if there is none. */
  @Nullable TokenHeader find(byte[] token, int length) {
    for (TokenHeader header : known) {
      byte[] segment = header.segment();
      if (Arrays.equals(segment, 0, segment.length, token, 0, length)) {
        return header;
      }
    }
    return null;
  }

  /** Keeps the header of a token whose signature was right; the oldest gives way to it. */
  void remember(TokenHeader header) {
    if (!isKnown(header)) {
      add(header);
    }
  }

  private boolean isKnown(TokenHeader header) {
    return find(header.segment(), header.segment().length) != null;
  }

  private synchronized void add(TokenHeader header) {
    if (isKnown(header)) {
      return;
    }
    List<TokenHeader> next = new ArrayList<>(known);
    if (next.size() == PLACES) {
      next.remove(0);
    }
    next.add(header);
    known = List.copyOf(next);
  }
}
