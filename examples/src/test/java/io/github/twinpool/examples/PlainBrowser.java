package io.github.twinpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a browser as the pages need, so that the scenarios run everywhere. (The JDK's cookie
 * manager writes cookies that have a Max-Age as RFC 2965 has it, which servers have forgotten.)
 */
final class PlainBrowser implements WebBrowser {
  private static final Set<Integer> REDIRECTS = Set.of(302, 303);
  private static final Pattern FORM =
      Pattern.compile("(?s)<form([^>]*)>(.*?<button[^>]*>([^<]*)</button>.*?)</form>");
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final Map<String, String> typed = new HashMap<>();
  private HttpResponse<String> page;

  @Override
  public void open(URI address) {
    go(HttpRequest.newBuilder(address));
  }

  private void go(HttpRequest.Builder request) {
    page = send(request);
    for (int i = 0; REDIRECTS.contains(page.statusCode()); i++) {
      if (i == 20) {
        throw new AssertionError("redirected in circles: " + page.uri());
      }
      page = send(HttpRequest.newBuilder(target(page)));
    }
    typed.clear();
  }

  /** One request, whose redirect is not followed. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      URI address = request.copy().build().uri();
      // As everywhere, the ports of a host share its cookies.
      Map<String, String> kept = cookies.computeIfAbsent(address.getHost(), it -> new HashMap<>());
      request.timeout(Duration.ofSeconds(30));
      if (!kept.isEmpty()) {
        request.header("Cookie", joined(kept, "; "));
      }
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      for (String header : answer.headers().allValues("set-cookie")) {
        String[] pair = header.split(";", 2)[0].split("=", 2);
        kept.put(pair[0], pair[1]);
        kept.values().removeIf(String::isEmpty);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static URI target(HttpResponse<String> redirect) {
    return redirect.uri().resolve(redirect.headers().firstValue("location").orElseThrow());
  }

  /** The value of a cookie of {@code localhost}. */
  String cookie(String name) {
    return cookies.get("localhost").get(name);
  }

  void forgetCookies() {
    cookies.clear();
  }

  @Override
  public URI address() {
    return page.uri();
  }

  int status() {
    return page.statusCode();
  }

  String html() {
    return page.body();
  }

  @Override
  public String text() {
    return unescaped(page.body().replaceAll("<[^>]*>", " "));
  }

  @Override
  public void enter(String field, String value) {
    typed.put(field, value);
  }

  @Override
  public void press(String label) {
    Matcher link =
        Pattern.compile("<a href=\"([^\"]*)\">" + Pattern.quote(label) + "</a>").matcher(html());
    if (link.find()) {
      open(address().resolve(unescaped(link.group(1))));
      return;
    }
    go(form(label));
  }

  /** Sends a login page's form, and does not follow the redirect. */
  HttpResponse<String> sendForm(String button, String username, String password) {
    enter("username", username);
    enter("password", password);
    return send(form(button));
  }

  private HttpRequest.Builder form(String button) {
    Matcher form = FORM.matcher(html());
    while (form.find()) {
      if (form.group(3).equals(button)) {
        return filledIn(attribute(form.group(1), "action"), form.group(2));
      }
    }
    throw new AssertionError("no " + button + " here: " + html());
  }

  private HttpRequest.Builder filledIn(String action, String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher input = INPUT.matcher(form);
    while (input.find()) {
      String name = attribute(input.group(), "name");
      fields.put(name, typed.getOrDefault(name, attribute(input.group(), "value")));
    }
    fields.replaceAll((name, value) -> URLEncoder.encode(value, UTF_8));
    return HttpRequest.newBuilder(address().resolve(action))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(joined(fields, "&")));
  }

  private static String joined(Map<String, String> pairs, String separator) {
    return pairs.entrySet().stream().map(Object::toString).collect(Collectors.joining(separator));
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
    return matcher.find() ? unescaped(matcher.group(1)) : "";
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Override
  public void close() {
    // nothing to end
  }
}
