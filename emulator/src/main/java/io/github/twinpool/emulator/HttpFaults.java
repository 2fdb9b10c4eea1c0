package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * What an outage does to single requests: the part of it that only someone who speaks HTTP can do.
 * One object stands for one time that an outage is switched on. Thread-safe.
 */
final class HttpFaults {
  private final Outage outage;
  private final RandomGenerator random;
  private final AtomicLong replies = new AtomicLong();

  HttpFaults(Outage outage) {
    this.outage = outage;
    this.random = new Random(outage.seed());
  }

  /** Whether this request is to hang without being processed. */
  boolean holdsRequest(boolean apiCall) {
    return outage.kind() == OutageKind.SIGN_IN_PLANE_HANG && apiCall;
  }

  /** What something between the client and the service answers, in HTML. */
  Optional<Reply> page() {
    return switch (outage.kind()) {
      case SERVICE_UNAVAILABLE -> Optional.of(ProxyPage.of(503));
      case PROXY_PAGE -> Optional.of(ProxyPage.of(outage.status()));
      default -> Optional.empty();
    };
  }

  /** What the service answers instead of processing the request. */
  Optional<Reply> instead() {
    return switch (outage.kind()) {
      case INTERNAL_ERRORS -> Optional.of(internalError());
      case THROTTLING -> Optional.of(error(400, "TooManyRequestsException", "Rate exceeded"));
      case ERROR_RATE ->
          random.nextDouble() < outage.share() ? Optional.of(internalError()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether the answer of the processed request is to be kept back. */
  boolean holdsAnswer() {
    return outage.kind() == OutageKind.ANSWER_LOST;
  }

  /** Whether a reset takes the place of the processed request's answer. */
  boolean resetsAnswer() {
    return outage.kind() == OutageKind.ANSWER_RESET;
  }

  /** What the service answers when it breaks down over a request. */
  Reply internalError() {
    return error(500, "InternalErrorException", "Internal Server Error");
  }

  private Reply error(int status, String type, String message) {
    String body = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    return new Reply(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "x-amzn-ErrorType",
            type,
            "x-amzn-RequestId",
            new UUID(0, replies.incrementAndGet()).toString()),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
