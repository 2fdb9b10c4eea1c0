package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The account's rates of requests in a Region, whatever pools it has there. */
final class ProvisionedLimitOperations {
  private static final String GET = "GetProvisionedLimit";
  private static final String UPDATE = "UpdateProvisionedLimit";
  private static final String DEFINITION = "LimitDefinition";

  private ProvisionedLimitOperations() {}

  static Map<String, Operation> all() {
    return Map.of(GET, ProvisionedLimitOperations::get, UPDATE, ProvisionedLimitOperations::update);
  }

  /** Whether it is one of these, which name no pool. */
  static boolean include(String operation) {
    return operation.equals(GET) || operation.equals(UPDATE);
  }

  private static ObjectNode get(Call call) {
    String category = category(call);
    return shown(call, category, free(call, category));
  }

  private static ObjectNode update(Call call) {
    String category = category(call);
    int free = free(call, category);
    int requested = call.request().number("RequestedLimitValue").orElseThrow();
    call.cognito().provisionedLimits().set(call.role(), category, free, requested);
    return shown(call, category, free);
  }

  private static String category(Call call) {
    return call.request().requiredEntry(DEFINITION + ".Attributes", "Category");
  }

  private static int free(Call call, String category) {
    return call.cognito()
        .provisionedLimits()
        .free(category)
        .orElseThrow(() -> WireError.invalidParameter("There is no such category."));
  }

  private static ObjectNode shown(Call call, String category, int free) {
    ObjectNode answer = WireJson.object();
    answer
        .putObject("Limit")
        .put("FreeLimitValue", free)
        .put(
            "ProvisionedLimitValue",
            call.cognito().provisionedLimits().of(call.role(), category, free))
        .set(DEFINITION, call.request().copy(DEFINITION).path(DEFINITION));
    return answer;
  }
}
