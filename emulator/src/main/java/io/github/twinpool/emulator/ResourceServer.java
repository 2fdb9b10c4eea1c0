package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A resource server and the scopes that it gives. Immutable. */
record ResourceServer(String poolId, String identifier, String name, List<Scope> scopes) {
  private static final int MOST_SCOPES = 100;
  private static final int LONGEST = 256;
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+");

  /** A scope, without the name of its server. */
  record Scope(String name, String description) {}

  ResourceServer {
    scopes = List.copyOf(scopes);
  }

  /**
   * The resource server that a request describes.
   *
   * @throws WireError an InvalidParameterException
   */
  static ResourceServer of(Pool pool, JsonRequest request) {
    List<Scope> scopes = new ArrayList<>();
    for (JsonNode scope : request.entries("Scopes")) {
      String name = scope.path("ScopeName").asText("");
      String description = scope.path("ScopeDescription").asText("");
      if (!SCOPE.matcher(name).matches()
          || name.length() > LONGEST
          || description.isEmpty()
          || description.length() > LONGEST) {
        throw WireError.invalidParameter(
            "Each of Scopes wants a ScopeName and a ScopeDescription of 1 to 256 characters.");
      }
      scopes.add(new Scope(name, description));
    }
    if (scopes.size() > MOST_SCOPES) {
      throw WireError.invalidParameter("Scopes: at most " + MOST_SCOPES + " are allowed.");
    }
    return new ResourceServer(
        pool.id(), request.required("Identifier"), request.required("Name"), scopes);
  }

  /** The scopes as app clients have them: {@code identifier/scope}. */
  Stream<String> fullScopes() {
    return scopes.stream().map(scope -> identifier + "/" + scope.name());
  }

  ObjectNode describe() {
    ObjectNode description =
        WireJson.object().put("UserPoolId", poolId).put("Identifier", identifier).put("Name", name);
    ArrayNode list = description.putArray("Scopes");
    scopes.forEach(
        scope ->
            list.addObject()
                .put("ScopeName", scope.name())
                .put("ScopeDescription", scope.description()));
    return description;
  }
}
