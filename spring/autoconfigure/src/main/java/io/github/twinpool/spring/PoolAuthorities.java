package io.github.twinpool.spring;

import io.github.twinpool.spring.TwinpoolProperties.Authorities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Groups and scopes as authorities: {@code GROUP_admin}, {@code SCOPE_orders.read}. Those of an
 * additional pool begin with its name, {@code partners:GROUP_admin}, so that a group never means
 * anything in a pool that it is not of.
 */
final class PoolAuthorities implements Converter<Jwt, Collection<GrantedAuthority>> {
  private final Authorities names;
  private final Map<String, String> prefixes;

  /**
   * @param prefixes what the authorities of a pool begin with, by the ID of the pool
   */
  PoolAuthorities(Authorities names, Map<String, String> prefixes) {
    this.names = names;
    this.prefixes = Map.copyOf(prefixes);
  }

  @Override
  public Collection<GrantedAuthority> convert(Jwt jwt) {
    String pool = prefixes.get(poolId(jwt));
    if (pool == null) {
      return List.of(); // Somebody else's token: its groups are not ours.
    }
    List<GrantedAuthority> authorities = new ArrayList<>();
    String scopes = jwt.getClaims().get("scope") instanceof String text ? text : "";
    for (String scope : scopes.split(" +", -1)) {
      if (!scope.isEmpty()) {
        authorities.add(new SimpleGrantedAuthority(pool + names.scopePrefix() + scope));
      }
    }
    if (jwt.getClaims().get("cognito:groups") instanceof Collection<?> groups) {
      groups.forEach(
          group -> authorities.add(new SimpleGrantedAuthority(pool + names.groupPrefix() + group)));
    }
    return authorities;
  }

  /** Issuers end with the ID of the pool; the decoder has checked the rest. */
  private static String poolId(Jwt jwt) {
    @Nullable String issuer = jwt.getClaimAsString("iss");
    return issuer == null ? "" : issuer.substring(issuer.lastIndexOf('/') + 1);
  }
}
