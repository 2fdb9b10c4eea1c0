package io.github.twinpool.examples;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Chromium without a screen, driven by the W3C's WebDriver protocol. */
final class Chromium implements WebBrowser {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI session;

  private Chromium(Path chromium, Path chromedriver) throws IOException {
    driver = new ProcessBuilder(chromedriver.toString(), "--port=0").start();
    BufferedReader log = driver.inputReader();
    URI base = URI.create("http://127.0.0.1:" + port(log) + "/session");
    Map<String, Object> options = Map.of("binary", chromium.toString(), "args", FLAGS);
    Map<String, Object> capabilities = Map.of("alwaysMatch", Map.of("goog:chromeOptions", options));
    Object id = ((Map<?, ?>) post(base, Map.of("capabilities", capabilities))).get("sessionId");
    session = URI.create(base + "/" + id);
  }

  /** A new one without cookies, where it is installed. */
  static Optional<Chromium> start() throws IOException {
    Optional<Path> chromium = installed("chromium");
    Optional<Path> chromedriver = installed("chromedriver");
    return chromium.isPresent() && chromedriver.isPresent()
        ? Optional.of(new Chromium(chromium.get(), chromedriver.get()))
        : Optional.empty();
  }

  private static Optional<Path> installed(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String port(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return port.group(1);
      }
    }
    throw new IllegalStateException("chromedriver did not start");
  }

  @Override
  public void open(URI address) {
    post("/url", Map.of("url", address.toString()));
  }

  @Override
  public URI address() {
    return URI.create((String) get("/url"));
  }

  @Override
  public String text() {
    return (String) get("/element/" + find("//body") + "/text");
  }

  @Override
  public void enter(String field, String value) {
    String element = find("//input[@name='" + field + "']");
    post("/element/" + element + "/clear", Map.of());
    post("/element/" + element + "/value", Map.of("text", value));
  }

  @Override
  public void press(String label) {
    String path = "//*[(self::a or self::button) and normalize-space()='" + label + "']";
    post("/element/" + find(path) + "/click", Map.of());
  }

  /** Waits until it is there. */
  private String find(String xpath) {
    Map<String, Object> query = Map.of("using", "xpath", "value", xpath);
    List<?> found =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> (List<?>) post("/elements", query), it -> !it.isEmpty());
    return (String) ((Map<?, ?>) found.get(0)).values().iterator().next();
  }

  private Object get(String command) {
    return send(HttpRequest.newBuilder(URI.create(session + command)));
  }

  private Object post(String command, Map<String, Object> body) {
    return post(URI.create(session + command), body);
  }

  private Object post(URI address, Map<String, Object> body) {
    String json = JSONObjectUtils.toJSONString(body);
    return send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(json)));
  }

  private Object send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
      return JSONObjectUtils.parse(answer.body()).get("value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      send(HttpRequest.newBuilder(session).DELETE());
    } finally {
      driver.destroy();
    }
  }
}
