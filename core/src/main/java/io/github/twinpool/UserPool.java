package io.github.twinpool;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Amazon Cognito user pool and the Regions that serve it. Immutable and safe to share; nothing
 * here does I/O.
 *
 * <pre>{@code
 * UserPool pool = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
 * }</pre>
 *
 * <p>Primary and secondary share the pool's ID, whose prefix names the primary Region (source:
 * Cognito developer guide, multi-Region replication).
 *
 * <p>Serializable; what is read back has passed the builder's checks again.
 */
public final class UserPool implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient String id;
  private final transient String primaryRegion;
  private final transient @Nullable String secondaryRegion;
  private final transient boolean allowUnlistedRegions;
  private final transient boolean fips;
  private final transient Map<RegionRole, URI> endpointOverrides;
  private final transient @Nullable URI updatedIssuerEndpoint;
  private final transient @Nullable String domain;
  private final transient Map<RegionRole, URI> domainEndpoints;

  private UserPool(Builder builder) {
    id = builder.id;
    primaryRegion = builder.primaryRegion;
    secondaryRegion = builder.secondaryRegion;
    allowUnlistedRegions = builder.allowUnlistedRegions;
    fips = builder.fips;
    endpointOverrides = Map.copyOf(builder.endpointOverrides);
    updatedIssuerEndpoint = builder.updatedIssuerEndpoint;
    domain = builder.domain;
    domainEndpoints = Map.copyOf(builder.domainEndpoints);
  }

  /**
   * A pool that lives in one Region; see {@link #replicatedTo(String)}.
   *
   * @throws InvalidUserPoolException if this is not a user pool ID
   */
  public static UserPool of(String id) {
    return builder(id).build();
  }

  /**
   * A builder for pools that need more than an ID and a secondary Region.
   *
   * @throws InvalidUserPoolException if this is not a user pool ID
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /**
   * This pool with a secondary in another Region.
   *
   * @throws InvalidUserPoolException if the Region is the primary's, is in another partition, or is
   *     not known to offer replication
   */
  public UserPool replicatedTo(String secondaryRegion) {
    return toBuilder().secondaryRegion(secondaryRegion).build();
  }

  /** A builder that starts with this pool's values. */
  public Builder toBuilder() {
    Builder builder = new Builder(id).allowUnlistedRegions(allowUnlistedRegions).fips(fips);
    builder.secondaryRegion = secondaryRegion;
    builder.endpointOverrides.putAll(endpointOverrides);
    builder.updatedIssuerEndpoint = updatedIssuerEndpoint;
    builder.domain = domain;
    builder.domainEndpoints.putAll(domainEndpoints);
    return builder;
  }

  /** The user pool ID, the same in both Regions. */
  public String id() {
    return id;
  }

  /** The Region in the pool's ID. */
  public String primaryRegion() {
    return primaryRegion;
  }

  /** The Region of the replica, if there is one. */
  public Optional<String> secondaryRegion() {
    return Optional.ofNullable(secondaryRegion);
  }

  /** The roles that this pool has: the primary and, if there is a replica, the secondary. */
  public List<RegionRole> roles() {
    return secondaryRegion == null ? List.of(RegionRole.PRIMARY) : List.of(RegionRole.values());
  }

  /**
   * The Region that has a role.
   *
   * @throws IllegalStateException if the pool has no secondary
   */
  public String region(RegionRole role) {
    if (role == RegionRole.PRIMARY) {
      return primaryRegion;
    }
    if (secondaryRegion == null) {
      throw new IllegalStateException("user pool " + id + " has no secondary Region");
    }
    return secondaryRegion;
  }

  /** The partition of the pool's Regions. */
  public AwsPartition partition() {
    return AwsPartition.ofRegion(primaryRegion);
  }

  /** Whether calls, probes, keys and a prefix domain use FIPS hosts: {@link Builder#fips}. */
  public boolean fips() {
    return fips;
  }

  /** Where a Region was told to be instead of at its public endpoint, if it was. */
  public Optional<URI> endpointOverride(RegionRole role) {
    return Optional.ofNullable(endpointOverrides.get(role));
  }

  /**
   * The API endpoint of a Region: the override, or {@code
   * https://cognito-idp.{region}.amazonaws.com} with the suffix of the partition, or its FIPS
   * variant {@code https://cognito-idp-fips.{region}.amazonaws.com}.
   *
   * @throws IllegalStateException if the pool has no secondary
   */
  public URI endpoint(RegionRole role) {
    String region = region(role);
    return endpointOverride(role)
        .orElseGet(
            () ->
                URI.create(
                    (fips ? "https://cognito-idp-fips." : "https://cognito-idp.")
                        + region
                        + "."
                        + partition().dnsSuffix()));
  }

  /**
   * The exact {@code iss} of tokens. Endpoint overrides and FIPS do not change it: they say where,
   * not who.
   */
  public String issuer(IssuerType type) {
    return type.host(primaryRegion, partition()) + "/" + id;
  }

  /**
   * Where an issuer publishes its keys. ORIGINAL is served by the primary Region's endpoint,
   * UPDATED by a host of its own; that host has no FIPS variant, so with FIPS it is the primary's,
   * which publishes the same keys.
   */
  public URI jwksUri(IssuerType type) {
    if (type == IssuerType.ORIGINAL || (fips && updatedIssuerEndpoint == null)) {
      return jwksUri(RegionRole.PRIMARY);
    }
    URI host =
        updatedIssuerEndpoint != null
            ? updatedIssuerEndpoint
            : URI.create(type.host(primaryRegion, partition()));
    return jwksAt(host);
  }

  /**
   * The keys as one Region's endpoint publishes them. AWS documents this for the primary Region;
   * that the secondary's endpoint answers for the pool, too, is an assumption.
   *
   * @throws IllegalStateException if the pool has no secondary
   */
  public URI jwksUri(RegionRole role) {
    return jwksAt(endpoint(role));
  }

  /**
   * The pool's domain for managed login and OAuth 2.0, as a Region serves it: a prefix domain has a
   * host in each Region, a custom domain is one host that Cognito fails over. Where {@link
   * Builder#domainEndpoint} names an address, that one.
   *
   * @throws IllegalStateException if the pool has no secondary
   */
  public Optional<URI> domain(RegionRole role) {
    String region = region(role);
    return Optional.ofNullable(domainEndpoints.get(role))
        .or(
            () ->
                Optional.ofNullable(domain).map(name -> PoolRules.domainHost(name, region, fips)));
  }

  private URI jwksAt(URI host) {
    return host.resolve("/" + id + "/.well-known/jwks.json");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserPool that && fields().equals(that.fields());
  }

  @Override
  public int hashCode() {
    return fields().hashCode();
  }

  @Override
  public String toString() {
    return secondaryRegion == null ? id : id + " replicated to " + secondaryRegion;
  }

  private List<Object> fields() {
    return List.of(
        id,
        secondaryRegion().orElse(""),
        allowUnlistedRegions,
        fips,
        endpointOverrides,
        Objects.requireNonNullElse(updatedIssuerEndpoint, ""),
        Objects.requireNonNullElse(domain, ""),
        domainEndpoints);
  }

  private Object writeReplace() {
    return new Serialized(
        id,
        secondaryRegion,
        allowUnlistedRegions,
        fips,
        new HashMap<>(texts(endpointOverrides)),
        updatedIssuerEndpoint == null ? null : updatedIssuerEndpoint.toString(),
        domain,
        new HashMap<>(texts(domainEndpoints)));
  }

  private static Map<String, String> texts(Map<RegionRole, URI> uris) {
    Map<String, String> texts = new HashMap<>();
    uris.forEach((role, uri) -> texts.put(role.name(), uri.toString()));
    return texts;
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("only its serialized form");
  }

  /** A pool as texts. */
  private record Serialized(
      String id,
      @Nullable String secondaryRegion,
      boolean allowUnlistedRegions,
      boolean fips,
      HashMap<String, String> endpoints,
      @Nullable String updatedIssuerEndpoint,
      @Nullable String domain,
      HashMap<String, String> domainEndpoints)
      implements Serializable {
    private Object readResolve() throws InvalidObjectException {
      try {
        Builder pool = builder(id).allowUnlistedRegions(allowUnlistedRegions).fips(fips);
        if (secondaryRegion != null) {
          pool.secondaryRegion(secondaryRegion);
        }
        endpoints.forEach((role, uri) -> pool.endpoint(RegionRole.valueOf(role), URI.create(uri)));
        if (updatedIssuerEndpoint != null) {
          pool.updatedIssuerEndpoint(URI.create(updatedIssuerEndpoint));
        }
        if (domain != null) {
          pool.domain(domain);
        }
        domainEndpoints.forEach(
            (role, uri) -> pool.domainEndpoint(RegionRole.valueOf(role), URI.create(uri)));
        return pool.build();
      } catch (RuntimeException e) { // Whatever is in a forged stream.
        throw new InvalidObjectException("not a user pool");
      }
    }
  }

  /** Builds a {@link UserPool}. Each method checks its own value, {@link #build()} all together. */
  public static final class Builder {
    private final String id;
    private final String primaryRegion;
    private @Nullable String secondaryRegion;
    private boolean allowUnlistedRegions;
    private boolean fips;
    private final Map<RegionRole, URI> endpointOverrides = new EnumMap<>(RegionRole.class);
    private @Nullable URI updatedIssuerEndpoint;
    private @Nullable String domain;
    private final Map<RegionRole, URI> domainEndpoints = new EnumMap<>(RegionRole.class);

    private Builder(String id) {
      this.id = PoolRules.poolId(id);
      this.primaryRegion = id.substring(0, id.indexOf('_'));
    }

    /**
     * States the primary Region. Never needed, since the ID names it: for configurations that have
     * both and want a contradiction found.
     */
    public Builder primaryRegion(String region) {
      if (!region.equals(primaryRegion)) {
        throw new InvalidUserPoolException(
            "primaryRegion",
            region,
            "contradicts the pool ID " + id + ", whose primary is in its prefix");
      }
      return this;
    }

    /** The Region of the replica. Default: none, the pool lives in one Region. */
    public Builder secondaryRegion(String region) {
      this.secondaryRegion = PoolRules.region("secondaryRegion", region);
      return this;
    }

    /** Accepts Regions that {@link ReplicationRegions} does not know. Default: false. */
    public Builder allowUnlistedRegions(boolean allow) {
      this.allowUnlistedRegions = allow;
      return this;
    }

    /**
     * Uses FIPS hosts for everything: API calls, probes, keys, and the prefix domain. A custom
     * domain, and addresses that this builder is given, stay as they are. Default: false. Calls
     * also follow the AWS SDK's own setting ({@code AWS_USE_FIPS_ENDPOINT}); keys and the domain
     * need this one.
     */
    public Builder fips(boolean use) {
      this.fips = use;
      return this;
    }

    /**
     * Sends a Region's API calls, and with them the fetches of its keys, to another address: a
     * private endpoint with {@code https}, or an emulator with {@code http} on loopback.
     */
    public Builder endpoint(RegionRole role, URI endpoint) {
      String field = role == RegionRole.PRIMARY ? "primaryEndpoint" : "secondaryEndpoint";
      endpointOverrides.put(role, PoolRules.endpoint(field, endpoint));
      return this;
    }

    /** Fetches the keys of the UPDATED issuer from another address, by the rules of endpoints. */
    public Builder updatedIssuerEndpoint(URI endpoint) {
      this.updatedIssuerEndpoint = PoolRules.endpoint("updatedIssuerEndpoint", endpoint);
      return this;
    }

    /** The pool's domain: a prefix ({@code my-app}) or a custom host ({@code auth.example.com}). */
    public Builder domain(String prefixOrHost) {
      this.domain = PoolRules.domain(prefixOrHost);
      return this;
    }

    /**
     * Sends what is meant for a Region's domain to another address, by the rules of endpoints.
     * Without {@link #domain(String)}, too. A custom domain has one address for both Regions.
     */
    public Builder domainEndpoint(RegionRole role, URI endpoint) {
      domainEndpoints.put(role, PoolRules.endpoint("domainEndpoint", endpoint));
      return this;
    }

    /**
     * The pool.
     *
     * @throws InvalidUserPoolException naming the field and the value that contradict each other
     */
    public UserPool build() {
      PoolRules.replication(primaryRegion, secondaryRegion, allowUnlistedRegions);
      PoolRules.domainSuffix(domain, primaryRegion);
      if (secondaryRegion == null) {
        PoolRules.noSecondary("secondaryEndpoint", endpointOverrides);
        PoolRules.noSecondary("domainEndpoint", domainEndpoints);
      }
      return new UserPool(this);
    }
  }
}
