package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the emulator's own DNS calls its hosts, all below {@code .test}, which is reserved: no name
 * server in the world leads there (RFC 6761).
 *
 * @param regions the names of both Regions
 */
record HostNames(Map<RegionRole, String> regions) {
  private static final String SUFFIX = ".emulator.test";

  HostNames {
    regions = Map.copyOf(regions);
  }

  private String region(RegionRole role) {
    return Objects.requireNonNull(regions.get(role));
  }

  String api(RegionRole role) {
    return "cognito-idp." + region(role) + SUFFIX;
  }

  String domain(RegionRole role) {
    return "auth." + region(role) + SUFFIX;
  }

  String issuer() {
    return "issuer-cognito-idp." + region(RegionRole.PRIMARY) + SUFFIX;
  }

  /** As the API calls the custom domain, too. */
  String customDomain() {
    return FirstPool.CUSTOM_DOMAIN;
  }

  Set<String> all() {
    Set<String> all = new HashSet<>(Set.of(issuer(), customDomain()));
    Arrays.stream(RegionRole.values()).map(this::api).forEach(all::add);
    Arrays.stream(RegionRole.values()).map(this::domain).forEach(all::add);
    return all;
  }
}
