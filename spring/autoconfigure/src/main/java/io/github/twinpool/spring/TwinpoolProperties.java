package io.github.twinpool.spring;

import io.github.twinpool.IssuerType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The user pools.
 *
 * @param enabled Whether to configure anything at all.
 * @param userPoolId ID of the user pool. Its prefix is the primary Region.
 * @param primaryRegion Primary Region. Never needed, since the ID names it; a contradiction is
 *     refused.
 * @param secondaryRegion Region of the replica. Without one, nothing fails over.
 * @param allowUnlistedRegions Whether to accept a secondary Region that Twinpool does not know to
 *     offer replication.
 * @param fips Whether calls, probes, keys and a prefix domain use FIPS hosts.
 * @param domain Prefix or custom host of the domain for managed login.
 * @param endpoints Addresses other than the public ones.
 * @param clientIds App clients whose tokens are accepted.
 * @param anyClient Whether to accept the tokens of all app clients of the pool instead.
 * @param issuer The only issuer type to accept. Both are accepted by default.
 * @param acceptSecondaryIssuer Whether to accept the secondary Region's name in the ORIGINAL
 *     issuer, too.
 * @param keys Where the pool's keys are.
 * @param require What all tokens must have.
 * @param authorities What authorities are called.
 * @param additionalPools More pools whose tokens are accepted, by a name of yours, which precedes
 *     their authorities.
 */
@ConfigurationProperties("twinpool")
record TwinpoolProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String userPoolId,
    @Nullable String primaryRegion,
    @Nullable String secondaryRegion,
    @DefaultValue("false") boolean allowUnlistedRegions,
    @DefaultValue("false") boolean fips,
    @Nullable String domain,
    @DefaultValue Endpoints endpoints,
    @DefaultValue Set<String> clientIds,
    @DefaultValue("false") boolean anyClient,
    @Nullable IssuerType issuer,
    @DefaultValue("false") boolean acceptSecondaryIssuer,
    @DefaultValue Keys keys,
    @DefaultValue Require require,
    @DefaultValue Authorities authorities,
    @DefaultValue Map<String, Pool> additionalPools) {

  /** What is said of the main pool, in the form of the additional ones. */
  Pool mainPool() {
    return new Pool(
        userPoolId,
        primaryRegion,
        secondaryRegion,
        allowUnlistedRegions,
        fips,
        endpoints,
        clientIds,
        anyClient,
        issuer,
        acceptSecondaryIssuer,
        keys,
        require);
  }

  /**
   * One pool.
   *
   * @param userPoolId ID of the user pool. Its prefix is the primary Region.
   * @param primaryRegion Primary Region. Never needed, since the ID names it; a contradiction is
   *     refused.
   * @param secondaryRegion Region of the replica.
   * @param allowUnlistedRegions Whether to accept a secondary Region that Twinpool does not know to
   *     offer replication.
   * @param fips Whether keys come from FIPS hosts.
   * @param endpoints Addresses other than the public ones.
   * @param clientIds App clients whose tokens are accepted.
   * @param anyClient Whether to accept the tokens of all app clients of the pool instead.
   * @param issuer The only issuer type to accept. Both are accepted by default.
   * @param acceptSecondaryIssuer Whether to accept the secondary Region's name in the ORIGINAL
   *     issuer, too.
   * @param keys Where the pool's keys are.
   * @param require What all tokens must have.
   */
  record Pool(
      @Nullable String userPoolId,
      @Nullable String primaryRegion,
      @Nullable String secondaryRegion,
      @DefaultValue("false") boolean allowUnlistedRegions,
      @DefaultValue("false") boolean fips,
      @DefaultValue Endpoints endpoints,
      @DefaultValue Set<String> clientIds,
      @DefaultValue("false") boolean anyClient,
      @Nullable IssuerType issuer,
      @DefaultValue("false") boolean acceptSecondaryIssuer,
      @DefaultValue Keys keys,
      @DefaultValue Require require) {}

  /**
   * Addresses other than the public ones: private endpoints, or an emulator.
   *
   * @param primary Endpoint of the primary Region.
   * @param secondary Endpoint of the secondary Region.
   * @param updatedIssuer Host that publishes the keys of the UPDATED issuer.
   * @param primaryDomain Address of the domain in the primary Region.
   * @param secondaryDomain Address of the domain in the secondary Region, the same for a custom
   *     domain.
   */
  record Endpoints(
      @Nullable URI primary,
      @Nullable URI secondary,
      @Nullable URI updatedIssuer,
      @Nullable URI primaryDomain,
      @Nullable URI secondaryDomain) {
    /** Without the addresses: what is wrong with them, a password for one, is found later. */
    @Override
    public String toString() {
      return "Endpoints[…]";
    }
  }

  /**
   * Where a pool's keys are.
   *
   * @param fetch Whether to ask the pool's own sources.
   * @param secondarySource Whether to ask the secondary Region's own endpoint, too.
   * @param sources More addresses of the key set, mirrors of your own.
   * @param files Files with the key set, which something else keeps up to date.
   * @param snapshotFile File that keeps the keys over a restart during an outage.
   */
  record Keys(
      @DefaultValue("true") boolean fetch,
      @DefaultValue("true") boolean secondarySource,
      @DefaultValue List<URI> sources,
      @DefaultValue List<Path> files,
      @Nullable Path snapshotFile) {
    /** Without the addresses, which can be signed. */
    @Override
    public String toString() {
      return "Keys[fetch="
          + fetch
          + ", secondarySource="
          + secondarySource
          + ", sources="
          + sources.size()
          + ", files="
          + files
          + ", snapshotFile="
          + snapshotFile
          + "]";
    }
  }

  /**
   * What all tokens of a pool must have; otherwise the answer is 403, or 401 for the audience.
   *
   * @param scopes Scopes that every access token must have.
   * @param anyGroup Groups of which every user must be in one.
   * @param audience Resource that every access token must be bound to.
   */
  record Require(
      @DefaultValue Set<String> scopes,
      @DefaultValue Set<String> anyGroup,
      @Nullable String audience) {}

  /**
   * What authorities are called.
   *
   * @param groupPrefix What precedes a group of cognito:groups.
   * @param scopePrefix What precedes a scope.
   */
  record Authorities(
      @DefaultValue("GROUP_") String groupPrefix, @DefaultValue("SCOPE_") String scopePrefix) {}
}
