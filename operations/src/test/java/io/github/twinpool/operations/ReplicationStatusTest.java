package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.TestEmulators;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class ReplicationStatusTest {
  @Test
  void a_replica_in_another_region_than_the_one_named_is_none() {
    try (CognitoEmulator emulator = TestEmulators.start()) {
      UserPool elsewhere =
          UserPool.builder(emulator.userPool().id())
              .secondaryRegion("eu-west-1")
              .endpoint(RegionRole.PRIMARY, emulator.region(RegionRole.PRIMARY).endpoint())
              .endpoint(RegionRole.SECONDARY, emulator.region(RegionRole.SECONDARY).endpoint())
              .build();
      ReplicationStatus here = status(emulator.userPool());
      assertThat(here.replica()).isEqualTo("ACTIVE");
      assertThat(here.ready()).isTrue();
      ReplicationStatus there = status(elsewhere);
      assertThat(there.answers()).doesNotContainValue(false);
      assertThat(there.replica()).isEqualTo("none");
      assertThat(there.ready()).isFalse();
    }
  }

  private static ReplicationStatus status(UserPool pool) {
    try (AwsClients clients =
        AwsClients.builder(pool)
            .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build()) {
      return ReplicationStatus.of(clients);
    }
  }
}
