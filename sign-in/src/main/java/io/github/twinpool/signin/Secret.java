package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;

/** A password for the time of its use: a copy that is wiped afterwards. Thread-safe. */
final class Secret {
  private final char[] characters;
  private boolean wiped;

  Secret(char[] characters) {
    this.characters = characters.clone();
  }

  /** A copy in UTF-8, which the caller wipes; the encoder's own is wiped here. */
  synchronized byte[] utf8() {
    requireUnwiped();
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes).rewind();
    encoded.put(new byte[bytes.length]);
    return bytes;
  }

  /** As text, for the flows that send the password itself. Nobody can wipe that. */
  synchronized String text() {
    requireUnwiped();
    return new String(characters);
  }

  synchronized void wipe() {
    wiped = true;
    Arrays.fill(characters, '\0');
  }

  private void requireUnwiped() {
    if (wiped) {
      throw new IllegalStateException("The password was wiped: a request starts one sign-in only");
    }
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
