package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.RecordedCalls.Killed;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A set-up that dies before or after each of its changes, and is run again. */
class ReplicationKilledTest {
  /** How many changes a set-up makes that asks for everything. */
  private static final int CHANGES = 10;

  /**
   * What is asked for once more if the process dies right after it, because its result is not seen
   * yet. AWS refuses to make a second replica of a pool or of a key; and a replica that is
   * activated twice is ACTIVE.
   */
  private static final Set<String> REPEATED =
      Set.of(
          "cognito-idp:CreateUserPoolReplica",
          "kms:ReplicateKey",
          "cognito-idp:UpdateUserPoolReplica");

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
      String killedAt;
      try (AwsClients clients = fixture.clients(dying)) {
        ReplicationSetup setup = fixture.everything(clients);
        killedAt = catchThrowableOfType(Killed.class, setup::apply).getMessage();
      }
      RecordedCalls again = new RecordedCalls();
      try (AwsClients clients = fixture.clients(again)) {
        SetupPlan plan = fixture.everything(clients).apply();
        assertThat(plan.complete()).as("%s", plan).isTrue();
      }
      int made = answered ? change : change - 1;
      Optional<String> repeated =
          REPEATED.stream().filter(it -> killedAt.equals("after " + it)).findFirst();
      assertThat(again.changes())
          .as(killedAt)
          .isEqualTo(CHANGES - made + (repeated.isPresent() ? 1 : 0));
      repeated.ifPresent(it -> assertThat(again.calls(it)).as(killedAt).isEqualTo(1));
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
