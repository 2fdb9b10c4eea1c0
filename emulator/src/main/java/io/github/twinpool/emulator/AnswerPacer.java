package io.github.twinpool.emulator;

import io.github.twinpool.emulator.NetworkGate.Pace;
import java.nio.ByteBuffer;

/**
 * When the bytes of an answer may go on to the client: after the latency all at once, or, with a
 * pause, the header at once and then a byte after each pause. It tells answers apart because an
 * HTTP/1.1 client says nothing before it has its answer.
 */
final class AnswerPacer {
  private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};

  private boolean awaitingAnswer;
  private boolean inBody;
  private int headerEndMatched;
  private long notBefore;

  /** The client has said something. */
  void requested() {
    awaitingAnswer = true;
    inBody = false;
    headerEndMatched = 0;
  }

  /** Whether nothing has come back since the client said something. */
  boolean awaitingAnswer() {
    return awaitingAnswer;
  }

  /** The server has said something. */
  void answering(long now, Pace pace) {
    if (awaitingAnswer) {
      awaitingAnswer = false;
      notBefore = now + pace.latency();
    }
  }

  boolean pausing(long now) {
    return notBefore - now > 0;
  }

  /** The end of a pause, on the gate's clock. */
  long notBefore() {
    return notBefore;
  }

  /** How many of the waiting bytes may go on now. */
  int allowed(ByteBuffer waiting, long now, Pace pace) {
    if (pausing(now)) {
      return 0;
    }
    if (pace.bytePause() == 0) {
      return waiting.remaining();
    }
    return inBody ? 1 : headerBytes(waiting);
  }

  /** These bytes have gone on. */
  void passed(ByteBuffer bytes, long now, Pace pace) {
    if (!bytes.hasRemaining()) {
      return;
    }
    if (pace.bytePause() == 0) {
      inBody = true; // a pause that is set later finds the answer under way
      return;
    }
    if (!inBody) {
      for (; bytes.hasRemaining() && !inBody; inBody = headerEndMatched == HEADER_END.length) {
        headerEndMatched = matchedWith(bytes.get(), headerEndMatched);
      }
    }
    if (inBody) {
      notBefore = now + pace.bytePause();
    }
  }

  private int headerBytes(ByteBuffer waiting) {
    int matched = headerEndMatched;
    int bytes = 0;
    while (bytes < waiting.remaining() && matched < HEADER_END.length) {
      matched = matchedWith(waiting.get(waiting.position() + bytes), matched);
      bytes++;
    }
    return bytes;
  }

  private static int matchedWith(byte next, int matched) {
    if (next == HEADER_END[matched]) {
      return matched + 1;
    }
    return next == HEADER_END[0] ? 1 : 0;
  }
}
