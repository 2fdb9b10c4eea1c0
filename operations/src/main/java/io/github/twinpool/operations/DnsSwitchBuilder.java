package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Configures a {@link DnsSwitch}. Not thread-safe. */
public final class DnsSwitchBuilder {
  private static final long TTL_SECONDS = 60;
  private static final int PATIENCE_MINUTES = 10;
  private static final int POLL_SECONDS = 5;

  private final AwsClients clients;
  private final String hostedZoneId;
  private final String name;
  private final Map<RegionRole, Consumer<ResourceRecordSet.Builder>> targets =
      new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, String> healthChecks = new EnumMap<>(RegionRole.class);
  private Duration ttl = Duration.ofSeconds(TTL_SECONDS);
  private boolean replaceSimpleRecord;
  private Duration patience = Duration.ofMinutes(PATIENCE_MINUTES);

  DnsSwitchBuilder(AwsClients clients, String hostedZoneId, String name) {
    this.clients = Objects.requireNonNull(clients, "clients");
    if (!hostedZoneId.matches("[A-Z0-9]{1,32}")) {
      throw new IllegalArgumentException("hostedZoneId '" + hostedZoneId + "': wants a zone's ID");
    }
    this.hostedZoneId = hostedZoneId;
    this.name = canonical("name", name);
  }

  private static String canonical(String field, String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (!lower.matches(
        "(?=.{1,255}$)[a-z0-9_]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\\.?")) {
      throw new IllegalArgumentException(field + " '" + host + "': wants a host name");
    }
    return lower.endsWith(".") ? lower : lower + ".";
  }

  /**
   * The host that the name stands for while a Region serves.
   *
   * @throws IllegalArgumentException for a host of Cognito's, which cannot be aliased
   */
  public DnsSwitchBuilder cname(RegionRole role, String host) {
    String target = canonical("cname", host);
    if (target.matches("(.*\\.)?cognito-idp(-fips)?\\..*")) {
      throw new IllegalArgumentException(
          "cname '"
              + host
              + "': Cognito's hosts cannot be aliased, neither certificates nor"
              + " signatures would fit");
    }
    return target(
        role,
        set ->
            set.type(RRType.CNAME)
                .ttl(ttl.toSeconds())
                .resourceRecords(ResourceRecord.builder().value(target).build()));
  }

  /**
   * Any other target, an alias of a load balancer for one: the type, and either records with their
   * TTL or an alias target. Name, identifier, failover and health check are set for you. Both
   * Regions' targets must be of one type.
   */
  public DnsSwitchBuilder target(RegionRole role, Consumer<ResourceRecordSet.Builder> target) {
    targets.put(role, Objects.requireNonNull(target, "target"));
    return this;
  }

  /**
   * The health check of a Region's target. The primary must have one: the check that the pool's
   * domain follows. Default for the secondary: none, it answers when the primary is unhealthy.
   */
  public DnsSwitchBuilder healthCheck(RegionRole role, String id) {
    HealthCheckTask.requireId("healthCheck", id);
    healthChecks.put(role, id);
    return this;
  }

  /**
   * How long resolvers keep a CNAME. Default: {@value #TTL_SECONDS} s, which AWS recommends for
   * failover at most.
   *
   * @throws IllegalArgumentException if it is not 1 s to 1 h
   */
  public DnsSwitchBuilder ttl(Duration time) {
    if (time.toSeconds() < 1 || time.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("ttl " + time + ": wants 1 second to 1 hour");
    }
    ttl = time;
    return this;
  }

  /**
   * Deletes a simple record of the name in the same change, which would stand in the way. Default:
   * false, and the change is refused.
   */
  public DnsSwitchBuilder replaceSimpleRecord(boolean replace) {
    replaceSimpleRecord = replace;
    return this;
  }

  /**
   * How long the change may take until all of Route 53's servers have it. Default: {@value
   * #PATIENCE_MINUTES} min; it usually takes one.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than a day
   */
  public DnsSwitchBuilder patience(Duration limit) {
    patience = Bounds.time("patience", limit, Duration.ofDays(1));
    return this;
  }

  /**
   * Does no I/O.
   *
   * @throws IllegalArgumentException if a target or the primary's health check is missing
   */
  public DnsSwitch build() {
    Map<RegionRole, ResourceRecordSet> sets = new EnumMap<>(RegionRole.class);
    for (RegionRole role : RegionRole.values()) {
      Consumer<ResourceRecordSet.Builder> target = targets.get(role);
      if (target == null) {
        throw new IllegalArgumentException("target: the " + role + " wants one");
      }
      ResourceRecordSet.Builder set = ResourceRecordSet.builder();
      target.accept(set);
      sets.put(
          role,
          set.name(name)
              .setIdentifier("twinpool-" + role.name().toLowerCase(Locale.ROOT))
              .failover(role.name())
              .healthCheckId(healthChecks.get(role))
              .build());
    }
    if (!healthChecks.containsKey(RegionRole.PRIMARY)) {
      throw new IllegalArgumentException("healthCheck: the PRIMARY wants one");
    }
    return new DnsSwitch(
        clients,
        hostedZoneId,
        sets,
        replaceSimpleRecord,
        clients.patience(Duration.ofSeconds(POLL_SECONDS), patience, Duration.ZERO));
  }
}
