package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a proxy, a load balancer or a captive portal answers: HTML, and nothing of Cognito. */
final class ProxyPage {
  /** A name that leads nowhere (RFC 6761): who follows the redirect gets no further. */
  private static final String PORTAL = "https://portal.example.test/login";

  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "Welcome",
          302, "Found",
          403, "Forbidden",
          407, "Proxy Authentication Required",
          502, "Bad Gateway",
          503, "Service Temporarily Unavailable",
          504, "Gateway Time-out");

  private ProxyPage() {}

  static Reply of(int status) {
    String text = status + " " + REASONS.getOrDefault(status, "Error");
    String page =
        "<html><head><title>"
            + text
            + "</title></head><body><center><h1>"
            + text
            + "</h1></center></body></html>";
    Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "text/html"));
    if (status / 100 == 3) {
      headers.put("Location", PORTAL);
    }
    return new Reply(status, headers, page.getBytes(StandardCharsets.UTF_8));
  }
}
