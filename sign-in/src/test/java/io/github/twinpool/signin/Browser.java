package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a login page needs: cookies, redirects, and one form. */
final class Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
  private static final Pattern FIELD = Pattern.compile("<input[^>]*>");
  private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
  private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

  private final URI application;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .connectTimeout(Duration.ofSeconds(2))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /** Where the browser is. */
  record Page(URI uri, int status, String body) {}

  /**
   * @param application where this browser stops: the application is not listening
   */
  Browser(URI application) {
    this.application = application;
  }

  /** Follows redirects until there is a page, or the application is reached. */
  Page open(URI uri) {
    return follow(HttpRequest.newBuilder(uri).build());
  }

  /** Fills in the page's form and sends it. */
  Page submit(Page page, Map<String, String> values) {
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError("no form in " + page);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(page.body());
    while (field.find()) {
      Matcher name = NAME.matcher(field.group());
      Matcher value = VALUE.matcher(field.group());
      if (name.find()) {
        fields.put(name.group(1), value.find() ? unescaped(value.group(1)) : "");
      }
    }
    fields.putAll(values);
    String body =
        fields.entrySet().stream()
            .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
            .collect(Collectors.joining("&"));
    return follow(
        HttpRequest.newBuilder(page.uri().resolve(unescaped(form.group(1))))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", page.uri().resolve("/").toString().replaceFirst("/$", ""))
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** Signs a person in and returns the query of the callback. */
  String signIn(URI location, String username, String password) {
    Page end = submit(open(location), Map.of("username", username, "password", password));
    if (!isApplication(end.uri())) {
      throw new AssertionError("not signed in: " + end);
    }
    String query = end.uri().getRawQuery();
    URLUtils.parseParameters(query).getOrDefault("code", List.of()).forEach(SecretsSeen::keep);
    return query;
  }

  private Page follow(HttpRequest first) {
    HttpRequest request = first;
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = send(request);
      if (response.statusCode() / 100 != 3) {
        return new Page(request.uri(), response.statusCode(), response.body());
      }
      URI next = request.uri().resolve(response.headers().firstValue("Location").orElseThrow());
      if (isApplication(next)) {
        return new Page(next, 0, "");
      }
      request = HttpRequest.newBuilder(next).build();
    }
    throw new AssertionError("redirects without end");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isApplication(URI uri) {
    return uri.toString().startsWith(application.toString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
