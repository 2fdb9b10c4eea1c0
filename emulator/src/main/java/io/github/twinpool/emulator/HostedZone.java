package io.github.twinpool.emulator;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * A hosted zone of Route 53 and its record sets. A batch of changes is made as a whole or not at
 * all. Thread-safe.
 */
final class HostedZone {
  private static final Set<String> ROLES = Set.of("PRIMARY", "SECONDARY");

  private final String id;
  private final String name;
  private final HealthChecks checks;
  private TreeMap<String, RecordSet> sets = new TreeMap<>();

  HostedZone(String id, String name, HealthChecks checks) {
    this.id = id;
    this.name = RecordSet.canonical(name);
    this.checks = checks;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** All sets, in the order of their keys. */
  synchronized Collection<RecordSet> sets() {
    return List.copyOf(sets.values());
  }

  /**
   * Makes the changes of a ChangeBatch.
   *
   * @throws Route53Error InvalidChangeBatch, InvalidInput
   */
  synchronized void change(List<Element> changes) {
    TreeMap<String, RecordSet> changed = new TreeMap<>(sets);
    for (Element change : changes) {
      RecordSet set = RecordSet.of(Xml.required(change, "ResourceRecordSet"));
      String action = Xml.text(change, "Action").orElse("");
      check(set);
      switch (action) {
        case "CREATE" -> require(changed.putIfAbsent(set.key(), set) == null, "it exists already");
        case "UPSERT" -> changed.put(set.key(), set);
        case "DELETE" -> require(changed.remove(set.key(), set), "it was not found as given");
        default -> throw Route53Error.invalidInput("Action wants CREATE, UPSERT or DELETE.");
      }
    }
    changed.values().forEach(set -> checkBesideOthers(set, changed.values()));
    sets = changed;
  }

  private void check(RecordSet set) {
    require(
        set.name().endsWith("." + name) || set.name().equals(name), "the name is not in " + name);
    require(set.values().isEmpty() != set.alias().isEmpty(), "it wants records or an alias");
    require(
        set.settings().containsKey("TTL") == set.alias().isEmpty(),
        "records want a TTL, and an alias has none");
    require(
        set.failover().isEmpty() || set.settings().containsKey("SetIdentifier"),
        "a failover set wants a SetIdentifier");
    require(set.failover().stream().allMatch(ROLES::contains), "Failover wants " + ROLES);
    require(
        set.healthCheckId().stream().allMatch(check -> checks.of(check).isPresent()),
        "there is no such health check");
    require(
        !"PRIMARY".equals(set.failover().orElse(""))
            || set.healthCheckId().isPresent()
            || "true".equals(set.alias().get("EvaluateTargetHealth")),
        "a PRIMARY failover set wants a health check");
  }

  private static void checkBesideOthers(RecordSet set, Collection<RecordSet> all) {
    Set<String> roles =
        all.stream()
            .filter(set::sameName)
            .map(other -> other.failover().orElse("SIMPLE"))
            .collect(Collectors.toSet());
    long sets = all.stream().filter(set::sameName).count();
    require(roles.size() == sets, "two sets of one name have the same role");
    require(sets == 1 || !roles.contains("SIMPLE"), "a simple set stands beside failover sets");
    boolean cname = set.type().equals("CNAME");
    require(
        !cname
            || all.stream()
                .allMatch(other -> set.sameName(other) || !set.name().equals(other.name())),
        "a CNAME stands beside records of another type");
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new Route53Error(
          400, "InvalidChangeBatch", "Tried to change a resource record set, but " + otherwise);
    }
  }
}
