package io.github.twinpool.servlet;

import io.github.twinpool.token.TokenValidator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What builder and init parameters have in common. Each method refuses a bad value by its name. */
final class FilterOptions {
  /** RFC 6749 section 3.3; such scopes can be quoted as they are. */
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");

  /** RFC 6265 section 4.1.1. */
  private static final Pattern COOKIE_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern REALM = Pattern.compile("[ !#-\\[\\]-~]+");

  private final PathRules.Collector rules = new PathRules.Collector();
  private final Set<Origin> allowedOrigins = new LinkedHashSet<>();
  private @Nullable String cookieName;
  private String realm = "cognito";
  private boolean acceptIdTokens;
  private boolean allowPreflight;

  void publicPaths(String... patterns) {
    for (String pattern : some("publicPaths", patterns)) {
      rules.open(pattern);
    }
  }

  void requireScopes(String pattern, String... scopes) {
    for (String scope : some("requireScopes " + pattern, scopes)) {
      String alone = CognitoPrincipal.QUALIFIED.matcher(scope).replaceFirst("");
      matching("requireScopes", SCOPE, alone, "a scope of RFC 6749");
    }
    rules.scopes(pattern, set(scopes));
  }

  void requireAnyGroup(String pattern, String... groups) {
    for (String group : some("requireAnyGroup " + pattern, groups)) {
      if (group.isBlank()) {
        throw new IllegalArgumentException("requireAnyGroup '" + group + "': wants a group");
      }
    }
    rules.anyGroup(pattern, set(groups));
  }

  void cookie(String name) {
    cookieName = matching("cookie", COOKIE_NAME, name, "a cookie's name");
  }

  void allowedOrigins(String... origins) {
    for (String text : some("allowedOrigins", origins)) {
      Origin origin =
          Origin.parse(text)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "allowedOrigins '" + text + "': wants scheme://host or with :port"));
      allowedOrigins.add(origin);
    }
  }

  void realm(String realm) {
    this.realm = matching("realm", REALM, realm, "printable ASCII without quotes and backslashes");
  }

  void acceptIdTokens(boolean accept) {
    acceptIdTokens = accept;
  }

  void allowPreflight(boolean allow) {
    allowPreflight = allow;
  }

  /**
   * @throws IllegalArgumentException if options contradict each other
   */
  void check() {
    rules.rules();
    if (cookieName == null && !allowedOrigins.isEmpty()) {
      throw new IllegalArgumentException(
          "allowedOrigins '" + allowedOrigins + "': is for cookies, and no cookie is given");
    }
  }

  TokenGate gate(TokenValidator validator) {
    check();
    if (acceptIdTokens && !validator.accessTokenRequirements().isEmpty()) {
      throw new IllegalArgumentException(
          "acceptIdTokens 'true': the validator has "
              + String.join(" and ", new TreeSet<>(validator.accessTokenRequirements()))
              + ", which no ID token meets; leave out one of the two");
    }
    return new TokenGate(
        validator,
        rules.rules(),
        new TokenFinder(cookieName, new OriginCheck(allowedOrigins)),
        acceptIdTokens,
        allowPreflight);
  }

  RefusalWriter refusals() {
    return new RefusalWriter(realm);
  }

  private static Set<String> set(String[] values) {
    return new LinkedHashSet<>(List.of(values));
  }

  private static String[] some(String field, String[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(field + ": wants at least one value");
    }
    return values;
  }

  private static String matching(String field, Pattern pattern, String value, String wanted) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " '" + value + "': wants " + wanted);
    }
    return value;
  }
}
