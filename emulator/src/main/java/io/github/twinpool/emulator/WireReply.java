package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers as the service sends them: all have a request ID, errors say twice what they are. */
final class WireReply {
  static final String AWS_JSON = "application/x-amz-json-1.1";

  private WireReply() {}

  static Reply answer(ObjectNode body) {
    return reply(200, AWS_JSON, Optional.empty(), body);
  }

  static Reply document(ObjectNode body) {
    return reply(200, "application/json", Optional.empty(), body);
  }

  static Reply error(WireError error) {
    ObjectNode body = WireJson.object().put("__type", error.type()).put("message", error.text());
    return reply(error.status(), AWS_JSON, Optional.of(error.type()), body);
  }

  private static Reply reply(
      int status, String contentType, Optional<String> errorType, ObjectNode body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    // Not secret, so it need not come from the emulator's own random source.
    headers.put("x-amzn-RequestId", UUID.randomUUID().toString());
    errorType.ifPresent(type -> headers.put("x-amzn-ErrorType", type));
    return new Reply(status, headers, WireJson.write(body));
  }
}
