package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Map;
import java.util.function.Function;

/**
 * A service beside Cognito that speaks AWS JSON 1.1: finds the operation, counts it, and words
 * refusals. Thread-safe if its operations are.
 */
final class JsonService implements EmulatorHttpServer.Handler {
  private final String target;
  private final String iamPrefix;
  private final FreshNames names;
  private final Map<String, Function<JsonRequest, ObjectNode>> operations;
  private final Counters calls = new Counters();
  private final Denials denials = new Denials();

  /**
   * Serves these operations and no others.
   *
   * @param target what stands before an operation in {@code X-Amz-Target}, without the dot
   * @param iamPrefix what stands before it in IAM policies, without the colon
   */
  JsonService(
      String target,
      String iamPrefix,
      FreshNames names,
      Map<String, Function<JsonRequest, ObjectNode>> operations) {
    this.target = target + ".";
    this.iamPrefix = iamPrefix;
    this.names = names;
    this.operations = Map.copyOf(operations);
  }

  Counters calls() {
    return calls;
  }

  Denials denials() {
    return denials;
  }

  @Override
  public Reply handle(ReceivedRequest received) {
    String requestId = names.uuid();
    String header = received.header("x-amz-target");
    String operation = header.startsWith(target) ? header.substring(target.length()) : "";
    Function<JsonRequest, ObjectNode> known = operations.get(operation);
    try {
      if (known == null) {
        throw WireError.notEmulated("this operation of " + iamPrefix);
      }
      calls.increment(operation);
      denials.check(operation);
      return WireReply.answer(
          requestId, known.apply(new JsonRequest(WireJson.read(received.body()))));
    } catch (Denials.Denied denied) {
      return WireReply.error(
          requestId, WireError.of("AccessDeniedException", denied.message(iamPrefix, operation)));
    } catch (WireError error) {
      return WireReply.error(requestId, error);
    }
  }
}
