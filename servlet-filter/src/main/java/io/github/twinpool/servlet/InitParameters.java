package io.github.twinpool.servlet;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A filter's settings in {@code web.xml}. Each problem names the parameter and its value. */
final class InitParameters {
  private static final Set<String> NAMES =
      Set.of(
          "userPoolId",
          "secondaryRegion",
          "fips",
          "primaryEndpoint",
          "secondaryEndpoint",
          "updatedIssuerEndpoint",
          "clientIds",
          "anyClient",
          "publicPaths",
          "requireScopes",
          "requireAnyGroup",
          "cookie",
          "allowedOrigins",
          "acceptIdTokens",
          "allowPreflight",
          "realm");

  private final FilterConfig config;

  private InitParameters(FilterConfig config) {
    this.config = config;
  }

  /** Of a filter that its builder has configured already. */
  static void checkNone(FilterConfig config) throws ServletException {
    for (String name : Collections.list(config.getInitParameterNames())) {
      throw new ServletException(
          describe(name, config.getInitParameter(name)) + "this filter was built by its builder");
    }
  }

  static InitParameters of(FilterConfig config) throws ServletException {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!NAMES.contains(name)) {
        throw new ServletException(
            describe(name, config.getInitParameter(name))
                + "unknown, there are "
                + new TreeSet<>(NAMES));
      }
    }
    return new InitParameters(config);
  }

  FilterOptions options() throws ServletException {
    FilterOptions options = new FilterOptions();
    read("publicPaths", value -> options.publicPaths(entries(value)));
    read("requireScopes", value -> forEachRule(value, options::requireScopes));
    read("requireAnyGroup", value -> forEachRule(value, options::requireAnyGroup));
    read("cookie", options::cookie);
    read("allowedOrigins", value -> options.allowedOrigins(words(value)));
    read("acceptIdTokens", value -> options.acceptIdTokens(flag(value)));
    read("allowPreflight", value -> options.allowPreflight(flag(value)));
    read("realm", options::realm);
    checked(options::check);
    return options;
  }

  /** A validator whose pool and clients have been checked, not yet built: that starts threads. */
  TokenValidator.Builder validator() throws ServletException {
    TokenValidator.Builder validator = TokenValidator.builder(pool());
    boolean[] any = {false};
    read("anyClient", value -> any[0] = flag(value));
    if (any[0] == (config.getInitParameter("clientIds") != null)) {
      throw new ServletException(
          describe("clientIds", config.getInitParameter("clientIds"))
              + "wants app clients, or anyClient 'true' instead");
    }
    if (any[0]) {
      validator.anyClient();
    }
    read("clientIds", value -> validator.clientId(words(value)));
    return validator;
  }

  private UserPool pool() throws ServletException {
    UserPool.Builder[] pool = new UserPool.Builder[1];
    read("userPoolId", value -> pool[0] = UserPool.builder(value));
    UserPool.Builder builder = pool[0];
    if (builder == null) {
      throw new ServletException(describe("userPoolId", null) + "is required");
    }
    read("secondaryRegion", builder::secondaryRegion);
    read("fips", value -> builder.fips(flag(value)));
    read("primaryEndpoint", uri -> builder.endpoint(RegionRole.PRIMARY, URI.create(uri)));
    read("secondaryEndpoint", uri -> builder.endpoint(RegionRole.SECONDARY, URI.create(uri)));
    read("updatedIssuerEndpoint", uri -> builder.updatedIssuerEndpoint(URI.create(uri)));
    UserPool[] built = new UserPool[1];
    checked(() -> built[0] = builder.build());
    return built[0];
  }

  private void read(String name, Consumer<String> setter) throws ServletException {
    String value = config.getInitParameter(name);
    if (value == null) {
      return;
    }
    try {
      setter.accept(value.strip());
    } catch (IllegalArgumentException e) {
      throw new ServletException(describe(name, value) + e.getMessage(), e);
    }
  }

  /** What several parameters are together: the message names the field and its value. */
  private static void checked(Runnable check) throws ServletException {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new ServletException("init parameters of CognitoTokenFilter: " + e.getMessage(), e);
    }
  }

  private static String describe(String name, @Nullable String value) {
    return "init parameter "
        + name
        + " of CognitoTokenFilter"
        + (value == null ? ": " : " '" + value.strip() + "': ");
  }

  private static boolean flag(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("wants true or false");
    }
    return value.equals("true");
  }

  private static String[] words(String value) {
    return split(value, "[\\s,]+");
  }

  /** One in each line, or between commas. */
  private static String[] entries(String value) {
    return split(value, "[\\r\\n,]+");
  }

  private static String[] split(String value, String separator) {
    return Arrays.stream(value.split(separator, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toArray(String[]::new);
  }

  /** A pattern, with or without a method, and what it asks for. */
  private static void forEachRule(String value, BiConsumer<String, String[]> rule) {
    String[] entries = entries(value);
    if (entries.length == 0) {
      throw new IllegalArgumentException("wants a pattern and what it asks for in each line");
    }
    for (String entry : entries) {
      List<String> words = List.of(words(entry));
      int names = words.get(0).startsWith("/") ? 1 : Math.min(2, words.size());
      rule.accept(
          String.join(" ", words.subList(0, names)),
          words.subList(names, words.size()).toArray(String[]::new));
    }
  }
}
