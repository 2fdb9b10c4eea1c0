package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * As much of Route 53's API as a health check needs: GetHealthCheck, GetHealthCheckStatus, and of
 * UpdateHealthCheck the members Inverted and Disabled. XML over REST, as Route 53 speaks it.
 */
final class Route53Service implements EmulatorHttpServer.Handler {
  private static final String PATH = "/2013-04-01/healthcheck/";
  private static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";
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

  private final HealthCheck check;
  private final InstantSource clock;
  private final Counters calls = new Counters();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  Route53Service(HealthCheck check, InstantSource clock) {
    this.check = check;
    this.clock = clock;
  }

  Counters calls() {
    return calls;
  }

  void deny(Set<String> operations) {
    denied.clear();
    denied.addAll(operations);
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    String path = request.path();
    if (!path.startsWith(PATH)) {
      return error(404, "UnknownOperationException", "There is nothing at this path.");
    }
    boolean status = path.endsWith("/status");
    String id = path.substring(PATH.length(), path.length() - (status ? "/status".length() : 0));
    String operation = request.method() + (status ? " status" : "");
    return switch (operation) {
      case "GET" -> admitted("GetHealthCheck", id).orElseGet(this::describe);
      case "GET status" -> admitted("GetHealthCheckStatus", id).orElseGet(this::status);
      case "POST" -> admitted("UpdateHealthCheck", id).orElseGet(() -> update(request.body()));
      default -> error(400, "NotEmulatedException", "The emulator does not emulate this.");
    };
  }

  private Optional<Reply> admitted(String operation, String id) {
    calls.increment(operation);
    if (denied.contains(operation)) {
      return Optional.of(
          error(
              403,
              "AccessDenied",
              "User: arn:aws:iam::123456789012:user/test is not authorized to perform: route53:"
                  + operation
                  + " because no identity-based policy allows the route53:"
                  + operation
                  + " action"));
    }
    return id.equals(check.id())
        ? Optional.empty()
        : Optional.of(
            error(404, "NoSuchHealthCheck", "A health check with this ID does not exist."));
  }

  private Reply describe() {
    return xml(200, "GetHealthCheckResponse", healthCheck());
  }

  private String healthCheck() {
    HealthCheck.Config config = check.config();
    return "<HealthCheck>"
        + element("Id", check.id())
        + element("CallerReference", "twinpool")
        + "<HealthCheckConfig>"
        + element("Type", "HTTPS")
        + element("FullyQualifiedDomainName", "health.example.com")
        + element("Port", "443")
        + element("RequestInterval", "10")
        + element("FailureThreshold", "3")
        + element("Inverted", String.valueOf(config.inverted()))
        + element("Disabled", String.valueOf(config.disabled()))
        + "</HealthCheckConfig>"
        + element("HealthCheckVersion", String.valueOf(config.version()))
        + "</HealthCheck>";
  }

  private Reply status() {
    int healthy = check.healthyCheckers();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder observations = new StringBuilder("<HealthCheckObservations>");
    for (int i = 0; i < HealthCheck.CHECKERS; i++) {
      String seen =
          i < healthy
              ? "Success: HTTP Status Code 200, OK"
              : "Failure: Connection timed out. The endpoint or the internet connection is down.";
      observations
          .append("<HealthCheckObservation>")
          .append(element("Region", REGIONS[i % REGIONS.length]))
          .append(element("IPAddress", "192.0.2." + (i + 1)))
          .append("<StatusReport>")
          .append(element("Status", seen))
          .append(element("CheckedTime", now.toString()))
          .append("</StatusReport></HealthCheckObservation>");
    }
    return xml(
        200, "GetHealthCheckStatusResponse", observations.append("</HealthCheckObservations>"));
  }

  private Reply update(byte[] body) {
    HealthCheck.Config now = check.config();
    try {
      Document request = parsed(body);
      check.change(
          flag(request, "Inverted").orElse(now.inverted()),
          flag(request, "Disabled").orElse(now.disabled()));
      return xml(200, "UpdateHealthCheckResponse", healthCheck());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      return error(400, "InvalidInput", "The request is not well-formed.");
    }
  }

  private static Document parsed(byte[] body)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null); // or else it prints what is wrong
    return builder.parse(new ByteArrayInputStream(body));
  }

  private static Optional<Boolean> flag(Document request, String name) {
    NodeList found = request.getElementsByTagName(name);
    return found.getLength() == 0
        ? Optional.empty()
        : Optional.of(Boolean.parseBoolean(found.item(0).getTextContent().trim()));
  }

  private static Reply error(int status, String code, String message) {
    return xml(
        status,
        "ErrorResponse",
        "<Error>"
            + element("Type", "Sender")
            + element("Code", code)
            + element("Message", message)
            + "</Error>"
            + element("RequestId", "twinpool"));
  }

  /** None of the texts here has a character that XML would mind. */
  private static String element(String name, String text) {
    return "<" + name + ">" + text + "</" + name + ">";
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
