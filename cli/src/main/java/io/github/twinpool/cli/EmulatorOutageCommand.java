package io.github.twinpool.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.internal.net.Endpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Switches outages of an emulator that another process runs. */
@Command(
    name = "outage",
    mixinStandardHelpOptions = true,
    description = {
      "Switches outages of a running emulator.",
      "Without TARGET and OUTAGE it lists all outages, and what is on now. The"
          + " emulator of this user is found by itself, if there is one only."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EmulatorOutageCommand implements Callable<Integer> {
  static final String TOKEN = "TWINPOOL_EMULATOR_TOKEN";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TARGET",
      description = "PRIMARY, SECONDARY, PRIMARY_DOMAIN or SECONDARY_DOMAIN.")
  @Nullable String target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUTAGE",
      description = "Such as hang, or none, which ends it.")
  @Nullable String outage;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Of latency and the like, such as 2s.")
  @Nullable Duration duration;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "Of packets or requests, from 0 to 1.")
  @Nullable Double share;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Which packets or requests. Default: 1.")
  @Nullable Long seed;

  @Option(names = "--status", paramLabel = "STATUS", description = "Of proxy-page, such as 502.")
  @Nullable Integer status;

  @Option(names = "--end", description = "Ends all outages.")
  boolean end;

  @Option(
      names = "--control",
      paramLabel = "URL",
      description = {
        "Where outages are switched, as the emulator printed it. The token is read"
            + " from the environment: "
            + TOKEN
            + "."
      })
  @Nullable URI control;

  @Option(
      names = "--control-files",
      paramLabel = "DIR",
      description = "Where emulators leave their tokens. Default: ~/.twinpool.")
  Path files = EmulatorCommand.files();

  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (target != null && outage == null) {
      throw new ParameterException(spec.commandLine(), "OUTAGE is missing");
    }
    if (end && target != null) {
      throw new ParameterException(spec.commandLine(), "--end takes no TARGET");
    }
    ControlFile emulator = emulator();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(emulator.endpoint().resolve("/outages"))
            .timeout(PATIENCE)
            .header("X-Twinpool-Token", emulator.token());
    if (end) {
      request.DELETE();
    } else if (target != null) {
      request.POST(BodyPublishers.ofString(body().toString()));
    }
    // No proxy: a token goes to this machine only.
    HttpClient http =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE).build();
    try {
      return told(http.send(request.build(), BodyHandlers.ofString(UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException("No emulator answers at " + emulator.endpoint(), e);
    }
  }

  private ObjectNode body() {
    ObjectNode body =
        JSON.createObjectNode()
            .put("target", String.valueOf(target).toUpperCase(Locale.ROOT))
            .put("outage", outage);
    if (duration != null) {
      body.put("duration", duration.toString());
    }
    if (share != null) {
      body.put("share", share);
    }
    if (seed != null) {
      body.put("seed", seed);
    }
    if (status != null) {
      body.put("status", status);
    }
    return body;
  }

  /** The one that the options name, or the only one there is. */
  private ControlFile emulator() {
    if (control != null) {
      String objection = Endpoints.objection(control);
      if (objection != null) {
        throw new ParameterException(
            spec.commandLine(), "--control " + Endpoints.shown(control) + ": " + objection);
      }
      String token = System.getenv(TOKEN);
      if (token == null || token.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--control: the environment must have " + TOKEN);
      }
      return new ControlFile(control, token, 0);
    }
    List<ControlFile> running = ControlFile.ofAll(files);
    if (running.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "No emulator of this user runs: start one, or name --control");
    }
    if (running.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "Several emulators of this user run: name one with --control");
    }
    return running.get(0);
  }

  private int told(HttpResponse<String> response) throws IOException {
    JsonNode answer = JSON.readTree(response.body());
    String error = answer.path("error").asText();
    switch (response.statusCode()) {
      case 200 -> {}
      case 400, 409 -> throw new ParameterException(spec.commandLine(), error);
      default -> throw new IllegalStateException(response.statusCode() + " " + error);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
      return 0;
    }
    for (JsonNode known : answer.path("outages")) {
      StringBuilder name = new StringBuilder(known.path("name").asText());
      known.path("parameters").forEach(it -> name.append(" --").append(it.asText()));
      out.println(name);
    }
    answer
        .path("now")
        .properties()
        .forEach(
            it -> {
              StringBuilder line = new StringBuilder();
              it.getValue()
                  .properties()
                  .forEach(
                      value ->
                          line.append(value.getKey().equals("outage") ? "" : " " + value.getKey())
                              .append(' ')
                              .append(value.getValue().asText()));
              out.printf(Locale.ROOT, "%-16s%s%n", it.getKey(), line);
            });
    return 0;
  }
}
