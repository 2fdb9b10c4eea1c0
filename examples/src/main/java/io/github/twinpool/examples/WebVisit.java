package io.github.twinpool.examples;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and its answer: what the JDK's HTTP server leaves to those who use it. */
final class WebVisit {
  private final HttpExchange exchange;

  WebVisit(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** {@code GET /login} for one. */
  String route() {
    return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
  }

  /** The query as it came. */
  @Nullable String query() {
    return exchange.getRequestURI().getRawQuery();
  }

  /** The first parameter of that name in the query. */
  Optional<String> parameter(String name) {
    String query = query();
    return query == null ? Optional.empty() : value(name, List.of(query.split("&")));
  }

  /** What the browser keeps under that name. */
  Optional<String> cookie(String name) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .map(header -> value(name, List.of(header.split(";\\s*"))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> value(String name, List<String> pairs) {
    try {
      return pairs.stream()
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
          .findFirst();
    } catch (IllegalArgumentException e) { // not encoded as it should be
      return Optional.empty();
    }
  }

  /** Adds a {@code Set-Cookie} header. */
  void setCookie(String header) {
    exchange.getResponseHeaders().add("Set-Cookie", header);
  }

  /** Sends the browser elsewhere, by GET. */
  void redirect(URI location) throws IOException {
    exchange.getResponseHeaders().set("Location", location.toString());
    send(exchange.getRequestMethod().equals("POST") ? 303 : 302, "");
  }

  void page(int status, String html) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
    send(status, html);
  }

  /** Nothing is kept, framed, or run; and a code in an address is told to no other page. */
  private void send(int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
