package io.github.twinpool.emulator.internal.dns;

import java.net.IDN;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * As much of DNS messages (RFC 1035) as one question about an address needs. What is malformed is
 * nothing: it gets no answer, and is none.
 */
final class DnsMessage {
  static final int ADDRESS = 1;
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;
  static final int NO_SUCH_NAME = 3;

  /** What UDP carries without extensions. */
  static final int LONGEST = 512;

  private static final int INTERNET = 1;
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8000;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int OPERATION = 0x7800;
  private static final int LABEL_MAX = 63;
  private static final int POINTER_TO_QUESTION = 0xc00c;
  private static final int SECONDS_TO_LIVE = 1;

  private DnsMessage() {}

  /**
   * A question.
   *
   * @param name in lower case, without the dot at its end
   * @param bytes as it was sent, to be sent back
   */
  @SuppressWarnings("ArrayRecordComponent") // Questions are not compared.
  record Question(int id, int flags, String name, int type, byte[] bytes) {}

  /** A question about the IPv4 address of a name; empty if this cannot be the name of a host. */
  static Optional<byte[]> question(int id, String host) {
    ByteBuffer message = ByteBuffer.allocate(LONGEST);
    message.putShort((short) id).putShort((short) RECURSION_DESIRED);
    message.putShort((short) 1).putShort((short) 0).putInt(0);
    try {
      for (String label : IDN.toASCII(host).split("\\.", -1)) {
        byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > LABEL_MAX) {
          return Optional.empty();
        }
        message.put((byte) bytes.length).put(bytes);
      }
      message.put((byte) 0).putShort((short) ADDRESS).putShort((short) INTERNET);
    } catch (IllegalArgumentException | BufferOverflowException e) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOf(message.array(), message.position()));
  }

  /** The one question of a query. */
  static Optional<Question> parse(ByteBuffer message) {
    try {
      int start = message.position();
      int id = message.getShort() & 0xffff;
      int flags = message.getShort() & 0xffff;
      int questions = message.getShort() & 0xffff;
      message.position(start + HEADER);
      String name = name(message);
      int type = message.getShort() & 0xffff;
      int network = message.getShort() & 0xffff;
      if ((flags & (RESPONSE | OPERATION)) != 0 || questions != 1 || network != INTERNET) {
        return Optional.empty();
      }
      byte[] bytes = new byte[message.position() - start - HEADER];
      message.position(start + HEADER).get(bytes);
      return Optional.of(new Question(id, flags, name, type, bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(ByteBuffer message) {
    StringBuilder name = new StringBuilder();
    for (int length = message.get(); length != 0; length = message.get()) {
      if (length < 0 || length > LABEL_MAX) {
        throw new IllegalArgumentException("a pointer, or too long");
      }
      byte[] label = new byte[length];
      message.get(label);
      name.append(name.length() == 0 ? "" : ".");
      name.append(new String(label, StandardCharsets.ISO_8859_1));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * The answer to a question.
   *
   * @param code one of the codes above
   * @param address four bytes, or none
   */
  static byte[] answer(Question question, int code, byte... address) {
    boolean has = code == NO_ERROR && question.type() == ADDRESS && address.length > 0;
    ByteBuffer message = ByteBuffer.allocate(HEADER + question.bytes().length + 16);
    int flags = RESPONSE | AUTHORITATIVE | (question.flags() & RECURSION_DESIRED) | code;
    message.putShort((short) question.id()).putShort((short) flags);
    message.putShort((short) 1).putShort((short) (has ? 1 : 0)).putInt(0);
    message.put(question.bytes());
    if (has) {
      message.putShort((short) POINTER_TO_QUESTION);
      message.putShort((short) ADDRESS).putShort((short) INTERNET).putInt(SECONDS_TO_LIVE);
      message.putShort((short) address.length).put(address);
    }
    return Arrays.copyOf(message.array(), message.position());
  }

  /**
   * What an answer says.
   *
   * @param address four bytes, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
  record Answer(int code, byte[] address) {}

  /** The answer to this query, if it is one. It must be as {@link #answer} writes it. */
  static Optional<Answer> parseAnswer(byte[] query, ByteBuffer message) {
    try {
      int id = message.getShort();
      int flags = message.getShort() & 0xffff;
      message.getShort();
      int answers = message.getShort();
      message.position(query.length);
      boolean ours =
          id == ByteBuffer.wrap(query).getShort()
              && (flags & RESPONSE) != 0
              && Arrays.equals(
                  query,
                  HEADER,
                  query.length,
                  message.array(),
                  message.arrayOffset() + HEADER,
                  message.arrayOffset() + query.length);
      if (!ours) {
        return Optional.empty();
      }
      byte[] address = new byte[answers == 0 ? 0 : 4];
      if (address.length > 0) {
        message.position(query.length + 12).get(address);
      }
      return Optional.of(new Answer(flags & 0xf, address));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
