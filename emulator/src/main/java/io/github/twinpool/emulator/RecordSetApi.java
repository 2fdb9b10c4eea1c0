package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.Xml.element;
import static io.github.twinpool.emulator.Xml.nested;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The operations of Route 53 on record sets. A change is PENDING for a while, then INSYNC. */
final class RecordSetApi {
  private static final int MAX_CHANGES = 1_000;
  private static final int PAGE = 300;

  private final HostedZone zone;
  private final InstantSource clock;
  private final FreshNames names;
  private final Duration consistencyDelay;
  private final Map<String, Instant> changes = new LinkedHashMap<>();

  RecordSetApi(HostedZone zone, InstantSource clock, FreshNames names, Duration consistencyDelay) {
    this.zone = zone;
    this.clock = clock;
    this.names = names;
    this.consistencyDelay = consistencyDelay;
  }

  private void require(String zoneId) {
    if (!zoneId.equals(zone.id())) {
      throw new Route53Error(404, "NoSuchHostedZone", "No hosted zone found with ID: " + zoneId);
    }
  }

  String change(String zoneId, byte[] body) {
    require(zoneId);
    Element batch = Xml.required(Xml.read(body), "ChangeBatch");
    List<Element> wanted = Xml.children(Xml.required(batch, "Changes"), "Change");
    if (wanted.isEmpty()) {
      throw Route53Error.invalidInput("A batch wants a change.");
    }
    zone.change(wanted);
    String id = "C" + names.group().toUpperCase(Locale.ROOT) + "0123";
    synchronized (changes) {
      if (changes.size() >= MAX_CHANGES) {
        changes.remove(changes.keySet().iterator().next());
      }
      changes.put(id, clock.instant());
    }
    return info(id);
  }

  String get(String changeId) {
    return info(changeId);
  }

  private String info(String id) {
    Instant submitted;
    synchronized (changes) {
      submitted = changes.get(id);
    }
    if (submitted == null) {
      throw new Route53Error(404, "NoSuchChange", "Could not find a change with this ID.");
    }
    boolean inSync = !clock.instant().isBefore(submitted.plus(consistencyDelay));
    return nested(
        "ChangeInfo",
        element("Id", "/change/" + id)
            + element("Status", inSync ? "INSYNC" : "PENDING")
            + element("SubmittedAt", submitted.toString()));
  }

  /** One page of at most 300, from a name on, if one is given. */
  String list(String zoneId, Parameters query) {
    require(zoneId);
    String from = query.get("name").map(RecordSet::canonical).orElse("");
    List<RecordSet> sets =
        zone.sets().stream().filter(set -> set.name().compareTo(from) >= 0).limit(PAGE).toList();
    return nested(
            "ResourceRecordSets",
            sets.stream().map(RecordSet::describe).collect(Collectors.joining()))
        + element("IsTruncated", "false")
        + element("MaxItems", String.valueOf(PAGE));
  }
}
