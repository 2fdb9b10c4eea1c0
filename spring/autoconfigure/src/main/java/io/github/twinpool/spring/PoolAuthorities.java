package io.github.twinpool.spring;

import io.github.twinpool.spring.TwinpoolProperties.Authorities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
   * @param mainPool the ID of the pool whose authorities have no name before them
   * @param others the IDs of the additional pools by their names
   */
  PoolAuthorities(Authorities names, String mainPool, Map<String, String> others) {
    this.names = names;
    Map<String, String> prefixes = new HashMap<>();
    others.forEach(
        (name, id) -> {
          requireDistinct(name);
          prefixes.put(id, name + ":");
        });
    prefixes.put(mainPool, "");
    this.prefixes = Map.copyOf(prefixes);
  }

  /** A group's name is free text: only different beginnings keep pools apart. */
  private void requireDistinct(String pool) {
    String property = "twinpool.additional-pools." + pool;
    if (!pool.matches("[A-Za-z0-9_-]+")) {
      throw new InvalidTwinpoolPropertyException(
          property, "the name of a pool wants letters, digits, - and _ only", null);
    }
    for (String prefix : List.of(names.groupPrefix(), names.scopePrefix())) {
      if (prefix.startsWith(pool + ":") || (pool + ":").startsWith(prefix)) {
        throw new InvalidTwinpoolPropertyException(
            property,
            "authorities of the main pool begin with '"
                + prefix
                + "' (twinpool.authorities) and could pass for those of this pool, '"
                + pool
                + ":'",
            null);
      }
    }
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
      for (Object group : groups) {
        if (!posesAsScope(names.groupPrefix() + group)) {
          authorities.add(new SimpleGrantedAuthority(pool + names.groupPrefix() + group));
        }
      }
    }
    return authorities;
  }

  /** With a short group prefix, or none, the name of a group could pass for a scope. */
  private boolean posesAsScope(String authority) {
    return authority.startsWith(names.scopePrefix())
        && !names.groupPrefix().startsWith(names.scopePrefix());
  }

  /** Issuers end with the ID of the pool; the decoder has checked the rest. */
  private static String poolId(Jwt jwt) {
    @Nullable String issuer = jwt.getClaimAsString("iss");
    return issuer == null ? "" : issuer.substring(issuer.lastIndexOf('/') + 1);
  }
}
