package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as the service sends them: all have a request ID, errors say twice what they are. */
final class WireReply {
  static final String AWS_JSON = "application/x-amz-json-1.1";

  private WireReply() {}

  static Reply answer(String requestId, ObjectNode body) {
    return reply(200, AWS_JSON, requestId, body);
  }

  static Reply document(String requestId, ObjectNode body) {
    return reply(200, "application/json", requestId, body);
  }

  static Reply error(String requestId, WireError error) {
    ObjectNode body = WireJson.object().put("__type", error.type()).put("message", error.text());
    Reply reply = reply(error.status(), AWS_JSON, requestId, body);
    reply.headers().put("x-amzn-ErrorType", error.type());
    return reply;
  }

  /** An answer whose headers can be added to, with a request ID. */
  static Reply with(String requestId, Reply reply) {
    reply.headers().put("x-amzn-RequestId", requestId);
    return reply;
  }

  private static Reply reply(int status, String contentType, String requestId, ObjectNode body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("x-amzn-RequestId", requestId);
    return new Reply(status, headers, WireJson.write(body));
  }
}
