package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers of a domain: JSON, pages and redirects, none of which may be stored. */
final class DomainReply {
  private DomainReply() {}

  static Reply json(int status, ObjectNode body) {
    return reply(status, "application/json;charset=UTF-8", WireJson.write(body));
  }

  static Reply error(OAuthError error) {
    ObjectNode body = WireJson.object().put("error", error.error());
    if (!error.description().isEmpty()) {
      body.put("error_description", error.description());
    }
    return json(error.status(), body);
  }

  static Reply empty() {
    return reply(200, "application/json;charset=UTF-8", new byte[0]);
  }

  static Reply page(int status, String html) {
    Reply reply = reply(status, "text/html;charset=UTF-8", html.getBytes(StandardCharsets.UTF_8));
    reply.headers().put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    reply.headers().put("X-Content-Type-Options", "nosniff");
    return reply;
  }

  /** A redirect to an address that was checked. */
  static Reply redirect(String location) {
    Reply reply = reply(302, "text/plain", new byte[0]);
    reply.headers().put("Location", location);
    return reply;
  }

  /** An address with these parameters added. */
  static String with(String address, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder(address);
    char separator = address.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator)
          .append(encoded(parameter.getKey()))
          .append('=')
          .append(encoded(parameter.getValue()));
      separator = '&';
    }
    return text.toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** No Secure: an emulator speaks HTTP. */
  static Reply withCookie(Reply reply, String name, String value) {
    String age = value.isEmpty() ? "; Max-Age=0" : "";
    reply
        .headers()
        .put("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + age);
    return reply;
  }

  private static Reply reply(int status, String contentType, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
    headers.put("Pragma", "no-cache");
    return new Reply(status, headers, body);
  }
}
