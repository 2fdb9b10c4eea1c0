package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Secondary;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the secondary serves rests on the facts page, "What the secondary serves". */
class SecondaryCatalogueTest {
  private static final String REFUSED = "OperationNotEnabledException";

  private final RawClient raw = new RawClient();

  @ParameterizedTest
  @CsvSource({"ACTIVE", "INACTIVE", "CREATING"})
  void the_secondary_refuses_exactly_what_the_catalogue_forbids(ReplicaStatus status) {
    try (CognitoEmulator emulator =
        TestEmulators.builder().replicaStatus(status).replicaDelay(Duration.ofHours(1)).start()) {
      URI secondary = emulator.region(RegionRole.SECONDARY).endpoint();
      assertThat(OperationSupport.catalogue()).hasSizeGreaterThan(130);
      for (OperationSupport row : OperationSupport.catalogue()) {
        boolean allowed =
            row.secondary() == Secondary.ALWAYS
                || (row.secondary() == Secondary.ACTIVE && status == ReplicaStatus.ACTIVE);
        for (String body : bodies(emulator)) {
          RawClient.Answer answer = raw.signedCall(secondary, "us-west-2", row.operation(), body);
          assertThat(answer.type().equals(REFUSED))
              .as("%s with %s: %s", row.operation(), body, answer.type())
              .isEqualTo(!allowed);
          assertThat(answer.status()).isIn(200, 400);
        }
      }
    }
  }

  private static String[] bodies(CognitoEmulator emulator) {
    return new String[] {
      "{}",
      "{\"UserPoolId\":\"" + emulator.userPool().id() + "\"}",
      "{\"ClientId\":\"" + emulator.clientId() + "\"}"
    };
  }

  @Test
  void the_primary_never_answers_that_an_operation_is_not_enabled() {
    try (CognitoEmulator emulator = TestEmulators.start()) {
      URI primary = emulator.region(RegionRole.PRIMARY).endpoint();
      for (OperationSupport row : OperationSupport.catalogue()) {
        assertThat(raw.signedCall(primary, "us-east-1", row.operation(), "{}").type())
            .as(row.operation())
            .isNotEqualTo(REFUSED);
      }
    }
  }

  @Test
  void a_secondary_without_a_replica_does_not_know_the_pool() {
    try (CognitoEmulator emulator = TestEmulators.builder().withoutReplica().start()) {
      URI secondary = emulator.region(RegionRole.SECONDARY).endpoint();
      for (String operation : new String[] {"DescribeUserPool", "SignUp", "InitiateAuth"}) {
        String body = "{\"UserPoolId\":\"" + emulator.userPool().id() + "\",\"ClientId\":\"c\"}";
        RawClient.Answer answer = raw.signedCall(secondary, "us-west-2", operation, body);
        assertThat(answer.type()).as(operation).isEqualTo("ResourceNotFoundException");
      }
      assertThat(raw.get(emulator.userPool().jwksUri(RegionRole.SECONDARY)).status())
          .isEqualTo(404);
    }
  }
}
