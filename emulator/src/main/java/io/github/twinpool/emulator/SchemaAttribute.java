package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a pool's schema, and which values it takes. Immutable. (Source: API reference,
 * SchemaAttributeType.)
 *
 * @param name with its prefix: {@code custom:} or {@code dev:custom:}
 * @param least the MinLength of a text or the MinValue of a number, as it was given
 * @param most the MaxLength or the MaxValue, as it was given
 */
record SchemaAttribute(
    String name,
    Type type,
    boolean developerOnly,
    boolean mutable,
    boolean required,
    @Nullable String least,
    @Nullable String most) {

  /** The AttributeDataType, spelled as on the wire. */
  enum Type {
    STRING("String"),
    NUMBER("Number"),
    DATE_TIME("DateTime"),
    BOOLEAN("Boolean");

    private final String wire;

    Type(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /** As DescribeUserPool shows it. */
  ObjectNode describe() {
    ObjectNode description =
        WireJson.object()
            .put("Name", name)
            .put("AttributeDataType", type.wire())
            .put("DeveloperOnlyAttribute", developerOnly)
            .put("Mutable", mutable)
            .put("Required", required);
    switch (type) {
      case STRING -> describe(description.putObject("StringAttributeConstraints"), "Length");
      case NUMBER -> describe(description.putObject("NumberAttributeConstraints"), "Value");
      case DATE_TIME, BOOLEAN -> {}
    }
    return description;
  }

  private void describe(ObjectNode constraints, String what) {
    if (least != null) {
      constraints.put("Min" + what, least);
    }
    if (most != null) {
      constraints.put("Max" + what, most);
    }
  }

  /** A value as it is kept: "True" is true. */
  String normalized(String value) {
    return type == Type.BOOLEAN ? value.toLowerCase(Locale.ROOT) : value;
  }

  /**
   * What is wrong with a normalized value that is not empty. AWS has not published how Cognito
   * words it.
   */
  Optional<String> complaint(String value) {
    return switch (type) {
      case STRING -> bounds("length", value.codePointCount(0, value.length()));
      case NUMBER ->
          number(value)
              .map(number -> bounds("value", number))
              .orElseGet(() -> Optional.of("Attribute value must be a number."));
      case BOOLEAN ->
          value.equals("true") || value.equals("false")
              ? Optional.empty()
              : Optional.of("Attribute value must be true or false.");
      case DATE_TIME ->
          isTime(value)
              ? Optional.empty()
              : Optional.of("Attribute value must be a date and time in the ISO 8601 format.");
    };
  }

  private Optional<String> bounds(String what, int actual) {
    return bounds(what, BigDecimal.valueOf(actual));
  }

  private Optional<String> bounds(String what, BigDecimal actual) {
    if (least != null && actual.compareTo(new BigDecimal(least)) < 0) {
      return Optional.of(
          "Attribute must have " + what + " greater than or equal to " + least + ".");
    }
    if (most != null && actual.compareTo(new BigDecimal(most)) > 0) {
      return Optional.of("Attribute must have " + what + " less than or equal to " + most + ".");
    }
    return Optional.empty();
  }

  /** A number that is short enough to be compared cheaply. */
  static Optional<BigDecimal> number(String text) {
    if (text.length() > 40) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > 400 ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isTime(String value) {
    try {
      DateTimeFormatter.ISO_DATE_TIME.parse(value);
      return true;
    } catch (DateTimeException notOfTheDay) {
      return isDate(value);
    }
  }

  /** Whether a text is a date like 2026-11-29. */
  static boolean isDate(String value) {
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
