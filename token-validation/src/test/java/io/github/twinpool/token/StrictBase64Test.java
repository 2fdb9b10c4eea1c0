package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One spelling for each sequence of bytes: what is decoded is what encoding it gives. */
class StrictBase64Test {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";

  /** In the midst of other characters, none of which may matter. */
  private static byte[] decode(String text) {
    byte[] bytes = ("ab=" + text + "Qb=").getBytes(ISO_8859_1);
    return StrictBase64.decode(bytes, 3, bytes.length - 3);
  }

  private static boolean accepts(String text) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(decode(text)).equals(text);
    } catch (InvalidTokenException refused) {
      return false;
    }
  }

  private static boolean isCanonical(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  @Test
  void short_texts_are_accepted_if_and_only_if_they_are_canonical() {
    int accepted = 0;
    String[] characters = CHARACTERS.split("", CHARACTERS.length());
    for (String a : characters) {
      for (String b : characters) {
        accepted += same(a + b);
      }
    }
    assertThat(accepted).isEqualTo(64 * 4);
    for (String a : new String[] {"A", "z", "9", "-", "_", "=", "+"}) {
      for (String b : characters) {
        for (String c : characters) {
          accepted += same(a + b + c);
        }
      }
    }
    assertThat(accepted).isEqualTo(64 * 4 + 5 * 64 * 16);
  }

  private static int same(String text) {
    boolean accepted = accepts(text);
    if (accepted != isCanonical(text)) {
      throw new AssertionError("'" + text + "' accepted: " + accepted);
    }
    return accepted ? 1 : 0;
  }

  @Test
  void so_are_random_texts() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 4 + random.nextInt(8);
      for (int j = 0; j < length; j++) {
        int choice = random.nextInt(j > length - 3 ? CHARACTERS.length() : 64);
        text.append(CHARACTERS.charAt(choice));
      }
      accepted += same(text.toString());
    }
    assertThat(accepted).isBetween(4_000, 16_000);
  }
}
