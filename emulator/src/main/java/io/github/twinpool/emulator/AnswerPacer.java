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

  /** How much of {@link #HEADER_END} the bytes that came from the server end with. */
  private int headerEndMatched;

  /** Bytes of the header that have come and not gone on. */
  private int headerBytes;

  private long notBefore;

  /** The client has said something. */
  void requested() {
    awaitingAnswer = true;
    headerEndMatched = 0;
    headerBytes = 0;
  }

  /** Whether nothing has come back since the client said something. */
  boolean awaitingAnswer() {
    return awaitingAnswer;
  }

  /** The server has said something. */
  void answered(ByteBuffer bytes, long now, Pace pace) {
    if (awaitingAnswer) {
      awaitingAnswer = false;
      notBefore = now + pace.answerLatency();
    }
    long loss = pace.loss().of(bytes.remaining());
    if (loss > 0) {
      notBefore = (pausing(now) ? notBefore : now) + loss;
    }
    while (headerEndMatched < HEADER_END.length && bytes.hasRemaining()) {
      headerBytes++;
      byte next = bytes.get();
      if (next == HEADER_END[headerEndMatched]) {
        headerEndMatched++;
      } else {
        headerEndMatched = next == HEADER_END[0] ? 1 : 0;
      }
    }
  }

  /** There is a new pace: what waits because of the one before waits no longer. */
  void paceChanged(long now) {
    notBefore = now;
  }

  boolean pausing(long now) {
    return notBefore - now > 0;
  }

  /** The end of a pause, on the gate's clock. */
  long notBefore() {
    return notBefore;
  }

  /** How many bytes may go on now. */
  int allowed(long now, Pace pace) {
    if (pausing(now)) {
      return 0;
    }
    if (pace.bytePause() == 0) {
      return Integer.MAX_VALUE;
    }
    return Math.max(1, headerBytes);
  }

  /** So many bytes have gone on. */
  void passedOn(int bytes, long now, Pace pace) {
    headerBytes = Math.max(0, headerBytes - bytes);
    boolean inBody = headerEndMatched == HEADER_END.length && headerBytes == 0;
    if (bytes > 0 && inBody && pace.bytePause() > 0) {
      notBefore = now + pace.bytePause();
    }
  }
}
