package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Outages for programs in any language, at {@code /outages}: {@code GET} lists all and says which
 * are on, {@code POST} switches one on, {@code DELETE} ends all. Each request must have the token
 * in a header of its own, so that no page in a browser can send one: nothing here answers a
 * preflight. Thread-safe.
 */
final class ControlService implements EmulatorHttpServer.Handler {
  static final String TOKEN_HEADER = "X-Twinpool-Token";

  private static final String PATH = "/outages";
  private static final String TARGET = "target";
  private static final String OUTAGE = "outage";
  private static final int BODY_MAX = 4 * 1024;

  private final byte[] token;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  /** What can have an outage. */
  private record Target(Supplier<Outage> now, Consumer<Outage> change) {}

  /** A refusal in words for the caller. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  ControlService(Listeners listeners, String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
    for (RegionRole role : RegionRole.values()) {
      EmulatedRegion region = listeners.region(role);
      targets.put(role.name(), new Target(region::outage, region::outage));
      targets.put(role.name() + "_DOMAIN", new Target(region::domainOutage, region::domainOutage));
    }
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    try {
      requireToken(request);
      if (!request.path().equals(PATH)) {
        throw new Refused(404, "There is nothing at this path; try " + PATH);
      }
      return answer(200, changed(request));
    } catch (Refused refused) {
      return answer(
          refused.status, WireJson.object().put("error", String.valueOf(refused.getMessage())));
    }
  }

  private void requireToken(ReceivedRequest request) {
    String given = request.header(TOKEN_HEADER.toLowerCase(Locale.ROOT));
    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token)) {
      throw new Refused(401, "The header " + TOKEN_HEADER + " must have the emulator's token");
    }
  }

  private ObjectNode changed(ReceivedRequest request) {
    switch (request.method()) {
      case "GET" -> {
        return list();
      }
      case "POST" -> change(body(request));
      case "DELETE" -> targets.values().forEach(target -> target.change().accept(Outage.none()));
      default -> throw new Refused(405, "GET, POST and DELETE are known");
    }
    return WireJson.object().set("now", now());
  }

  private static ObjectNode body(ReceivedRequest request) {
    if (request.body().length > BODY_MAX) {
      throw new Refused(413, "The request is longer than " + BODY_MAX + " bytes");
    }
    try {
      return WireJson.read(request.body());
    } catch (WireError e) {
      throw new Refused(400, e.text());
    }
  }

  private void change(ObjectNode request) {
    Map<String, String> values = new LinkedHashMap<>();
    request
        .properties()
        .forEach(member -> values.put(member.getKey(), text(member.getKey(), member.getValue())));
    String name = values.remove(TARGET);
    Target target = name == null ? null : targets.get(name);
    if (target == null) {
      throw new Refused(400, TARGET + ": must be one of " + targets.keySet());
    }
    String outage = values.remove(OUTAGE);
    if (outage == null) {
      throw new Refused(400, OUTAGE + ": must be the name of one");
    }
    try {
      target.change().accept(Outage.named(outage, values));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw new Refused(409, String.valueOf(e.getMessage()));
    }
  }

  private static String text(String member, JsonNode value) {
    if (!value.isTextual() && !value.isNumber()) {
      throw new Refused(400, member + ": must be a string or a number");
    }
    return value.asText();
  }

  private ObjectNode list() {
    ObjectNode answer = WireJson.object();
    ArrayNode outages = answer.putArray("outages");
    for (OutageKind kind : OutageKind.values()) {
      ObjectNode shown = outages.addObject().put("name", kind.label());
      ArrayNode parameters = shown.putArray("parameters");
      kind.parameters().forEach(parameter -> parameters.add(parameter.label()));
      shown.put("seen", kind.seen()).put("processed", kind.processed());
    }
    answer.set("now", now());
    return answer;
  }

  private ObjectNode now() {
    ObjectNode now = WireJson.object();
    targets.forEach(
        (name, target) -> {
          Outage outage = target.now().get();
          ObjectNode shown = now.putObject(name).put(OUTAGE, outage.kind().label());
          outage.values().forEach(shown::put);
        });
    return now;
  }

  private static Reply answer(int status, ObjectNode body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return new Reply(status, headers, WireJson.write(body));
  }
}
