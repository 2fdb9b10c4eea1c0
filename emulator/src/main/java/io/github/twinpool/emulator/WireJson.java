package io.github.twinpool.emulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** JSON as the protocol AWSJSON 1.1 has it, read strictly and within bounds. */
final class WireJson {
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_DEPTH = 20;

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(40)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private WireJson() {}

  /**
   * The object that a request carries.
   *
   * @throws WireError a SerializationException for anything but one JSON object
   */
  static ObjectNode read(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw WireError.serialization("The request is longer than " + MAX_BYTES + " bytes");
    }
    JsonNode tree;
    try {
      tree = STRICT.readTree(body);
    } catch (IOException e) {
      // Jackson's own message quotes the body, which may hold a password.
      throw WireError.serialization("The request is not one well-formed JSON object");
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw WireError.serialization("The request is not a JSON object");
  }

  static byte[] write(ObjectNode object) {
    try {
      return STRICT.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A time as AWSJSON has it: seconds since the epoch, with a fraction. */
  static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
