package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one member of a request may be: a row of {@code request-shapes.txt}. Its complaints are
 * worded like Cognito's.
 *
 * @param path the member's names, outermost first
 * @param min the least length or value, or -1
 * @param max the greatest length or value, or -1
 */
record MemberShape(
    List<String> path,
    Type type,
    boolean required,
    int min,
    int max,
    @Nullable Pattern pattern,
    List<String> choices) {

  enum Type {
    TEXT("a String"),
    SECRET("a String"),
    INT("an Integer"),
    BOOL("a Boolean"),
    MAP("a Map"),
    TEXTS("a List"),
    ATTRIBUTES("a List"),
    LIST("a List"),
    OBJECT("a Structure");

    private final String article;

    Type(String article) {
      this.article = article;
    }
  }

  static MemberShape parse(String row) {
    String[] columns = row.split(" +", 5);
    String[] size = columns[3].equals("-") ? new String[] {"", ""} : columns[3].split("\\.\\.", 2);
    boolean choice = columns[4].startsWith("one-of:");
    return new MemberShape(
        List.of(columns[0].split("\\.", -1)),
        Type.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        columns[2].equals("required"),
        size[0].isEmpty() ? -1 : Integer.parseInt(size[0]),
        size[1].isEmpty() ? -1 : Integer.parseInt(size[1]),
        choice || columns[4].equals("-") ? null : Pattern.compile(columns[4]),
        choice ? List.of(columns[4].substring("one-of:".length()).split("\\|", -1)) : List.of());
  }

  /**
   * Refuses a value of another JSON type.
   *
   * @throws WireError a SerializationException
   */
  void checkType(JsonNode value) {
    boolean fits =
        switch (type) {
          case TEXT, SECRET -> value.isTextual();
          case INT -> value.isInt();
          case BOOL -> value.isBoolean();
          case MAP ->
              value.isObject()
                  && elements(value).allMatch(node -> node.isTextual() || node.isNull());
          case TEXTS -> value.isArray() && elements(value).allMatch(JsonNode::isTextual);
          case ATTRIBUTES -> value.isArray() && elements(value).allMatch(MemberShape::isAttribute);
          case LIST -> value.isArray();
          case OBJECT -> value.isObject();
        };
    if (!fits) {
      throw WireError.serialization(
          value.getNodeType() + " at '" + wireName() + "' can not be converted to " + type.article);
    }
  }

  private static boolean isAttribute(JsonNode node) {
    return node.isObject()
        && Stream.of("Name", "Value")
            .map(node::path)
            .allMatch(part -> part.isTextual() || part.isNull() || part.isMissingNode());
  }

  private static Stream<JsonNode> elements(JsonNode value) {
    return value.valueStream();
  }

  /** What is wrong with a value of the right type. */
  List<String> complaints(JsonNode value) {
    List<String> complaints = new ArrayList<>();
    switch (type) {
      case TEXT, SECRET -> text(value.textValue(), complaints);
      case INT -> range("value", value.intValue(), shown(value.asText()), complaints);
      case TEXTS -> texts(value, complaints);
      case ATTRIBUTES -> attributes(value, complaints);
      case BOOL, MAP, LIST, OBJECT -> {}
    }
    return complaints;
  }

  /** What is wrong when a required member is absent. */
  String absent() {
    return "Value null at '"
        + wireName()
        + "' failed to satisfy constraint: Member must not be null";
  }

  private void text(String value, List<String> complaints) {
    String shown = shown(value);
    range("length", value.codePointCount(0, value.length()), shown, complaints);
    if (pattern != null && !pattern.matcher(value).matches()) {
      complaints.add(
          complaint(shown, "Member must satisfy regular expression pattern: " + pattern.pattern()));
    }
    if (!choices.isEmpty() && !choices.contains(value)) {
      complaints.add(complaint(shown, "Member must satisfy enum value set: " + choices));
    }
  }

  private void texts(JsonNode value, List<String> complaints) {
    if (!choices.isEmpty()
        && !elements(value).map(JsonNode::textValue).allMatch(choices::contains)) {
      String shown =
          elements(value).map(JsonNode::textValue).collect(Collectors.joining(", ", "[", "]"));
      complaints.add(
          complaint(
              shown(shown),
              "Member must satisfy constraint: [Member must satisfy enum value set: "
                  + choices
                  + "]"));
    }
  }

  private void attributes(JsonNode value, List<String> complaints) {
    int position = 0;
    for (JsonNode attribute : value) {
      position++;
      String at = "' at '" + wireName() + "." + position + ".member.";
      String name = attribute.path("Name").asText("");
      if (!attribute.path("Name").isTextual()) {
        complaints.add(
            "Value null"
                + at.substring(1)
                + "name' failed to satisfy constraint: Member must not be null");
      } else if (name.isEmpty() || name.length() > 32) {
        complaints.add(
            "Value '"
                + shortened(name)
                + at
                + "name' failed to satisfy constraint: Member must have length "
                + (name.isEmpty() ? "greater than or equal to 1" : "less than or equal to 32"));
      }
      if (attribute.path("Value").asText("").length() > 2048) {
        complaints.add(
            "Value"
                + at.substring(1)
                + "value' failed to satisfy constraint: Member must have length"
                + " less than or equal to 2048");
      }
    }
  }

  private void range(String what, int actual, String shown, List<String> complaints) {
    if (min >= 0 && actual < min) {
      complaints.add(
          complaint(shown, "Member must have " + what + " greater than or equal to " + min));
    }
    if (max >= 0 && actual > max) {
      complaints.add(
          complaint(shown, "Member must have " + what + " less than or equal to " + max));
    }
  }

  private String complaint(String shown, String constraint) {
    return "Value" + shown + " at '" + wireName() + "' failed to satisfy constraint: " + constraint;
  }

  private String shown(String value) {
    return type == Type.SECRET ? "" : " '" + shortened(value) + "'";
  }

  private static String shortened(String value) {
    return value.length() <= 200 ? value : value.substring(0, 200) + "…";
  }

  private String wireName() {
    return path.stream()
        .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
        .collect(Collectors.joining("."));
  }
}
