package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * Finds answers to challenges that were sent again, in whichever Region: the very same answer, or
 * any answer to a Session or SECRET_BLOCK that was answered rightly before. Keeps hashes only.
 * Thread-safe.
 */
final class RepeatedAnswers {
  private static final int REMEMBERED = 100_000;

  private final Map<String, Boolean> seen = new BoundedMap<>(REMEMBERED);

  /** Whether such an answer was given before; remembers that this one is now. */
  synchronized boolean repeats(String operation, ObjectNode request) {
    if (!isAnswer(operation)) {
      return false;
    }
    boolean same = seen.put(hash("answer", whole(request)), true) != null;
    String state = state(request);
    return same || (!state.isEmpty() && seen.containsKey(hash("state", state)));
  }

  /** Remembers that an answer was right. */
  synchronized void accepted(String operation, ObjectNode request) {
    if (isAnswer(operation) && !state(request).isEmpty()) {
      seen.put(hash("state", state(request)), true);
    }
  }

  private static boolean isAnswer(String operation) {
    return operation.endsWith("RespondToAuthChallenge");
  }

  private static String whole(ObjectNode request) {
    StringBuilder text = new StringBuilder(request.path("ChallengeName").asText());
    text.append('\n').append(request.path("Session").asText());
    JsonNode responses = request.path("ChallengeResponses");
    responses
        .propertyStream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .forEach(entry -> text.append('\n').append(entry));
    return text.toString();
  }

  private static String state(ObjectNode request) {
    JsonNode block = request.path("ChallengeResponses").path("PASSWORD_CLAIM_SECRET_BLOCK");
    return block.asText(request.path("Session").asText(""));
  }

  private static String hash(String kind, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((kind + text).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
