package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.RecordedCalls.Killed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A set-up that dies before or after each of its changes, and is run again. */
class ReplicationKilledTest {
  /** How many changes a set-up makes that asks for everything. */
  private static final int CHANGES = 10;

  @ParameterizedTest
  @CsvSource({
    "1, false", "1, true", "2, false", "2, true", "3, false", "3, true", "4, false", "4, true",
    "5, false", "5, true", "6, false", "6, true", "7, false", "7, true", "8, false", "8, true",
    "9, false", "9, true", "10, false", "10, true"
  })
  void killed_at_a_change_and_run_again_it_ends_the_same_and_made_nothing_twice(
      int change, boolean answered) {
    try (SetupFixture fixture = new SetupFixture()) {
      RecordedCalls dying = new RecordedCalls(change, answered);
      try (AwsClients clients = fixture.clients(dying)) {
        ReplicationSetup setup = fixture.everything(clients);
        assertThatThrownBy(setup::apply).isInstanceOf(Killed.class);
      }
      RecordedCalls again = new RecordedCalls();
      try (AwsClients clients = fixture.clients(again)) {
        SetupPlan plan = fixture.everything(clients).apply();
        assertThat(plan.complete()).as("%s", plan).isTrue();
      }
      int made = answered ? change : change - 1;
      boolean asked = again.changes() > CHANGES - made; // for a replica that is not listed yet
      assertThat(again.changes() - (asked ? 1 : 0)).isEqualTo(CHANGES - made);
      assertThat(fixture.keys(RegionRole.PRIMARY)).isEqualTo(1);
      assertThat(fixture.keys(RegionRole.SECONDARY)).isEqualTo(1);
      assertThat(fixture.emulator.route53().healthChecks()).isEqualTo(2);
      assertThat(fixture.replicas()).containsExactly("ACTIVE", "ACTIVE");
      UserPoolType pool = fixture.described(fixture.primary);
      assertThat(pool.issuerConfiguration().typeAsString()).isEqualTo("UPDATED");
      assertThat(fixture.routing(pool.domain())).isEqualTo(fixture.routing(pool.customDomain()));
      assertThat(fixture.described(fixture.secondary).lambdaConfig().preSignUp())
          .isEqualTo(SetupFixture.TRIGGER);
    }
  }
}
