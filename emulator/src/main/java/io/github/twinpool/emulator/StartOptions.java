package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of an emulator was told. Each emulator keeps a copy of its own, since a reset
 * begins with it anew.
 */
final class StartOptions implements Cloneable {
  @Nullable String primaryRegion;
  String secondaryRegion = "us-west-2";
  @Nullable String poolId;
  @Nullable String clientId;
  @Nullable String clientSecret;
  List<StartPool.User> users = List.of();
  List<StartPool> pools = List.of();
  Ports ports = Ports.ANY;
  boolean domainFailover;
  @Nullable ReplicaStatus replicaStatus = ReplicaStatus.ACTIVE;
  boolean singleRegion;
  Duration replicaDelay = Duration.ZERO;
  Duration consistencyDelay = Duration.ZERO;
  Duration replicationLag = Duration.ZERO;
  IssuerType issuerType = IssuerType.ORIGINAL;
  Assumptions assumptions = Assumptions.DEFAULT;
  List<CustomChallenge> customChallenges = List.of();
  boolean emailAlias;
  InstantSource clock;
  LongSupplier nanoTime;
  SecureRandom random = new SecureRandom();
  Function<SecureRandom, PoolKeys> keys = PoolKeys::generate;

  StartOptions(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** The primary Region: the one that was given, that of the first pool's ID, or us-east-1. */
  String primary() {
    if (primaryRegion != null) {
      return primaryRegion;
    }
    return Optional.ofNullable(poolId)
        .or(() -> pools.stream().findFirst().map(StartPool::id))
        .filter(id -> id.indexOf('_') > 0)
        .map(id -> id.substring(0, id.indexOf('_')))
        .orElse("us-east-1");
  }

  StartOptions copy() {
    try {
      return (StartOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("it is Cloneable", e);
    }
  }
}
