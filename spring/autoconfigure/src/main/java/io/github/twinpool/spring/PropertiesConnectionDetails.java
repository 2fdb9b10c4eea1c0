package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.spring.TwinpoolProperties.Pool;
import java.util.Set;

/** What the properties say. */
final class PropertiesConnectionDetails implements TwinpoolConnectionDetails {
  private final TwinpoolProperties properties;

  PropertiesConnectionDetails(TwinpoolProperties properties) {
    this.properties = properties;
  }

  @Override
  public UserPool userPool() {
    PropertySetter setter = new PropertySetter("twinpool");
    UserPool.Builder builder = builder("twinpool", properties.mainPool());
    setter.set("domain", properties.domain(), builder::domain);
    return setter.build(builder::build);
  }

  @Override
  public Set<String> clientIds() {
    return properties.clientIds();
  }

  /** One of the additional pools. */
  static UserPool userPool(String prefix, Pool pool) {
    return new PropertySetter(prefix).build(builder(prefix, pool)::build);
  }

  private static UserPool.Builder builder(String prefix, Pool pool) {
    String id = pool.userPoolId();
    if (id == null) {
      throw new InvalidTwinpoolPropertyException(
          prefix + ".user-pool-id",
          "is missing. It is the ID of a user pool, us-east-1_EXAMPLE for instance; an application"
              + " that wants no Twinpool sets twinpool.enabled=false",
          null);
    }
    PropertySetter setter = new PropertySetter(prefix);
    UserPool.Builder[] made = new UserPool.Builder[1];
    setter.set("user-pool-id", id, value -> made[0] = UserPool.builder(value));
    UserPool.Builder builder = made[0];
    setter
        .set("primary-region", pool.primaryRegion(), builder::primaryRegion)
        .set("secondary-region", pool.secondaryRegion(), builder::secondaryRegion)
        .set("allow-unlisted-regions", pool.allowUnlistedRegions(), builder::allowUnlistedRegions)
        .set("fips", pool.fips(), builder::fips)
        .set(
            "endpoints.primary",
            pool.endpoints().primary(),
            uri -> builder.endpoint(RegionRole.PRIMARY, uri))
        .set(
            "endpoints.secondary",
            pool.endpoints().secondary(),
            uri -> builder.endpoint(RegionRole.SECONDARY, uri))
        .set(
            "endpoints.updated-issuer",
            pool.endpoints().updatedIssuer(),
            builder::updatedIssuerEndpoint)
        .set(
            "endpoints.primary-domain",
            pool.endpoints().primaryDomain(),
            uri -> builder.domainEndpoint(RegionRole.PRIMARY, uri))
        .set(
            "endpoints.secondary-domain",
            pool.endpoints().secondaryDomain(),
            uri -> builder.domainEndpoint(RegionRole.SECONDARY, uri));
    return builder;
  }
}
