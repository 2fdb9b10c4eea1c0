package io.github.twinpool.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which attributes users may have, and who may set them. */
final class AttributeRules {
  private static final Set<String> STANDARD =
      Set.of(
          "address",
          "birthdate",
          "email",
          "email_verified",
          "family_name",
          "gender",
          "given_name",
          "locale",
          "middle_name",
          "name",
          "nickname",
          "phone_number",
          "phone_number_verified",
          "picture",
          "preferred_username",
          "profile",
          "updated_at",
          "website",
          "zoneinfo");
  private static final Pattern CUSTOM = Pattern.compile("(custom|dev):[^:]{1,20}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,15}");

  private AttributeRules() {}

  /**
   * Refuses attributes that no pool has. Custom attributes need no schema here.
   *
   * @throws WireError an InvalidParameterException
   */
  static void check(Map<String, String> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (name.equals("sub")) {
            throw WireError.invalidParameter("Cannot modify the non-mutable attribute sub");
          }
          if (!STANDARD.contains(name) && !CUSTOM.matcher(name).matches()) {
            throw WireError.invalidParameter(
                "Attributes did not conform to the schema: "
                    + name
                    + ": Attribute does not exist in the schema.");
          }
          checkFormat(name, value);
        });
  }

  private static void checkFormat(String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (name.equals("email") && !EMAIL.matcher(value).matches()) {
      throw WireError.invalidParameter("Invalid email address format.");
    }
    if (name.equals("phone_number") && !PHONE.matcher(value).matches()) {
      throw WireError.invalidParameter("Invalid phone number format.");
    }
    if (name.endsWith("_verified") && !value.equals("true") && !value.equals("false")) {
      throw WireError.invalidParameter("Invalid value for attribute " + name + ".");
    }
  }

  /**
   * Refuses what users may not say of themselves.
   *
   * @throws WireError a NotAuthorizedException
   */
  static void checkWrittenByUser(Map<String, String> attributes) {
    boolean unauthorized =
        attributes.keySet().stream()
            .anyMatch(name -> name.endsWith("_verified") || name.startsWith("dev:"));
    if (unauthorized) {
      throw WireError.notAuthorized("A client attempted to write unauthorized attribute");
    }
  }

  /** The changes together with what follows from them: a new address is not verified. */
  static Map<String, String> withConsequences(UserRecord user, Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>(changes);
    for (String name : Set.of("email", "phone_number")) {
      String verified = name + "_verified";
      boolean changed =
          changes.containsKey(name) && !user.attribute(name).equals(changes.get(name));
      if (changed && !changes.containsKey(verified)) {
        all.put(verified, "false");
      }
    }
    return all;
  }
}
