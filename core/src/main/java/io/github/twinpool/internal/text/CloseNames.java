package io.github.twinpool.internal.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that was meant by one that is misspelled. */
public final class CloseNames {
  private static final int FARTHEST = 3;

  private CloseNames() {}

  /**
   * The name that differs least: by three letters at most, and by half of what was typed at most.
   * Among equally close ones it is the first.
   */
  public static Optional<String> closest(String typed, Collection<String> known) {
    int least = Math.min(FARTHEST, (typed.length() + 1) / 2) + 1;
    Optional<String> best = Optional.empty();
    for (String name : known) {
      int distance = distance(typed, name);
      if (distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /** How many letters must be changed, added or left out (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
