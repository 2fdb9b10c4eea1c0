package io.github.twinpool.spring;

import io.github.twinpool.servlet.CognitoTokenFilter;
import io.github.twinpool.spring.TwinpoolFilterProperties.Rule;
import io.github.twinpool.token.TokenValidator;
import java.util.List;

/** The filter as the properties want it. */
final class FilterSettings {
  private FilterSettings() {}

  static CognitoTokenFilter filter(
      TokenValidator validator, TwinpoolFilterProperties filter, TwinpoolProperties pools) {
    CognitoTokenFilter.Builder builder = CognitoTokenFilter.builder(validator);
    PropertySetter setter = new PropertySetter("twinpool.filter");
    setter.setAll("public-paths", filter.publicPaths(), builder::publicPaths);
    List<Rule> rules = filter.rules();
    if (!rules.isEmpty() && !pools.additionalPools().isEmpty()) {
      throw refused(
          "twinpool.filter.rules",
          "these are scopes and groups of the main pool, and there are twinpool.additional-pools,"
              + " whose tokens never have them: build a CognitoTokenFilter for each pool, or use"
              + " Spring Security, where the authorities of pools have different names");
    }
    for (int i = 0; i < rules.size(); i++) {
      apply("twinpool.filter.rules[" + i + "]", rules.get(i), validator, builder);
    }
    return setter.build(builder::build);
  }

  private static void apply(
      String prefix, Rule rule, TokenValidator validator, CognitoTokenFilter.Builder builder) {
    String path = rule.path();
    if (path == null) {
      throw refused(prefix + ".path", "is missing: which paths is it for? /admin/* for instance");
    }
    PropertySetter setter = new PropertySetter(prefix);
    // On a builder that is thrown away: a bad pattern is then told apart from a bad scope.
    setter.set("path", path, CognitoTokenFilter.builder(validator)::publicPaths);
    if (rule.scopes().isEmpty() && rule.anyGroup().isEmpty()) {
      throw refused(prefix + ".scopes", "asks for nothing: set this or " + prefix + ".any-group");
    }
    setter
        .setAll("scopes", rule.scopes(), scopes -> builder.requireScopes(path, scopes))
        .setAll("any-group", rule.anyGroup(), groups -> builder.requireAnyGroup(path, groups));
  }

  private static InvalidTwinpoolPropertyException refused(String property, String reason) {
    return new InvalidTwinpoolPropertyException(property, reason, null);
  }
}
