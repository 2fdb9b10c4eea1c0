package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person's browser does at a login page: cookies, forms, and no redirect unseen. */
final class Browser {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** A page or a redirect. */
  record Page(URI at, HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String html() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Where it redirects to. */
    URI location() {
      return at.resolve(header("location"));
    }

    /** A parameter of where it redirects to, or the empty string. */
    String sent(String parameter) {
      return query(location()).getOrDefault(parameter, "");
    }

    /** The value of a field of its form. */
    String field(String name) {
      Matcher matcher =
          Pattern.compile("name=\"" + name + "\"[^>]* value=\"([^\"]*)\"").matcher(html());
      return matcher.find() ? unescaped(matcher.group(1)) : "";
    }

    URI formAction() {
      Matcher matcher = Pattern.compile("<form [^>]*action=\"([^\"]*)\"").matcher(html());
      if (!matcher.find()) {
        throw new AssertionError("no form: " + html());
      }
      return at.resolve(unescaped(matcher.group(1)));
    }
  }

  static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(
          URLDecoder.decode(parts[0], UTF_8),
          parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
    }
    return query;
  }

  static String form(Map<String, String> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach(
        (name, value) ->
            pairs.add(URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8)));
    return String.join("&", pairs);
  }

  Page get(URI uri) {
    return send(HttpRequest.newBuilder(uri));
  }

  Page post(URI uri, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields))));
  }

  /** Fills in the form of a login page. */
  Page signIn(Page page, String username, String password) {
    return post(
        page.formAction(),
        Map.of("_csrf", page.field("_csrf"), "username", username, "password", password));
  }

  /** Follows redirects as long as they stay on this machine's 127.0.0.1. */
  Page follow(URI uri) {
    Page page = get(uri);
    while (page.status() == 302 && "127.0.0.1".equals(page.location().getHost())) {
      page = get(page.location());
    }
    return page;
  }

  void forget(String cookie) {
    cookies.keySet().removeIf(name -> name.startsWith(cookie));
  }

  private Page send(HttpRequest.Builder request) {
    request.timeout(Duration.ofSeconds(30));
    if (!cookies.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      request.header("Cookie", String.join("; ", pairs));
    }
    HttpRequest built = request.build();
    try {
      HttpResponse<String> response = http.send(built, BodyHandlers.ofString());
      for (String cookie : response.headers().allValues("set-cookie")) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty()) {
          cookies.remove(pair[0]);
        } else {
          cookies.put(pair[0], pair[1]);
        }
      }
      return new Page(built.uri(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
