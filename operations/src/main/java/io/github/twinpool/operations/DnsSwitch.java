package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A pair of Route 53 failover records for a name of your own that points at something regional: a
 * proxy, or the back end that front ends talk to. It follows the health check that the pool's
 * domain follows.
 *
 * <p><strong>Cognito's own hosts cannot be aliased</strong>: their certificates name no host of
 * yours, and requests are signed for the host and Region that they go to. What calls Cognito's API
 * is routed by the application. Thread-safe.
 */
public final class DnsSwitch {
  private final AwsCalls calls;
  private final String hostedZoneId;
  private final Map<RegionRole, ResourceRecordSet> wanted;
  private final boolean replaceSimpleRecord;
  private final Patience patience;

  DnsSwitch(
      AwsClients clients,
      String hostedZoneId,
      Map<RegionRole, ResourceRecordSet> wanted,
      boolean replaceSimpleRecord,
      Patience patience) {
    this.calls = new AwsCalls(clients);
    this.hostedZoneId = hostedZoneId;
    this.wanted = Map.copyOf(wanted);
    this.replaceSimpleRecord = replaceSimpleRecord;
    this.patience = patience;
  }

  /**
   * A builder; the clients stay the caller's to close.
   *
   * @param hostedZoneId the ID of the zone of the name
   * @param name the name that is to be switched
   */
  public static DnsSwitchBuilder builder(AwsClients clients, String hostedZoneId, String name) {
    return new DnsSwitchBuilder(clients, hostedZoneId, name);
  }

  /**
   * What an {@link #apply} would change, a sentence each without a full stop; empty if nothing.
   *
   * @throws OperationsException if the records cannot be read
   */
  public List<String> plan() {
    return changes().stream()
        .map(
            change ->
                (change.action() == ChangeAction.DELETE ? "deletes " : "puts ")
                    + described(change.resourceRecordSet()))
        .toList();
  }

  /**
   * Puts the records, all or none, and waits until all of Route 53's servers have them. Does
   * nothing if they are there.
   *
   * @param waiting is told how far it is at each look: PENDING, and since when. Called by this
   *     thread; an exception is logged, and the wait goes on
   * @return whether anything was changed
   * @throws OperationRefusedException with the code InvalidChangeBatch, if a simple record of the
   *     name stands in the way
   * @throws ChangePendingException if the change is made, and not in sync within the patience
   * @throws OperationsException if a call fails
   */
  public boolean apply(BiConsumer<String, Duration> waiting) {
    List<Change> changes = changes();
    if (changes.isEmpty()) {
      return false;
    }
    ChangeInfo begun =
        calls
            .route53(
                "ChangeResourceRecordSets",
                it ->
                    it.changeResourceRecordSets(
                        r ->
                            r.hostedZoneId(hostedZoneId)
                                .changeBatch(batch -> batch.changes(changes))))
            .changeInfo();
    ChangeInfo last =
        patience.until(
            () ->
                calls.route53("GetChange", it -> it.getChange(r -> r.id(begun.id()))).changeInfo(),
            seen -> seen.status() == ChangeStatus.INSYNC,
            (seen, elapsed) -> waiting.accept(seen.statusAsString(), elapsed));
    if (last.status() != ChangeStatus.INSYNC) {
      throw new ChangePendingException(begun.id(), last.statusAsString(), patience.limit());
    }
    return true;
  }

  /** Puts the records, and tells nobody how far it is. */
  public boolean apply() {
    return apply((status, elapsed) -> {});
  }

  private List<Change> changes() {
    List<ResourceRecordSet> present = present();
    List<Change> changes = new ArrayList<>();
    if (replaceSimpleRecord) {
      present.stream()
          .filter(set -> set.setIdentifier() == null)
          .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
    }
    for (RegionRole role : RegionRole.values()) {
      ResourceRecordSet set = Objects.requireNonNull(wanted.get(role));
      if (present.stream().noneMatch(set::equals)) {
        changes.add(change(ChangeAction.UPSERT, set));
      }
    }
    return changes;
  }

  private static Change change(ChangeAction action, ResourceRecordSet set) {
    return Change.builder().action(action).resourceRecordSet(set).build();
  }

  private List<ResourceRecordSet> present() {
    ResourceRecordSet any = Objects.requireNonNull(wanted.get(RegionRole.PRIMARY));
    RRType type = any.type();
    return calls
        .route53(
            "ListResourceRecordSets",
            it ->
                it.listResourceRecordSets(
                    r ->
                        r.hostedZoneId(hostedZoneId)
                            .startRecordName(any.name())
                            .startRecordType(type)))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(any.name()) && set.type() == type)
        .toList();
  }

  private static String described(ResourceRecordSet set) {
    String role = set.failoverAsString() == null ? "simple" : set.failoverAsString();
    String target =
        set.aliasTarget() == null
            ? String.join(", ", set.resourceRecords().stream().map(it -> it.value()).toList())
            : set.aliasTarget().dnsName();
    return role + " " + set.typeAsString() + " " + set.name() + " to " + target;
  }
}
