package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes the users of a pool have: the twenty standard ones, and the custom ones that
 * CreateUserPool or AddCustomAttributes named. Immutable. (Source: API reference,
 * SchemaAttributeType; developer guide, "Working with user attributes".)
 */
final class UserSchema {
  static final String SUB = "sub";
  private static final int MOST_CUSTOM = 50;
  private static final int LONGEST_NAME = 20;
  private static final int LONGEST_TEXT = 2048;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");

  /** In the order in which DescribeUserPool has them. */
  private static final Map<String, SchemaAttribute> STANDARD = standard();

  /** Built in, and no part of what a Schema may change: there they would be custom attributes. */
  private static final Set<String> BUILT_IN = Set.of("email_verified", "phone_number_verified");

  private final Map<String, SchemaAttribute> attributes;

  private UserSchema(Map<String, SchemaAttribute> attributes) {
    this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  private static Map<String, SchemaAttribute> standard() {
    Map<String, SchemaAttribute> all = new LinkedHashMap<>();
    String texts =
        "sub name given_name family_name middle_name nickname preferred_username profile picture"
            + " website email email_verified gender birthdate zoneinfo locale phone_number"
            + " phone_number_verified address";
    for (String name : texts.split(" ", -1)) {
      all.put(
          name,
          new SchemaAttribute(name, SchemaAttribute.Type.STRING, false, true, false, "0", "2048"));
    }
    all.put(
        SUB,
        new SchemaAttribute(SUB, SchemaAttribute.Type.STRING, false, false, true, "1", "2048"));
    all.put(
        "birthdate",
        new SchemaAttribute(
            "birthdate", SchemaAttribute.Type.STRING, false, true, false, "10", "10"));
    for (String name : new String[] {"email_verified", "phone_number_verified"}) {
      all.put(
          name,
          new SchemaAttribute(name, SchemaAttribute.Type.BOOLEAN, false, true, false, null, null));
    }
    all.put(
        "updated_at",
        new SchemaAttribute(
            "updated_at", SchemaAttribute.Type.NUMBER, false, true, false, "0", null));
    return all;
  }

  /** Whether an attribute is one that every pool has. */
  static boolean isStandard(String name) {
    return STANDARD.containsKey(name);
  }

  /**
   * The schema that the Schema of a CreateUserPool makes of the standard attributes.
   *
   * @throws WireError a SerializationException, an InvalidParameterException
   */
  static UserSchema of(JsonRequest request) {
    return new UserSchema(STANDARD).with(request, "Schema", false);
  }

  /**
   * This with custom attributes added, as AddCustomAttributes adds them.
   *
   * @throws WireError a SerializationException, an InvalidParameterException
   */
  UserSchema withCustom(JsonRequest request) {
    return with(request, "CustomAttributes", true);
  }

  private UserSchema with(JsonRequest request, String member, boolean customOnly) {
    if (!request.has(member)) {
      return this;
    }
    Map<String, SchemaAttribute> all = new LinkedHashMap<>(attributes);
    int position = 0;
    for (JsonNode given : request.entries(member)) {
      position++;
      Given attribute = new Given(given, member, position);
      boolean standard =
          !customOnly
              && STANDARD.containsKey(attribute.name())
              && !BUILT_IN.contains(attribute.name());
      SchemaAttribute read = standard ? attribute.standard() : attribute.custom();
      if (!standard && all.containsKey(read.name())) {
        throw WireError.invalidParameter(
            read.name() + ": Existing attribute already has name " + read.name() + ".");
      }
      all.put(read.name(), read);
    }
    boolean none = position == 0;
    if (none || all.size() - STANDARD.size() > MOST_CUSTOM) {
      throw WireError.invalidParameter(
          "1 validation error detected: Value at '"
              + memberName(member)
              + "' failed to satisfy constraint: Member must have length "
              + (none
                  ? "greater than or equal to 1"
                  : "less than or equal to " + MOST_CUSTOM + ", counting custom attributes"));
    }
    return new UserSchema(all);
  }

  private static String memberName(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }

  Optional<SchemaAttribute> find(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  Collection<SchemaAttribute> all() {
    return attributes.values();
  }

  /** What users must have; {@code sub} is the service's own affair. */
  Set<String> required() {
    return attributes.values().stream()
        .filter(SchemaAttribute::required)
        .map(SchemaAttribute::name)
        .filter(name -> !name.equals(SUB))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** As the SchemaAttributes of DescribeUserPool. */
  void describe(ArrayNode list) {
    attributes.values().forEach(attribute -> list.add(attribute.describe()));
  }

  /** One element of a Schema, which the shapes of requests do not look into. */
  private record Given(JsonNode node, String member, int position) {

    Given {
      if (!node.isObject()) {
        throw WireError.serialization(
            node.getNodeType() + " at '" + memberName(member) + "' can not be converted to a List");
      }
    }

    String name() {
      String name = text(node, "Name").orElse("");
      if (name.isEmpty() || name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
        throw WireError.invalidParameter(
            "1 validation error detected: Value "
                + (name.isEmpty() ? "null" : "'" + name + "'")
                + at("name")
                + (name.length() > LONGEST_NAME
                    ? "Member must have length less than or equal to " + LONGEST_NAME
                    : "Member must satisfy regular expression pattern: " + NAME.pattern()));
      }
      return name;
    }

    private String at(String part) {
      return " at '"
          + memberName(member)
          + "."
          + position
          + ".member."
          + part
          + "' failed to satisfy constraint: ";
    }

    /** A standard attribute with what the schema may change of it. */
    SchemaAttribute standard() {
      SchemaAttribute before = Objects.requireNonNull(STANDARD.get(name()));
      boolean otherType = type().filter(type -> type != before.type()).isPresent();
      if (otherType || flag("DeveloperOnlyAttribute", false)) {
        throw WireError.invalidParameter(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
                + " attribute "
                + before.name());
      }
      if (before.name().equals(SUB)) {
        return before;
      }
      Limits limits = limits(before.name(), before.type());
      return new SchemaAttribute(
          before.name(),
          before.type(),
          false,
          flag("Mutable", before.mutable()),
          flag("Required", before.required()),
          limits.given() ? limits.least() : before.least(),
          limits.given() ? limits.most() : before.most());
    }

    SchemaAttribute custom() {
      boolean developerOnly = flag("DeveloperOnlyAttribute", false);
      String name = (developerOnly ? "dev:custom:" : "custom:") + name();
      if (flag("Required", false)) {
        throw WireError.invalidParameter("Required custom attributes are not supported currently.");
      }
      SchemaAttribute.Type type =
          type()
              .orElseThrow(
                  () ->
                      WireError.invalidParameter(
                          "Invalid AttributeDataType input, consider using the provided"
                              + " AttributeDataType enum."));
      Limits limits = limits(name, type);
      return new SchemaAttribute(
          name, type, developerOnly, flag("Mutable", true), false, limits.least(), limits.most());
    }

    private Optional<SchemaAttribute.Type> type() {
      return text(node, "AttributeDataType")
          .map(
              given ->
                  Arrays.stream(SchemaAttribute.Type.values())
                      .filter(type -> type.wire().equals(given))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              WireError.invalidParameter(
                                  "1 validation error detected: Value '"
                                      + given
                                      + "'"
                                      + at("attributeDataType")
                                      + "Member must satisfy enum value set:"
                                      + " [Boolean, Number, String, DateTime]")));
    }

    private boolean flag(String part, boolean otherwise) {
      JsonNode value = node.path(part);
      if (!value.isBoolean() && !value.isNull() && !value.isMissingNode()) {
        throw wrongType(value, part, "a Boolean");
      }
      return value.asBoolean(otherwise);
    }

    private Optional<String> text(JsonNode parent, String part) {
      JsonNode value = parent.path(part);
      if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
        throw wrongType(value, part, "a String");
      }
      return Optional.ofNullable(value.textValue());
    }

    private WireError wrongType(JsonNode value, String part, String article) {
      return WireError.serialization(
          value.getNodeType()
              + " at '"
              + memberName(member)
              + "."
              + memberName(part)
              + "' can not be converted to "
              + article);
    }

    private record Limits(boolean given, @Nullable String least, @Nullable String most) {}

    /** The constraints of the attribute's own type; those of the other one mean nothing. */
    private Limits limits(String name, SchemaAttribute.Type type) {
      return switch (type) {
        case STRING -> limits(name, "StringAttributeConstraints", "Length");
        case NUMBER -> limits(name, "NumberAttributeConstraints", "Value");
        case DATE_TIME, BOOLEAN -> new Limits(false, null, null);
      };
    }

    private Limits limits(String name, String part, String what) {
      JsonNode constraints = node.path(part);
      if (!constraints.isObject()) {
        if (!constraints.isNull() && !constraints.isMissingNode()) {
          throw wrongType(constraints, part, "a Structure");
        }
        return new Limits(false, null, null);
      }
      Optional<String> least = text(constraints, "Min" + what);
      Optional<String> most = text(constraints, "Max" + what);
      Optional<BigDecimal> low = least.map(value -> limit(name, part, value));
      Optional<BigDecimal> high = most.map(value -> limit(name, part, value));
      boolean texts = what.equals("Length");
      if (texts && (isTooLong(low) || isTooLong(high))) {
        throw WireError.invalidParameter(
            "user." + name + ": String attributes cannot have a length of more than 2048");
      }
      if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
        throw WireError.invalidParameter(
            "user."
                + name
                + (texts
                    ? ": Max length cannot be less than min length."
                    : ": Max value cannot be less than min value."));
      }
      return new Limits(true, least.orElse(null), most.orElse(null));
    }

    private static boolean isTooLong(Optional<BigDecimal> limit) {
      return limit.filter(it -> it.compareTo(BigDecimal.valueOf(LONGEST_TEXT)) > 0).isPresent();
    }

    private static BigDecimal limit(String name, String part, String value) {
      return SchemaAttribute.number(value)
          .filter(
              number -> part.startsWith("Number") || (number.signum() >= 0 && number.scale() == 0))
          .orElseThrow(
              () ->
                  WireError.invalidParameter("Invalid " + part + " for schema attribute " + name));
    }
  }
}
