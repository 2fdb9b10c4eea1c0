package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lets pages of other origins use the service, as Cognito does: its Regions answer any origin,
 * its domains the origin that asks.
 *
 * <p>The Regions' headers are those of a recorded preflight of cognito-idp.us-east-1 (GitHub
 * AllanZhengYP/cors-test, 2021-02-16). A domain's are those of a recorded exchange of a code
 * (GitHub DuendeArchive/identity-model-oidc-client-js issue 1107); that it answers a preflight
 * alike is an assumption.
 */
final class Cors {
  private static final String ORIGIN = "origin";
  private static final String METHOD = "access-control-request-method";
  private static final String HEADERS = "access-control-request-headers";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
  private static final String MAX_AGE = "172800";

  private Cors() {}

  /** Whether a browser asks what it may send. */
  static boolean isPreflight(ReceivedRequest request) {
    return request.method().equals("OPTIONS")
        && !request.header(ORIGIN).isEmpty()
        && !request.header(METHOD).isEmpty();
  }

  /** Everything that was asked for may be sent. Its headers can be added to. */
  static Reply preflight(ReceivedRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Methods", request.header(METHOD));
    if (!request.header(HEADERS).isEmpty()) {
      headers.put("Access-Control-Allow-Headers", request.header(HEADERS));
    }
    headers.put("Access-Control-Max-Age", MAX_AGE);
    return new Reply(200, headers, new byte[0]);
  }

  /** A Region's answer, which pages of any origin may read. */
  static Reply ofRegion(ReceivedRequest request, Reply reply) {
    return with(
        request, reply, Map.of(ALLOW_ORIGIN, "*", "Access-Control-Expose-Headers", EXPOSED));
  }

  /** A domain's answer, which pages of the origin that asks may read. */
  static Reply ofDomain(ReceivedRequest request, Reply reply) {
    return with(
        request,
        reply,
        Map.of(
            ALLOW_ORIGIN,
            request.header(ORIGIN),
            "Access-Control-Allow-Credentials",
            "true",
            "Vary",
            "Origin"));
  }

  private static Reply with(ReceivedRequest request, Reply reply, Map<String, String> added) {
    if (request.header(ORIGIN).isEmpty()) {
      return reply;
    }
    Map<String, String> headers = new LinkedHashMap<>(reply.headers());
    headers.putAll(added);
    return new Reply(reply.status(), headers, reply.body());
  }
}
