package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Route 53's API as health checks and failover records need. XML over REST. */
final class Route53Service implements EmulatorHttpServer.Handler {
  private static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";
  private static final String VERSION = "/2013-04-01/";

  private final Counters calls = new Counters();
  private final Denials denials = new Denials();
  private final HealthChecks healthChecks;
  private final HostedZone hostedZone;
  private final List<Route> routes;

  private interface Work {
    String answer(MatchResult path, ReceivedRequest request);
  }

  private record Route(String method, Pattern path, int status, String operation, Work work) {}

  /**
   * The API of health checks and of one zone.
   *
   * @param consistency until a change of records is in sync
   */
  Route53Service(
      HealthChecks healthChecks,
      HostedZone hostedZone,
      InstantSource clock,
      FreshNames names,
      Duration consistency) {
    this.healthChecks = healthChecks;
    this.hostedZone = hostedZone;
    HealthCheckApi checks = new HealthCheckApi(healthChecks, clock);
    RecordSetApi records = new RecordSetApi(hostedZone, clock, names, consistency);
    String check = "healthcheck/([^/]+)";
    String zone = "hostedzone/([^/]+)/rrset";
    routes =
        List.of(
            route(
                "POST", "healthcheck", 201, "CreateHealthCheck", (p, r) -> checks.create(r.body())),
            route("GET", "healthcheck", 200, "ListHealthChecks", (p, r) -> checks.list()),
            route("GET", check, 200, "GetHealthCheck", (p, r) -> checks.get(p.group(1))),
            route(
                "GET",
                check + "/status",
                200,
                "GetHealthCheckStatus",
                (p, r) -> checks.status(p.group(1))),
            route(
                "POST",
                check,
                200,
                "UpdateHealthCheck",
                (p, r) -> checks.update(p.group(1), r.body())),
            route("DELETE", check, 200, "DeleteHealthCheck", (p, r) -> checks.delete(p.group(1))),
            route(
                "POST",
                zone,
                200,
                "ChangeResourceRecordSets",
                (p, r) -> records.change(p.group(1), r.body())),
            route(
                "GET",
                zone,
                200,
                "ListResourceRecordSets",
                (p, r) -> records.list(p.group(1), Parameters.parse(r.query()))),
            route("GET", "change/([^/]+)", 200, "GetChange", (p, r) -> records.get(p.group(1))));
  }

  private static Route route(String method, String path, int status, String name, Work work) {
    return new Route(method, Pattern.compile(VERSION + path + "/?"), status, name, work);
  }

  HealthChecks checks() {
    return healthChecks;
  }

  HostedZone zone() {
    return hostedZone;
  }

  Counters calls() {
    return calls;
  }

  Denials denials() {
    return denials;
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    for (Route route : routes) {
      Matcher path = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && path.matches()) {
        calls.increment(route.operation());
        return answer(
            route.status(),
            route.operation(),
            () -> {
              denials.check(route.operation());
              return route.work().answer(path.toMatchResult(), request);
            });
      }
    }
    return error(
        new Route53Error(400, "NotEmulatedException", "The emulator does not emulate this."));
  }

  private static Reply answer(int status, String operation, Supplier<String> work) {
    try {
      return xml(status, operation + "Response", work.get());
    } catch (Denials.Denied denied) {
      return error(new Route53Error(403, "AccessDenied", denied.message("route53", operation)));
    } catch (OAuthError unreadable) {
      return error(Route53Error.invalidInput("The query is malformed."));
    } catch (Route53Error error) {
      return error(error);
    }
  }

  private static Reply error(Route53Error error) {
    return xml(
        error.status(),
        "ErrorResponse",
        Xml.nested(
                "Error",
                Xml.element("Type", "Sender")
                    + Xml.element("Code", error.code())
                    + Xml.element("Message", error.text()))
            + Xml.element("RequestId", "twinpool"));
  }

  private static Reply xml(int status, String root, CharSequence content) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><"
            + root
            + " xmlns=\""
            + NAMESPACE
            + "\">"
            + content
            + "</"
            + root
            + ">";
    return new Reply(status, Map.of("Content-Type", "text/xml"), body.getBytes(UTF_8));
  }
}
