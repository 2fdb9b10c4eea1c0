package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.operations.Finding.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** A chain of the SDK's that finds nothing, as on the machine of somebody who begins. */
class MissingCredentialsTest {
  @Test
  void it_is_said_in_a_line_and_no_identity_is_taken_for_allowed(@TempDir Path folder)
      throws Exception {
    Path empty = Files.createFile(folder.resolve("config"));
    ProfileFile profiles =
        ProfileFile.builder().content(empty).type(ProfileFile.Type.CONFIGURATION).build();
    try (CognitoEmulator emulator = TestEmulators.start();
        AwsClients clients =
            AwsClients.builder(emulator.userPool())
                .credentials(
                    AwsCredentialsProviderChain.of(
                        ProfileCredentialsProvider.builder().profileFile(profiles).build()))
                .kmsEndpoint(RegionRole.PRIMARY, emulator.kms(RegionRole.PRIMARY).endpoint())
                .kmsEndpoint(RegionRole.SECONDARY, emulator.kms(RegionRole.SECONDARY).endpoint())
                .wafEndpoint(RegionRole.PRIMARY, emulator.waf(RegionRole.PRIMARY).endpoint())
                .wafEndpoint(RegionRole.SECONDARY, emulator.waf(RegionRole.SECONDARY).endpoint())
                .route53Endpoint(emulator.route53().endpoint())
                .build()) {
      ReplicationSetup setup = ReplicationSetup.builder(clients).build();
      assertThatThrownBy(setup::plan)
          .isInstanceOf(MissingCredentialsException.class)
          .hasMessage(
              "Wants AWS credentials for cognito-idp:DescribeUserPool, and the SDK finds none:"
                  + " environment, profile, role");
      DoctorReport report = ReplicationDoctor.of(clients).examine();
      assertThat(report.exitCode()).isEqualTo(3);
      assertThat(report.notExamined()).containsKeys(Check.IDENTITY, Check.REPLICA, Check.WAF);
      assertThat(emulator.region(RegionRole.PRIMARY).calls("DescribeUserPool")).isZero();
    }
  }
}
