package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolReplicaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** What the steps of one run share: the calls, what is asked for, and what was made so far. */
final class SetupContext {
  private final AwsCalls calls;
  private final SetupSettings settings;
  private final Patience patience;
  private final PoolKey key;
  private @Nullable String madeHealthCheckId;

  SetupContext(AwsCalls calls, SetupSettings settings, Patience patience) {
    this.calls = calls;
    this.settings = settings;
    this.patience = patience;
    this.key = new PoolKey(this);
  }

  AwsCalls calls() {
    return calls;
  }

  SetupSettings settings() {
    return settings;
  }

  Patience patience() {
    return patience;
  }

  UserPool pool() {
    return calls.pool();
  }

  String region(RegionRole role) {
    return pool().region(role);
  }

  PoolKey key() {
    return key;
  }

  /** The pool as a Region describes it now. */
  UserPoolType described(RegionRole role) {
    return described(calls, role);
  }

  static UserPoolType described(AwsCalls calls, RegionRole role) {
    return calls
        .cognito(
            role,
            "DescribeUserPool",
            it -> it.describeUserPool(r -> r.userPoolId(calls.pool().id())))
        .userPool();
  }

  /** The pool's ARN in a Region; the account is read from the primary's. */
  List<String> poolArns() {
    String primary = described(RegionRole.PRIMARY).arn();
    String secondary =
        primary.replace(
            ":cognito-idp:" + region(RegionRole.PRIMARY) + ":",
            ":cognito-idp:" + region(RegionRole.SECONDARY) + ":");
    return List.of(primary, secondary);
  }

  /** The replicas that the primary lists, itself left out. */
  List<UserPoolReplicaType> replicas() {
    return ReplicaTask.listed(calls);
  }

  /** The status of the replica in the secondary Region, as AWS spells it. */
  Optional<String> replicaStatus() {
    return ReplicaTask.status(calls);
  }

  /** The check that the domain is to follow, once there is one. */
  Optional<String> healthCheckId() {
    return Optional.ofNullable(settings.healthCheckId())
        .or(() -> Optional.ofNullable(madeHealthCheckId));
  }

  void madeHealthCheck(String id) {
    madeHealthCheckId = id;
  }
}
