package io.github.twinpool;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a description of a user pool must keep to. Each method returns the value it has found good.
 */
final class PoolRules {
  private static final String REGION = "[a-z]{2,4}(-[a-z]{2,})+-[0-9]{1,2}";
  private static final Pattern REGION_NAME = Pattern.compile(REGION);
  private static final Pattern POOL_ID = Pattern.compile(REGION + "_[0-9a-zA-Z]+");
  private static final int POOL_ID_MAX = 55;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int DOMAIN_MAX = 253;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private PoolRules() {}

  static String poolId(String id) {
    if (id.length() > POOL_ID_MAX || !POOL_ID.matcher(id).matches()) {
      throw new InvalidUserPoolException(
          "id", shortened(id), "not a user pool ID like us-east-1_AbCdEf123");
    }
    return id;
  }

  static String region(String field, String region) {
    if (!REGION_NAME.matcher(region).matches()) {
      throw new InvalidUserPoolException(
          field, shortened(region), "not the name of a Region like us-west-2");
    }
    return region;
  }

  static void replication(
      String primaryRegion, @Nullable String secondaryRegion, boolean allowUnlistedRegions) {
    if (secondaryRegion == null) {
      return;
    }
    if (secondaryRegion.equals(primaryRegion)) {
      throw new InvalidUserPoolException(
          "secondaryRegion", secondaryRegion, "is the primary Region, a replica is in another one");
    }
    if (AwsPartition.ofRegion(secondaryRegion) != AwsPartition.ofRegion(primaryRegion)) {
      throw new InvalidUserPoolException(
          "secondaryRegion", secondaryRegion, "is in another partition than " + primaryRegion);
    }
    if (!allowUnlistedRegions) {
      listed("primaryRegion", primaryRegion);
      listed("secondaryRegion", secondaryRegion);
    }
  }

  private static void listed(String field, String region) {
    if (!ReplicationRegions.contains(region)) {
      throw new InvalidUserPoolException(
          field,
          region,
          "not known to offer multi-Region replication; if it does by now, allowUnlistedRegions(true)");
    }
  }

  static URI endpoint(String field, URI endpoint) {
    String rule = endpointRule(endpoint);
    if (rule != null) {
      throw new InvalidUserPoolException(field, shortened(withoutUserInfo(endpoint)), rule);
    }
    return endpoint;
  }

  private static @Nullable String endpointRule(URI endpoint) {
    String host = endpoint.getHost();
    if (host == null || endpoint.getRawUserInfo() != null) {
      return "wants a scheme and a host, and no user";
    }
    if (!endpoint.getRawPath().matches("/?")
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      return "wants no path, query or fragment";
    }
    if ("https".equalsIgnoreCase(endpoint.getScheme())) {
      return null;
    }
    boolean loopback = LOOPBACK.matcher(host).matches();
    return "http".equalsIgnoreCase(endpoint.getScheme()) && loopback
        ? null
        : "wants https; http is for loopback addresses only";
  }

  static void noSecondary(String field, Map<RegionRole, URI> addresses) {
    URI address = addresses.get(RegionRole.SECONDARY);
    if (address != null) {
      throw new InvalidUserPoolException(
          field, address.toString(), "the pool has no secondaryRegion");
    }
  }

  static String domain(String prefixOrHost) {
    if (prefixOrHost.length() > DOMAIN_MAX || !DOMAIN.matcher(prefixOrHost).matches()) {
      throw new InvalidUserPoolException(
          "domain",
          shortened(prefixOrHost),
          "wants a prefix like my-app or a host like auth.example.com");
    }
    return prefixOrHost;
  }

  /** A guessed host could be a stranger's, and would be sent client secrets. */
  static void domainSuffix(@Nullable String prefixOrHost, String primaryRegion) {
    AwsPartition partition = AwsPartition.ofRegion(primaryRegion);
    if (prefixOrHost != null && !isHost(prefixOrHost) && partition.domainSuffix().isEmpty()) {
      throw new InvalidUserPoolException(
          "domain",
          prefixOrHost,
          "must be the whole host, since the suffix of prefix domains in "
              + partition.id()
              + " is not known");
    }
  }

  private static boolean isHost(String prefixOrHost) {
    return prefixOrHost.contains(".");
  }

  /**
   * A prefix has a host in each Region, a custom domain is a host itself. In GovCloud all prefix
   * domains are FIPS ones (source: AWS GovCloud user guide, Amazon Cognito).
   */
  static URI domainHost(String prefixOrHost, String region, boolean fips) {
    AwsPartition partition = AwsPartition.ofRegion(region);
    String auth = fips || partition == AwsPartition.AWS_US_GOV ? ".auth-fips." : ".auth.";
    return URI.create(
        "https://"
            + (isHost(prefixOrHost)
                ? prefixOrHost
                : prefixOrHost + auth + region + "." + partition.domainSuffix().orElseThrow()));
  }

  /** What stands before the @ of an address may be a password. */
  private static String withoutUserInfo(URI endpoint) {
    return endpoint.toString().replaceFirst("//[^/?#]*@", "//");
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }
}
