package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The last calls that reached an operation. Thread-safe. */
final class ServedCalls {
  private static final int KEPT = 10_000;

  /** Whatever else is sent as a flow or a challenge might be anything. */
  private static final Pattern NAME = Pattern.compile("[A-Z_]{1,40}");

  private static final Set<String> GRANTS =
      Set.of("authorization_code", "refresh_token", "client_credentials");

  private final Deque<ServedCall> calls = new ArrayDeque<>();

  /** A call on its way. Used by one thread. */
  final class Entry {
    private final RegionRole role;
    private final String operation;
    private String step = "";

    private Entry(RegionRole role, String operation) {
      this.role = role;
      this.operation = operation;
    }

    void about(ObjectNode request) {
      String named = request.path("AuthFlow").asText(request.path("ChallengeName").asText(""));
      step = NAME.matcher(named).matches() ? named : "";
    }

    void granting(String grantType) {
      step = GRANTS.contains(grantType) ? grantType : "";
    }

    void ended(String errorType) {
      add(new ServedCall(role, operation, step, errorType));
    }
  }

  Entry begin(RegionRole role, String operation) {
    return new Entry(role, operation);
  }

  private synchronized void add(ServedCall call) {
    calls.addLast(call);
    if (calls.size() > KEPT) {
      calls.removeFirst();
    }
  }

  synchronized List<ServedCall> calls() {
    return List.copyOf(calls);
  }
}
