package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The service in one Region: from an HTTP request to an HTTP answer. Thread-safe. */
final class RegionService implements EmulatorHttpServer.Handler {
  private static final String DENIED = "AccessDeniedException";
  private static final String TARGET = "AWSCognitoIdentityProviderService.";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(Pattern.quote(WireReply.AWS_JSON) + "\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private final EmulatedCognito cognito;
  private final RegionRole role;
  private final Operations operations;
  private final SignatureCheck signatures;
  private final Counters calls = new Counters();
  private final Counters duplicates = new Counters();
  private final Denials denials = new Denials();

  RegionService(EmulatedCognito cognito, RegionRole role, Operations operations) {
    this.cognito = cognito;
    this.role = role;
    this.operations = operations;
    this.signatures = new SignatureCheck(cognito.region(role));
  }

  /** Requests that reached the service, by operation, jwks.json or openid-configuration. */
  long calls(String operation) {
    return calls.of(operation);
  }

  /** Requests of an operation that had been processed before, here or in the other Region. */
  long duplicates(String operation) {
    return duplicates.of(operation);
  }

  long duplicates() {
    return duplicates.sum();
  }

  Denials denials() {
    return denials;
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    Reply reply = answered(request);
    reply.headers().put("Date", DATE.format(cognito.now().atOffset(ZoneOffset.UTC)));
    return reply;
  }

  private Reply answered(ReceivedRequest request) {
    String path = request.path();
    String requestId = cognito.names().uuid();
    try {
      if (request.method().equals("GET")) {
        return WireReply.document(requestId, document(path));
      }
      return WireReply.answer(requestId, operation(request));
    } catch (WireError error) {
      return WireReply.error(requestId, error);
    }
  }

  private ObjectNode document(String path) {
    if (path.startsWith(MessagesPage.PATH)) {
      return MessagesPage.at(cognito, path);
    }
    return path.startsWith(DomainsPage.PATH) ? DomainsPage.at(cognito, path) : wellKnown(path);
  }

  private ObjectNode wellKnown(String path) {
    WellKnown.Document document = WellKnown.Document.at(path);
    calls.increment(document.name());
    cognito.log().catchUp();
    // That the secondary answers for the pool, too, is an assumption.
    Pool pool =
        cognito
            .pool(document.poolId())
            .filter(found -> found.isIn(role, cognito.now()))
            .orElseThrow(
                () -> WireError.notFound("User pool " + document.poolId() + " does not exist."));
    return WellKnown.answer(document, pool, pool.issuer(role), cognito.domain(pool));
  }

  private ObjectNode operation(ReceivedRequest received) {
    Map<String, String> headers = received.headers();
    String operation = operationName(received.method(), received.path(), headers);
    calls.increment(operation);
    ServedCalls.Entry entry = cognito.served().begin(role, operation);
    try {
      signatures.check(operation, headers);
      denials.check(operation);
      ObjectNode request = WireJson.read(received.body());
      entry.about(request);
      ObjectNode answer = answer(operation, headers, request);
      entry.ended("");
      return answer;
    } catch (Denials.Denied denied) {
      entry.ended(DENIED);
      throw WireError.of(DENIED, denied.message("cognito-idp", operation));
    } catch (WireError error) {
      entry.ended(error.type());
      throw error;
    }
  }

  private ObjectNode answer(String operation, Map<String, String> headers, ObjectNode request) {
    cognito.log().catchUp();
    Operation admitted = operations.admit(operation, role, request);
    boolean repeatedRequest = cognito.duplicates().repeats(operation, headers);
    boolean repeatedAnswer = cognito.answers().repeats(operation, request);
    if (repeatedRequest || repeatedAnswer) {
      duplicates.increment(operation);
    }
    ObjectNode answer = admitted.answer(new Call(cognito, role, new JsonRequest(request)));
    cognito.answers().accepted(operation, request);
    return answer;
  }

  private static String operationName(String method, String path, Map<String, String> headers) {
    String target = headers.getOrDefault("x-amz-target", "");
    String operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    if (!method.equals("POST") || !path.equals("/") || !Operations.exist(operation)) {
      throw WireError.of(
          "UnknownOperationException",
          operation.matches("\\w{1,100}")
              ? "Unknown operation " + operation
              : "Wants POST / with the header X-Amz-Target: " + TARGET + "{Operation}");
    }
    String contentType = headers.getOrDefault("content-type", "");
    if (!CONTENT_TYPE.matcher(contentType).matches()) {
      throw WireError.of(
          "UnknownOperationException", "Wants the Content-Type " + WireReply.AWS_JSON);
    }
    return operation;
  }
}
