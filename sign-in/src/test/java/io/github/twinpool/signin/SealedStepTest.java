package io.github.twinpool.signin;

import static io.github.twinpool.signin.SignInWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/** A step is continued on another application server: another client, another process. */
class SealedStepTest {
  private SignInWorld world;
  private Visitor visitor;

  @BeforeEach
  void start() {
    world = new SignInWorld();
    visitor = new Visitor(world, world.signIn(), world.person());
    visitor.prefers(ChallengeNameType.SMS_MFA);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static SecretKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new SecretKeySpec(bytes, "AES");
  }

  private SignInChallenge begun(SignIn signIn) {
    SignInStep step = signIn.start(SignInRequest.srp(visitor.name, PASSWORD.toCharArray()));
    assertThat(step).isInstanceOf(SmsMfaChallenge.class);
    return (SignInChallenge) step;
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_step_goes_on_elsewhere_in_the_region_where_it_began(RegionRole role) {
    if (role == RegionRole.SECONDARY) {
      world.onSecondary();
    }
    String sealed = begun(world.builder().stepKeys(key(1)).build()).seal();
    // The other server serves from the primary.
    try (MultiRegionCognito other = world.cognitoBuilder().build()) {
      SignIn elsewhere =
          SignIn.builder(other, world.clientId)
              .clock(world.clock())
              .stepKeys(key(2), key(1))
              .build();
      SignInChallenge step = elsewhere.resume(sealed);
      assertThat(step.region()).isEqualTo(role);
      SignInStep next = ((SmsMfaChallenge) step).answer(world.code(visitor.name));
      assertThat(next).isInstanceOf(SignedIn.class);
    }
  }

  @Test
  void a_sealed_step_shows_nothing_and_holds_no_password() {
    SignInChallenge step = begun(world.builder().stepKeys(key(1)).build());
    String sealed = step.seal();
    assertThat(sealed).doesNotContain(visitor.name).doesNotContain(PASSWORD);
    assertThat(sealed.length()).isLessThan(8_192);
    StepSealer sealer =
        new StepSealer(java.util.List.of(key(1)), world.poolId, world.clientId, world.clock());
    assertThat(sealer.open(sealed).person().device()).isNull();
    assertThat(step.toString() + sealer.open(sealed) + sealer)
        .doesNotContain(visitor.name)
        .doesNotContain(PASSWORD);
  }

  @Test
  void forged_and_foreign_steps_are_refused() {
    SignIn signIn = world.builder().stepKeys(key(1)).build();
    String sealed = begun(signIn).seal();
    String otherClient = world.client(false);
    SignIn ofOtherClient =
        SignIn.builder(world.cognito, otherClient).clock(world.clock()).stepKeys(key(1)).build();
    assertThatThrownBy(() -> ofOtherClient.resume(sealed)).isInstanceOf(SealedStepException.class);
    SignIn ofOtherKey = world.builder().stepKeys(key(2)).build();
    assertThatThrownBy(() -> ofOtherKey.resume(sealed)).isInstanceOf(SealedStepException.class);
    int middle = sealed.length() / 2;
    char changed = sealed.charAt(middle) == 'A' ? 'B' : 'A';
    Stream.of(
            "",
            ".",
            "....",
            "a.b.c.d.e",
            sealed.substring(1),
            sealed + "A",
            sealed.substring(0, middle) + changed + sealed.substring(middle + 1),
            "A".repeat(20_000))
        .forEach(
            forged ->
                assertThatThrownBy(() -> signIn.resume(forged))
                    .asInstanceOf(type(SealedStepException.class))
                    .satisfies(it -> assertThat(it.expired()).isFalse()));
  }

  @Test
  void a_step_expires_with_its_session() {
    SignIn signIn = world.builder().stepKeys(key(1)).build();
    String sealed = begun(signIn).seal();
    world.pass(Duration.ofSeconds(179));
    assertThat(signIn.resume(sealed)).isInstanceOf(SmsMfaChallenge.class);
    world.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> signIn.resume(sealed))
        .asInstanceOf(type(SealedStepException.class))
        .satisfies(it -> assertThat(it.expired()).isTrue());
  }

  @Test
  void without_keys_nothing_is_sealed_or_resumed() {
    SignIn signIn = world.signIn();
    SignInChallenge step = begun(signIn);
    assertThatThrownBy(step::seal).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> signIn.resume("any")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_key_of_another_size_is_refused() {
    SecretKey small = new SecretKeySpec(new byte[16], "AES");
    assertThatThrownBy(() -> world.builder().stepKeys(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stepKeys");
    assertThatThrownBy(() -> world.builder().stepKeys(key(1), small))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_set_up_of_an_authenticator_can_be_resumed_between_its_halves() {
    visitor.prefers();
    visitor.mustHaveMfa();
    SignIn signIn = world.builder().stepKeys(key(1)).build();
    MfaSetupChallenge setup =
        (MfaSetupChallenge) signIn.start(SignInRequest.srp(visitor.name, PASSWORD.toCharArray()));
    SoftwareTokenSetup begun = setup.setUpSoftwareToken();
    String secret = begun.secretCode().orElseThrow();
    SoftwareTokenSetup resumed = (SoftwareTokenSetup) signIn.resume(begun.seal());
    assertThat(resumed.secretCode()).isEmpty();
    assertThat(resumed.answer(world.totp(secret), "phone")).isInstanceOf(SignedIn.class);
  }
}
