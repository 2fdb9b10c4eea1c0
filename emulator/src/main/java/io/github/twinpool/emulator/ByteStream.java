package io.github.twinpool.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One direction of a connection: what was read from one side and not yet written to the other, at
 * most {@value #CAPACITY} bytes, and the end of the stream.
 */
final class ByteStream {
  static final int CAPACITY = 16 * 1024;

  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
  private boolean ended;
  private boolean endPassedOn;

  boolean hasBytes() {
    return buffer.position() > 0;
  }

  /** Whether reading makes sense: there is room, and the source has not ended. */
  boolean wantsBytes() {
    return !ended && buffer.hasRemaining();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether all bytes and the end have been passed on. */
  boolean isOver() {
    return endPassedOn;
  }

  /** The bytes that were read last. */
  ByteBuffer last(int bytes) {
    return buffer.asReadOnlyBuffer().flip().position(buffer.position() - bytes);
  }

  /** Reads what is there: the number of bytes, or -1 at the end. */
  int readFrom(SocketChannel source) throws IOException {
    int bytes = source.read(buffer);
    ended |= bytes < 0;
    return bytes;
  }

  /** Nothing more comes, since the source is gone. */
  void end() {
    ended = true;
  }

  /** Writes what is allowed and what the target takes; after the last byte, the end. */
  int writeTo(SocketChannel target, int allowed) throws IOException {
    int written = 0;
    if (hasBytes() && allowed > 0) {
      buffer.flip();
      ByteBuffer slice = buffer.duplicate().limit(Math.min(buffer.limit(), allowed));
      written = target.write(slice);
      buffer.position(written);
      buffer.compact();
    }
    if (ended && !hasBytes() && !endPassedOn) {
      target.shutdownOutput();
      endPassedOn = true;
    }
    return written;
  }
}
