package io.github.twinpool.emulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of CBOR (RFC 8949) that authenticators write: integers, strings, lists, maps and
 * booleans, each of a definite length. Not thread-safe.
 */
final class Cbor {
  private static final int DEEPEST = 8;

  private final ByteBuffer in;

  Cbor(ByteBuffer in) {
    this.in = in;
  }

  /**
   * The map that comes next.
   *
   * @return values are Long, byte[], String, Boolean, List or Map
   * @throws WireError an InvalidParameterException for anything else
   */
  Map<Object, Object> map() {
    if (item(0) instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    throw malformed();
  }

  private Object item(int depth) {
    if (depth > DEEPEST) {
      throw malformed();
    }
    int head = number(1).intValue();
    int info = head & 0x1f;
    long argument = info < 24 ? info : argument(info);
    return switch (head >> 5) {
      case 0 -> argument;
      case 1 -> -1 - argument;
      case 2 -> bytes(argument);
      case 3 -> new String(bytes(argument), StandardCharsets.UTF_8);
      case 4 -> list(argument, depth);
      case 5 -> entries(argument, depth);
      case 7 -> bool(info);
      default -> throw malformed();
    };
  }

  private long argument(int info) {
    if (info > 27) {
      throw malformed();
    }
    long argument = number(1 << (info - 24));
    if (argument < 0) {
      throw malformed();
    }
    return argument;
  }

  private Long number(int length) {
    long number = 0;
    for (byte next : bytes(length)) {
      number = number << 8 | Byte.toUnsignedInt(next);
    }
    return number;
  }

  private byte[] bytes(long length) {
    if (length > in.remaining()) {
      throw malformed();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private List<Object> list(long length, int depth) {
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      list.add(item(depth + 1));
    }
    return list;
  }

  private Map<Object, Object> entries(long length, int depth) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (long i = 0; i < length; i++) {
      Object key = item(depth + 1);
      boolean scalar = key instanceof Long || key instanceof String;
      if (!scalar || entries.put(key, item(depth + 1)) != null) {
        throw malformed();
      }
    }
    return entries;
  }

  private static Boolean bool(int info) {
    return switch (info) {
      case 20 -> false;
      case 21 -> true;
      default -> throw malformed();
    };
  }

  private static WireError malformed() {
    return CredentialJson.malformed("its CBOR");
  }
}
