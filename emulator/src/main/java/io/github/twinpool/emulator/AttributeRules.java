package io.github.twinpool.emulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which attributes the users of a pool may have, and how they may change: the pool's schema, as
 * every operation that writes attributes applies it. What an app client may write is the matter of
 * {@link ClientAttributes}.
 */
final class AttributeRules {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,15}");
  private static final List<String> ADDRESSES = List.of("email", "phone_number");
  private static final String NO_SUCH = ": Attribute does not exist in the schema.";
  private static final String REQUIRED = ": The attribute is required";

  private final UserSchema schema;

  private AttributeRules(UserSchema schema) {
    this.schema = schema;
  }

  static AttributeRules of(UserSchema schema) {
    return new AttributeRules(schema);
  }

  static AttributeRules of(Call call, Pool pool) {
    return of(pool.settings(call.role()).schema());
  }

  /**
   * The attributes of a new user as they are kept. An administrator may leave out required ones.
   * (Source: API reference, AdminCreateUser.)
   *
   * @throws WireError an InvalidParameterException
   */
  Map<String, String> forNewUser(Map<String, String> given) {
    List<String> complaints = new ArrayList<>();
    Map<String, String> kept = new LinkedHashMap<>();
    given.forEach(
        (name, value) ->
            check(name, value, kept).ifPresent(complaint -> complaints.add(name + complaint)));
    refuseNonconforming(complaints);
    return kept;
  }

  /**
   * Refuses a new user who lacks something that users must have.
   *
   * @throws WireError an InvalidParameterException
   */
  void checkComplete(Map<String, String> attributes) {
    refuseNonconforming(
        schema.required().stream()
            .filter(name -> attributes.getOrDefault(name, "").isEmpty())
            .map(name -> name + REQUIRED)
            .toList());
  }

  private static void refuseNonconforming(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw WireError.invalidParameter(
          "Attributes did not conform to the schema: " + String.join("\n", complaints));
    }
  }

  /**
   * The changes of a user as they are kept, together with what follows from them: a new address is
   * not verified. An empty value removes an attribute.
   *
   * @throws WireError an InvalidParameterException
   */
  Map<String, String> forUpdate(UserRecord user, Map<String, String> changes) {
    List<String> complaints = new ArrayList<>();
    Map<String, String> kept = new LinkedHashMap<>();
    changes.forEach(
        (name, value) ->
            checkChange(name, value, kept)
                .ifPresent(complaint -> complaints.add("user." + name + complaint)));
    if (!complaints.isEmpty()) {
      throw WireError.invalidParameter(String.join("\n", complaints));
    }
    for (String name : ADDRESSES) {
      String verified = name + "_verified";
      boolean changed = kept.containsKey(name) && !user.attribute(name).equals(kept.get(name));
      if (changed && !kept.containsKey(verified)) {
        kept.put(verified, "false");
      }
    }
    return kept;
  }

  /**
   * The changes that delete attributes. An address that is gone is not verified: what AWS makes of
   * the flag is unpublished, and so is what it says of attributes that cannot be deleted.
   *
   * @throws WireError an InvalidParameterException
   */
  Map<String, String> forDeletion(List<String> names) {
    Map<String, String> changes = new LinkedHashMap<>();
    names.forEach(name -> changes.put(name, ""));
    StringBuilder complaints = new StringBuilder();
    for (String name : names) {
      checkChange(name, "", new LinkedHashMap<>())
          .ifPresent(
              complaint -> complaints.append("user.").append(name).append(complaint).append('\n'));
    }
    if (complaints.length() > 0) {
      throw WireError.invalidParameter("Invalid user attributes: " + complaints);
    }
    for (String name : ADDRESSES) {
      if (changes.containsKey(name)) {
        changes.put(name + "_verified", "");
      }
    }
    return changes;
  }

  private Optional<String> checkChange(String name, String value, Map<String, String> kept) {
    Optional<String> wrong = check(name, value, kept);
    if (wrong.isPresent()) {
      return wrong;
    }
    SchemaAttribute attribute = schema.find(name).orElseThrow();
    if (!attribute.mutable()) {
      return Optional.of(": Attribute cannot be updated.");
    }
    return attribute.required() && value.isEmpty() ? Optional.of(REQUIRED) : Optional.empty();
  }

  /** Keeps a value if it is one that the attribute takes, or says what is wrong with it. */
  private Optional<String> check(String name, String value, Map<String, String> kept) {
    if (name.equals(UserSchema.SUB)) {
      throw WireError.invalidParameter("Cannot modify the non-mutable attribute sub");
    }
    Optional<SchemaAttribute> attribute = schema.find(name);
    if (attribute.isEmpty()) {
      return Optional.of(NO_SUCH);
    }
    String normalized = attribute.get().normalized(value);
    kept.put(name, normalized);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    checkFormat(name, normalized);
    return attribute.get().complaint(normalized).map(complaint -> ": " + complaint);
  }

  private static void checkFormat(String name, String value) {
    if (name.equals("email") && !EMAIL.matcher(value).matches()) {
      throw WireError.invalidParameter("Invalid email address format.");
    }
    if (name.equals("phone_number") && !PHONE.matcher(value).matches()) {
      throw WireError.invalidParameter("Invalid phone number format.");
    }
    if (name.equals("birthdate") && value.length() == 10 && !SchemaAttribute.isDate(value)) {
      throw WireError.invalidParameter("Invalid date format for birthdate.");
    }
  }

  /** The required attributes that a user lacks. */
  List<String> missing(UserRecord user) {
    return schema.required().stream().filter(name -> user.attribute(name).isEmpty()).toList();
  }

  /**
   * The attributes that come with a new password, as they are kept. (Source: API reference,
   * RespondToAuthChallenge, NEW_PASSWORD_REQUIRED; the messages were seen in the wild.)
   *
   * @throws WireError an InvalidParameterException, a NotAuthorizedException
   */
  Map<String, String> forNewPassword(UserRecord user, Map<String, String> given) {
    for (String name : schema.required()) {
      if (given.containsKey(name) && !user.attribute(name).isEmpty()) {
        throw WireError.notAuthorized("Cannot modify an already provided " + name);
      }
    }
    Map<String, String> kept = forUpdate(user, given);
    List<String> missing =
        missing(user).stream().filter(name -> kept.getOrDefault(name, "").isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw WireError.invalidParameter(
          "Invalid attributes given, " + String.join(", ", missing) + " is missing");
    }
    return kept;
  }
}
