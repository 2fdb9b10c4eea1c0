package io.github.twinpool.spring;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The filter for servlet applications without Spring Security.
 *
 * @param enabled Whether to put a filter before the whole application. It lets access tokens of
 *     clientIds through and answers 401, 403 or 503 to everything else.
 * @param publicPaths What takes no token, for instance /health or GET /static/*.
 * @param rules What tokens must have on some paths. All rules that match must be met.
 */
@ConfigurationProperties("twinpool.filter")
record TwinpoolFilterProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue List<String> publicPaths,
    @DefaultValue List<Rule> rules) {

  /**
   * What tokens must have on some paths.
   *
   * @param path Pattern of the paths, for instance /admin/* or POST /orders/*.
   * @param scopes Scopes of which a token must have all.
   * @param anyGroup Groups of which a user must be in one.
   */
  record Rule(
      @Nullable String path,
      @DefaultValue Set<String> scopes,
      @DefaultValue Set<String> anyGroup) {}
}
