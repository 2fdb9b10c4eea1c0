package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of an emulator was told. Each emulator keeps a copy of its own, since a reset
 * begins with it anew.
 */
final class StartOptions implements Cloneable {
  String primaryRegion = "us-east-1";
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

  StartOptions copy() {
    try {
      return (StartOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("it is Cloneable", e);
    }
  }
}
