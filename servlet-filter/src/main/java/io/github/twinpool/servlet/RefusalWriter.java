package io.github.twinpool.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Answers with a problem document (RFC 9457) and a challenge (RFC 6750 section 3). */
final class RefusalWriter {
  /** Validators look for keys again within seconds, so there is no use in waiting for longer. */
  private static final String RETRY_AFTER_SECONDS = "5";

  private final String realm;

  /**
   * @param realm that can be quoted as it is
   */
  RefusalWriter(String realm) {
    this.realm = realm;
  }

  /** Keeps the headers that are there already: those of a CORS filter, say. */
  void write(Refusal refusal, HttpServletResponse response) throws IOException {
    response.resetBuffer();
    response.setStatus(refusal.status());
    response.setHeader("Cache-Control", "no-store");
    if (refusal.challenge()) {
      response.setHeader("WWW-Authenticate", challenge(refusal));
    }
    if (refusal.status() == 503) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    String body = body(refusal);
    response.setContentType("application/problem+json");
    response.setContentLength(body.length()); // ASCII
    send(body, response);
  }

  private static void send(String body, HttpServletResponse response) throws IOException {
    OutputStream out;
    try {
      out = response.getOutputStream();
    } catch (IllegalStateException e) { // who forwarded here had asked for the writer
      response.getWriter().write(body);
      return;
    }
    out.write(body.getBytes(US_ASCII));
  }

  private String challenge(Refusal refusal) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"").append(realm).append('"');
    if (refusal.error() != null) {
      challenge.append(", error=\"").append(refusal.error()).append('"');
      challenge.append(", error_description=\"").append(refusal.detail()).append('"');
    }
    if (!refusal.scopes().isEmpty()) {
      challenge.append(", scope=\"").append(String.join(" ", refusal.scopes())).append('"');
    }
    return challenge.toString();
  }

  /** Every text in it is one of ours, and none needs escaping. */
  private static String body(Refusal refusal) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}",
        title(refusal.status()),
        refusal.status(),
        refusal.detail(),
        refusal.code());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      default -> "Service Unavailable";
    };
  }
}
