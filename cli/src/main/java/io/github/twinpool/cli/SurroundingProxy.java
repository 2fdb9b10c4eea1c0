package io.github.twinpool.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells every HTTP client of this process which proxy its surroundings name. Left alone they
 * differ: the AWS SDK reads {@code http.proxyHost} and {@code HTTP_PROXY}, also for HTTPS, and the
 * JDK's client reads {@code https.proxyHost} alone. Operators set {@code HTTPS_PROXY}.
 */
final class SurroundingProxy {
  private static final List<String> LOOPBACK = List.of("localhost", "127.*", "[::1]");

  private SurroundingProxy() {}

  /**
   * Completes the JVM's properties; what is set there already stays.
   *
   * @throws IllegalArgumentException if a variable names no proxy; the text has no part of it,
   *     since it may have a password
   */
  static void apply(Map<String, String> environment, Properties properties) {
    String host = either(properties, "proxyHost");
    String port = either(properties, "proxyPort");
    if (host == null) {
      URI proxy = variable(environment);
      if (proxy == null) {
        return;
      }
      host = proxy.getHost();
      port = String.valueOf(proxy.getPort() < 0 ? 80 : proxy.getPort());
      credentials(proxy, properties);
    }
    for (String scheme : List.of("http", "https")) {
      properties.putIfAbsent(scheme + ".proxyHost", host);
      if (port != null) {
        properties.putIfAbsent(scheme + ".proxyPort", port);
      }
    }
    properties.putIfAbsent("http.nonProxyHosts", String.join("|", direct(environment)));
  }

  private static @Nullable String either(Properties properties, String name) {
    return properties.getProperty("https." + name, properties.getProperty("http." + name));
  }

  private static @Nullable URI variable(Map<String, String> environment) {
    for (String name : List.of("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")) {
      String value = environment.getOrDefault(name, "").trim();
      if (!value.isEmpty()) {
        return proxy(name, value);
      }
    }
    return null;
  }

  private static URI proxy(String name, String value) {
    try {
      URI proxy = new URI(value.contains("://") ? value : "http://" + value);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        return proxy;
      }
    } catch (URISyntaxException e) {
      // Said below: its message has the value.
    }
    throw new IllegalArgumentException(
        name + ": must be an address like http://proxy.example.com:3128");
  }

  /** For the AWS SDK. The JDK's client takes none from properties. */
  private static void credentials(URI proxy, Properties properties) {
    if (proxy.getRawUserInfo() != null) {
      String[] parts = proxy.getRawUserInfo().split(":", 2);
      properties.putIfAbsent("http.proxyUser", decoded(parts[0]));
      properties.putIfAbsent("http.proxyPassword", parts.length < 2 ? "" : decoded(parts[1]));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** This machine, and what NO_PROXY lists: names stand for what is below them, too. */
  private static List<String> direct(Map<String, String> environment) {
    String listed = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    List<String> all = new ArrayList<>(LOOPBACK);
    Stream.of(listed.split("[,\\s]+"))
        .map(host -> host.replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", ""))
        .filter(host -> !host.isEmpty())
        .flatMap(host -> host.equals("*") ? Stream.of("*") : Stream.of(host, "*." + host))
        .forEach(all::add);
    return all;
  }
}
