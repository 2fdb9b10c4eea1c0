package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How users regain their accounts: what a pool's AccountRecoverySetting says. Immutable. (Source:
 * API reference, CreateUserPool and RecoveryOptionType.)
 *
 * @param mechanisms the names of the mechanisms, in the order of their priority; empty for a pool
 *     that says nothing, which prefers SMS to e-mail
 */
record AccountRecovery(List<String> mechanisms) {
  private static final String ADMIN_ONLY = "admin_only";
  private static final Map<String, String> ATTRIBUTES =
      Map.of("verified_email", "email", "verified_phone_number", "phone_number");

  /**
   * Reads an AccountRecoverySetting, which the shapes of requests do not look into.
   *
   * @throws WireError a SerializationException, an InvalidParameterException
   */
  static AccountRecovery of(JsonNode setting) {
    JsonNode given = setting.path("RecoveryMechanisms");
    if (given.isMissingNode() || given.isNull()) {
      return new AccountRecovery(List.of());
    }
    if (!given.isArray()) {
      throw WireError.serialization(
          given.getNodeType()
              + " at 'accountRecoverySetting.recoveryMechanisms' can not be converted to a List");
    }
    Map<Integer, String> byPriority = new TreeMap<>();
    for (JsonNode option : given) {
      String name = option.path("Name").asText("");
      int priority = option.path("Priority").asInt(0);
      if (!ATTRIBUTES.containsKey(name) && !name.equals(ADMIN_ONLY)) {
        throw invalid(
            "Name", "enum value set: [verified_email, verified_phone_number, admin_only]");
      }
      if (priority < 1 || priority > 2) {
        throw invalid("Priority", "range: 1 to 2");
      }
      if (byPriority.put(priority, name) != null) {
        throw WireError.invalidParameter("The Priority of each recovery mechanism must be unique.");
      }
    }
    List<String> names = new ArrayList<>(byPriority.values());
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw WireError.invalidParameter(
          "AccountRecoverySetting must have one or two different recovery mechanisms.");
    }
    if (names.size() > 1 && names.contains(ADMIN_ONLY)) {
      throw WireError.invalidParameter("admin_only must be the only recovery mechanism.");
    }
    return new AccountRecovery(List.copyOf(names));
  }

  private static WireError invalid(String member, String rule) {
    return WireError.invalidParameter(
        "1 validation error detected: Value at 'accountRecoverySetting.recoveryMechanisms."
            + member.toLowerCase(Locale.ROOT)
            + "' failed to satisfy constraint: Member must satisfy "
            + rule);
  }

  boolean byAdministratorOnly() {
    return mechanisms.contains(ADMIN_ONLY);
  }

  /** Whether the pool prefers the phone to the mailbox, as far as users have both. */
  boolean prefersPhone() {
    return attributes().findFirst().filter("phone_number"::equals).isPresent();
  }

  private Stream<String> attributes() {
    return mechanisms.isEmpty()
        ? Stream.of("phone_number", "email")
        : mechanisms.stream().map(name -> ATTRIBUTES.getOrDefault(name, ""));
  }

  /**
   * Where the code for a new password goes, if it may go anywhere: to a verified address, which is
   * not that of the user's second factor if the pool says how accounts are recovered.
   */
  Optional<CodeDelivery> delivery(UserRecord user) {
    Set<MfaType> factors = mechanisms.isEmpty() ? Set.of() : user.mfa().enabled();
    return attributes()
        .filter(name -> user.attribute(name + "_verified").equals("true"))
        .filter(name -> !name.equals("phone_number") || !factors.contains(MfaType.SMS_MFA))
        .filter(name -> !name.equals("email") || !factors.contains(MfaType.EMAIL_OTP))
        .flatMap(name -> CodeDelivery.to(user, name).stream())
        .findFirst();
  }
}
