package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.Xml.element;
import static io.github.twinpool.emulator.Xml.nested;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The operations of Route 53 on health checks of endpoints. */
final class HealthCheckApi {
  private static final String CONFIG = "HealthCheckConfig";
  private static final Set<String> TYPES = Set.of("HTTP", "HTTPS", "TCP");
  private static final Set<String> INTERVALS = Set.of("10", "30");
  private static final String[] REGIONS = {
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-northeast-1",
    "sa-east-1",
    "ap-southeast-2"
  };

  private final HealthChecks checks;
  private final InstantSource clock;

  HealthCheckApi(HealthChecks checks, InstantSource clock) {
    this.checks = checks;
    this.clock = clock;
  }

  private HealthCheck check(String id) {
    return checks
        .of(id)
        .orElseThrow(
            () ->
                new Route53Error(
                    404, "NoSuchHealthCheck", "A health check with this ID does not exist."));
  }

  String create(byte[] body) {
    Element request = Xml.read(body);
    String reference = Xml.text(request, "CallerReference").orElse("");
    Map<String, String> settings = Xml.texts(Xml.required(request, CONFIG));
    if (reference.isEmpty() || reference.length() > 64) {
      throw Route53Error.invalidInput("CallerReference wants 1 to 64 characters.");
    }
    if (!TYPES.contains(settings.getOrDefault("Type", ""))) {
      throw new Route53Error(400, "NotEmulatedException", "The emulator has " + TYPES + " only.");
    }
    if (!INTERVALS.contains(settings.getOrDefault("RequestInterval", "30"))) {
      throw Route53Error.invalidInput("RequestInterval wants 10 or 30.");
    }
    return describe(checks.create(reference, settings));
  }

  String get(String id) {
    return describe(check(id));
  }

  String list() {
    return nested(
            "HealthChecks",
            checks.all().stream().map(HealthCheckApi::describe).collect(Collectors.joining()))
        + element("Marker", "")
        + element("IsTruncated", "false")
        + element("MaxItems", "1000");
  }

  String update(String id, byte[] body) {
    HealthCheck check = check(id);
    Map<String, String> given = Xml.texts(Xml.read(body));
    String version = given.remove("HealthCheckVersion");
    if (version != null && !version.equals(String.valueOf(check.config().version()))) {
      throw new Route53Error(
          409, "HealthCheckVersionMismatch", "The health check was changed in the meantime.");
    }
    if (given.containsKey("Type") || given.containsKey("RequestInterval")) {
      throw Route53Error.invalidInput("Type and RequestInterval cannot be changed.");
    }
    check.change(given);
    return describe(check);
  }

  String delete(String id) {
    checks.delete(check(id));
    return "";
  }

  private static String describe(HealthCheck check) {
    return nested(
        "HealthCheck",
        element("Id", check.id())
            + element("CallerReference", check.callerReference())
            + nested(CONFIG, Xml.elements(check.config().settings()))
            + element("HealthCheckVersion", String.valueOf(check.config().version())));
  }

  String status(String id) {
    int healthy = check(id).healthyCheckers();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder observations = new StringBuilder();
    for (int i = 0; i < HealthCheck.CHECKERS; i++) {
      String seen =
          i < healthy
              ? "Success: HTTP Status Code 200, OK"
              : "Failure: Connection timed out. The endpoint or the internet connection is down.";
      observations.append(
          nested(
              "HealthCheckObservation",
              element("Region", REGIONS[i % REGIONS.length])
                  + element("IPAddress", "192.0.2." + (i + 1))
                  + nested(
                      "StatusReport",
                      element("Status", seen) + element("CheckedTime", now.toString()))));
    }
    return nested("HealthCheckObservations", observations);
  }
}
