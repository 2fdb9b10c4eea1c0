package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.Xml.element;
import static io.github.twinpool.emulator.Xml.nested;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * Some records of one name and type.
 *
 * @param settings the members that are text, in their order
 * @param values of its ResourceRecords
 * @param alias of its AliasTarget, empty without one
 */
record RecordSet(Map<String, String> settings, List<String> values, Map<String, String> alias) {

  /**
   * The set that a change names.
   *
   * @throws Route53Error InvalidInput
   */
  static RecordSet of(Element element) {
    Map<String, String> settings = Xml.texts(element);
    settings.computeIfPresent("Name", (key, name) -> canonical(name));
    RecordSet set =
        new RecordSet(
            settings,
            Xml.child(element, "ResourceRecords").stream()
                .flatMap(records -> Xml.children(records, "ResourceRecord").stream())
                .flatMap(record -> Xml.text(record, "Value").stream())
                .toList(),
            Xml.child(element, "AliasTarget").map(Xml::texts).orElse(Map.of()));
    if (set.name().isEmpty() || set.type().isEmpty()) {
      throw Route53Error.invalidInput("A record set wants a name and a type.");
    }
    return set;
  }

  static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  String name() {
    return settings.getOrDefault("Name", "");
  }

  String type() {
    return settings.getOrDefault("Type", "");
  }

  Optional<String> failover() {
    return Optional.ofNullable(settings.get("Failover"));
  }

  Optional<String> healthCheckId() {
    return Optional.ofNullable(settings.get("HealthCheckId"));
  }

  /** By which a set is known: name, type and identifier. */
  String key() {
    return name() + " " + type() + " " + settings.getOrDefault("SetIdentifier", "");
  }

  boolean sameName(RecordSet other) {
    return name().equals(other.name()) && type().equals(other.type());
  }

  String describe() {
    String records =
        values.stream()
            .map(value -> nested("ResourceRecord", element("Value", value)))
            .collect(Collectors.joining());
    return nested(
        "ResourceRecordSet",
        Xml.elements(settings)
            + (values.isEmpty() ? "" : nested("ResourceRecords", records))
            + (alias.isEmpty() ? "" : nested("AliasTarget", Xml.elements(alias))));
  }
}
