package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static io.github.twinpool.emulator.SignInFixture.with;
import static io.github.twinpool.emulator.SignInFixture.without;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.RegionRole;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/** SRP against the server; that a client which we did not write agrees is JavaScriptTest's. */
class SrpSignInTest {
  private static final String WRONG = "Incorrect username or password.";
  private static final String VERIFIER = "PASSWORD_VERIFIER";

  private SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void restart(UnaryOperator<CognitoEmulator.Builder> settings) {
    fixture.close();
    fixture = new SignInFixture(settings);
  }

  private InitiateAuthResponse begin(SrpClient srp, String username) {
    return begin(RegionRole.PRIMARY, srp, username);
  }

  private InitiateAuthResponse begin(RegionRole role, SrpClient srp, String username) {
    return fixture.begin(
        role, "USER_SRP_AUTH", Map.of("USERNAME", username, "SRP_A", srp.publicA()));
  }

  private Map<String, String> proof(SrpClient srp, InitiateAuthResponse begun, String password) {
    Map<String, String> challenge = begun.challengeParameters();
    return srp.prove(
        challenge,
        fixture.poolName(),
        challenge.get("USER_ID_FOR_SRP"),
        password,
        fixture.clock.instant());
  }

  private void answer(Map<String, String> responses) {
    fixture.answer(VERIFIER, null, responses);
  }

  private void signIn(String username, String password) {
    SrpClient srp = new SrpClient();
    answer(proof(srp, begin(srp, username), password));
  }

  @ParameterizedTest
  @EnumSource
  void either_region_signs_in_and_the_challenge_has_its_parameters_and_no_session(RegionRole role) {
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun = begin(role, srp, "ada");

    assertThat(begun.challengeNameAsString()).isEqualTo(VERIFIER);
    assertThat(begun.session()).isNull();
    assertThat(begun.challengeParameters())
        .containsOnlyKeys("SALT", "SRP_B", "SECRET_BLOCK", "USER_ID_FOR_SRP", "USERNAME")
        .containsEntry("USERNAME", "ada");
    assertThat(
            fixture
                .answer(role, VERIFIER, null, proof(srp, begun, PASSWORD))
                .authenticationResult()
                .accessToken())
        .isNotBlank();
  }

  @Test
  void administrators_sign_in_alike() {
    SrpClient srp = new SrpClient();
    AdminInitiateAuthResponse begun =
        fixture
            .primary()
            .adminInitiateAuth(
                r ->
                    r.userPoolId(fixture.poolId)
                        .clientId(fixture.clientId)
                        .authFlow("USER_SRP_AUTH")
                        .authParameters(Map.of("USERNAME", "ada", "SRP_A", srp.publicA())));
    Map<String, String> proof =
        srp.prove(
            begun.challengeParameters(),
            fixture.poolName(),
            "ada",
            PASSWORD,
            fixture.clock.instant());

    assertThat(
            fixture
                .primary()
                .adminRespondToAuthChallenge(
                    r ->
                        r.userPoolId(fixture.poolId)
                            .clientId(fixture.clientId)
                            .challengeName(VERIFIER)
                            .challengeResponses(proof))
                .authenticationResult()
                .idToken())
        .isNotBlank();
  }

  @Test
  void random_names_and_passwords_sign_in() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String name =
          i + random.ints(6, 'a', 'z').mapToObj(Character::toString).reduce("", String::concat);
      String password =
          random
              .ints(9, 0x21, 0x2FF)
              .filter(c -> c < 0x7F || c > 0xA0)
              .mapToObj(Character::toString)
              .reduce("p", String::concat);
      fixture.emulator.createUser(name, password);
      try {
        signIn(name, password);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", user " + i, e);
      }
    }
  }

  @Test
  void a_wrong_password_is_refused_and_counts_in_the_lockout_that_plain_passwords_count_in() {
    for (int i = 0; i < 3; i++) {
      notAuthorized(() -> signIn("ada", "wrong"), WRONG);
    }
    for (int i = 0; i < 2; i++) {
      notAuthorized(
          () -> fixture.begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", "wrong")),
          WRONG);
    }
    notAuthorized(() -> signIn("ada", PASSWORD), "Password attempts exceeded");
    SrpClient srp = new SrpClient();
    InitiateAuthResponse elsewhere = begin(RegionRole.SECONDARY, srp, "ada");
    fixture.answer(RegionRole.SECONDARY, VERIFIER, null, proof(srp, elsewhere, PASSWORD));

    fixture.clock.advance(Duration.ofSeconds(1));
    signIn("ada", PASSWORD);
  }

  @Test
  void a_secret_block_is_good_for_one_proof_right_or_wrong() {
    String once = "Invalid session for the user, session can only be used once.";
    SrpClient srp = new SrpClient();
    Map<String, String> right = proof(srp, begin(srp, "ada"), PASSWORD);
    answer(right);
    notAuthorized(() -> answer(right), once);
    assertThat(fixture.emulator.duplicates()).isEqualTo(1);

    InitiateAuthResponse begun = begin(srp, "ada");
    notAuthorized(() -> answer(proof(srp, begun, "wrong")), WRONG);
    notAuthorized(() -> answer(proof(srp, begun, PASSWORD)), once);
  }

  @Test
  void a_secret_block_expires_with_the_session() {
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun = begin(srp, "ada");
    fixture.clock.advance(Duration.ofMinutes(3));

    notAuthorized(
        () -> answer(proof(srp, begun, PASSWORD)),
        "Invalid session for the user, session is expired.");
  }

  @Test
  void a_secret_block_is_bound_to_its_region_user_and_client() {
    String invalid = "Invalid session for the user.";
    SrpClient srp = new SrpClient();
    Map<String, String> proof = proof(srp, begin(srp, "ada"), PASSWORD);
    fixture.emulator.createUser("bob", PASSWORD);
    String other =
        fixture
            .primary()
            .createUserPoolClient(r -> r.userPoolId(fixture.poolId).clientName("other"))
            .userPoolClient()
            .clientId();

    notAuthorized(() -> fixture.answer(RegionRole.SECONDARY, VERIFIER, null, proof), invalid);
    notAuthorized(() -> answer(with(proof, "USERNAME", "bob")), invalid);
    notAuthorized(() -> answer(with(proof, "USERNAME", "nobody")), invalid);
    notAuthorized(
        () ->
            fixture
                .primary()
                .respondToAuthChallenge(
                    r -> r.clientId(other).challengeName(VERIFIER).challengeResponses(proof)),
        invalid);
    answer(proof);
  }

  @Test
  void a_secret_block_is_good_in_the_other_region_if_sessions_are_portable() {
    restart(builder -> builder.sessionsPortable(true));
    SrpClient srp = new SrpClient();
    Map<String, String> proof = proof(srp, begin(srp, "ada"), PASSWORD);

    assertThat(fixture.answer(RegionRole.SECONDARY, VERIFIER, null, proof).authenticationResult())
        .isNotNull();
  }

  @Test
  void a_forged_secret_block_or_signature_is_refused() {
    for (String forged : new String[] {"x", "====", "AAAA", "bm90IHNlYWxlZA=="}) {
      SrpClient srp = new SrpClient();
      Map<String, String> proof = proof(srp, begin(srp, "ada"), PASSWORD);

      notAuthorized(
          () -> answer(with(proof, "PASSWORD_CLAIM_SECRET_BLOCK", forged)),
          "Invalid session for the user.");
      notAuthorized(
          () -> answer(with(proof, "PASSWORD_CLAIM_SECRET_BLOCK", "A".repeat(100_000))),
          "Invalid session for the user.");
      notAuthorized(() -> answer(with(proof, "PASSWORD_CLAIM_SIGNATURE", forged)), WRONG);
    }
  }

  @Test
  void a_missing_part_is_named_and_the_secret_block_stays_good() {
    for (String missing :
        new String[] {
          "USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"
        }) {
      SrpClient srp = new SrpClient();
      Map<String, String> proof = proof(srp, begin(srp, "ada"), PASSWORD);

      refused(
          () -> answer(without(proof, missing)),
          "InvalidParameterException",
          "Missing required parameter " + missing);
      answer(proof);
    }
  }

  @Test
  void a_clock_may_differ_by_five_minutes() {
    for (long seconds : new long[] {-300, -299, 0, 299, 300}) {
      SrpClient srp = new SrpClient();
      InitiateAuthResponse begun = begin(srp, "ada");

      answer(
          srp.prove(
              begun.challengeParameters(),
              fixture.poolName(),
              "ada",
              PASSWORD,
              fixture.clock.instant().plusSeconds(seconds)));
    }
  }

  @Test
  void a_clock_may_not_differ_by_more() {
    for (long seconds : new long[] {-301, 301, -86_400, 31_536_000}) {
      SrpClient srp = new SrpClient();
      InitiateAuthResponse begun = begin(srp, "ada");

      notAuthorized(
          () ->
              answer(
                  srp.prove(
                      begun.challengeParameters(),
                      fixture.poolName(),
                      "ada",
                      PASSWORD,
                      fixture.clock.instant().plusSeconds(seconds))),
          WRONG);
    }
  }

  @Test
  void a_timestamp_has_its_format() {
    for (String timestamp :
        new String[] {
          "now",
          "2026-11-22T12:00:00Z",
          "So Nov 22 12:00:00 UTC 2026",
          "Sun Nov 22 12:00:00 CET 2026"
        }) {
      SrpClient srp = new SrpClient();
      Map<String, String> proof = proof(srp, begin(srp, "ada"), PASSWORD);

      refused(
          () -> answer(with(proof, "TIMESTAMP", timestamp)),
          "InvalidParameterException",
          "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
    }
  }

  private static List<String> badPublicValues() {
    BigInteger n = SrpClient.N;
    return List.of(
        "0",
        "000",
        n.toString(16),
        n.shiftLeft(1).toString(16),
        "-1",
        "x",
        "0x12",
        " 12",
        "1".repeat(771),
        "f".repeat(100_000));
  }

  @Test
  void a_public_value_that_would_let_anybody_in_or_is_no_number_is_refused() {
    for (String srpA : badPublicValues()) {
      Map<String, String> parameters = Map.of("USERNAME", "ada", "SRP_A", srpA);

      assertThat(catchThrowable(() -> fixture.begin("USER_SRP_AUTH", parameters)))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("SRP_A");
    }
  }

  @Test
  void a_missing_public_value_is_named() {
    refused(
        () -> fixture.begin("USER_SRP_AUTH", Map.of("USERNAME", "ada")),
        "InvalidParameterException",
        "Missing required parameter SRP_A");
  }

  @Test
  void an_unknown_user_gets_a_challenge_like_others_and_fails_it() {
    SrpClient srp = new SrpClient();
    Map<String, String> first = begin(srp, "nobody").challengeParameters();
    InitiateAuthResponse second = begin(srp, "nobody");

    assertThat(first).containsOnlyKeys(begin(srp, "ada").challengeParameters().keySet());
    assertThat(second.challengeParameters())
        .containsEntry("SALT", first.get("SALT"))
        .containsEntry("USER_ID_FOR_SRP", "nobody")
        .doesNotContainEntry("SRP_B", first.get("SRP_B"));
    assertThat(new BigInteger(first.get("SALT"), 16).bitLength()).isBetween(100, 128);
    notAuthorized(() -> answer(proof(srp, second, PASSWORD)), WRONG);
  }

  @Test
  void an_unknown_user_is_called_unknown_by_a_client_that_does_not_prevent_it() {
    String legacy =
        fixture
            .primary()
            .createUserPoolClient(r -> r.userPoolId(fixture.poolId).clientName("legacy"))
            .userPoolClient()
            .clientId();

    assertThat(
            catchThrowable(
                () ->
                    fixture
                        .primary()
                        .initiateAuth(
                            r ->
                                r.clientId(legacy)
                                    .authFlow("USER_SRP_AUTH")
                                    .authParameters(
                                        Map.of(
                                            "USERNAME",
                                            "nobody",
                                            "SRP_A",
                                            new SrpClient().publicA())))))
        .isInstanceOf(UserNotFoundException.class);
  }

  @Test
  void whoever_types_an_alias_proves_themselves_by_their_user_name() {
    restart(builder -> builder.emailAlias(true));
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun = begin(srp, "ada@example.com");

    assertThat(begun.challengeParameters())
        .containsEntry("USER_ID_FOR_SRP", "ada")
        .containsEntry("USERNAME", "ada");
    answer(proof(srp, begun, PASSWORD));
    InitiateAuthResponse unknown = begin(srp, "eve@example.com");
    assertThat(unknown.challengeParameters().get("USER_ID_FOR_SRP")).doesNotContain("@");
    notAuthorized(() -> answer(proof(srp, unknown, PASSWORD)), WRONG);
    InitiateAuthResponse typedAgain = begin(srp, "eve@example.com");
    notAuthorized(
        () -> answer(with(proof(srp, typedAgain, PASSWORD), "USERNAME", "eve@example.com")), WRONG);
  }

  @Test
  void whoever_types_their_sub_proves_themselves_by_their_user_name() {
    String sub =
        fixture
            .primary()
            .adminGetUser(r -> r.userPoolId(fixture.poolId).username("ada"))
            .userAttributes()
            .stream()
            .filter(attribute -> attribute.name().equals("sub"))
            .findFirst()
            .orElseThrow()
            .value();
    signIn(sub, PASSWORD);
  }

  @Test
  void every_way_of_setting_a_password_makes_a_new_verifier() {
    fixture
        .primary()
        .adminSetUserPassword(
            r ->
                r.userPoolId(fixture.poolId)
                    .username("ada")
                    .password("Second-Horse-2")
                    .permanent(true));
    signIn("ada", "Second-Horse-2");
    String token =
        fixture
            .begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", "Second-Horse-2"))
            .authenticationResult()
            .accessToken();
    fixture
        .primary()
        .changePassword(
            r ->
                r.accessToken(token)
                    .previousPassword("Second-Horse-2")
                    .proposedPassword("Third-Horse-3"));
    signIn("ada", "Third-Horse-3");
    fixture.primary().forgotPassword(r -> r.clientId(fixture.clientId).username("ada"));
    fixture
        .primary()
        .confirmForgotPassword(
            r ->
                r.clientId(fixture.clientId)
                    .username("ada")
                    .confirmationCode(fixture.lastCode("ada"))
                    .password("Fourth-Horse-4"));
    signIn("ada", "Fourth-Horse-4");
    notAuthorized(() -> signIn("ada", "Third-Horse-3"), WRONG);
  }

  @Test
  void the_secondary_has_the_old_verifier_until_the_new_one_has_arrived() {
    fixture.emulator.replicationLag(Duration.ofMinutes(1));
    fixture
        .primary()
        .adminSetUserPassword(
            r ->
                r.userPoolId(fixture.poolId)
                    .username("ada")
                    .password("Second-Horse-2")
                    .permanent(true));
    SrpClient srp = new SrpClient();
    InitiateAuthResponse old = begin(RegionRole.SECONDARY, srp, "ada");
    fixture.answer(RegionRole.SECONDARY, VERIFIER, null, proof(srp, old, PASSWORD));

    fixture.clock.advance(Duration.ofMinutes(1));
    InitiateAuthResponse arrived = begin(RegionRole.SECONDARY, srp, "ada");
    fixture.answer(RegionRole.SECONDARY, VERIFIER, null, proof(srp, arrived, "Second-Horse-2"));
  }

  @Test
  void the_flow_must_be_allowed() {
    String client =
        fixture
            .primary()
            .createUserPoolClient(
                r ->
                    r.userPoolId(fixture.poolId)
                        .clientName("plain")
                        .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH"))
            .userPoolClient()
            .clientId();
    for (String flow : new String[] {"USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"}) {
      refused(
          () ->
              fixture
                  .primary()
                  .initiateAuth(
                      r ->
                          r.clientId(client)
                              .authFlow(flow)
                              .authParameters(
                                  Map.of("USERNAME", "ada", "SRP_A", new SrpClient().publicA()))),
          "InvalidParameterException",
          flow + " is not enabled for the client.");
    }
  }

  @Test
  void secret_blocks_tell_nothing() {
    SrpClient srp = new SrpClient();
    String block = begin(srp, "ada").challengeParameters().get("SECRET_BLOCK");

    assertThat(new String(Base64.getDecoder().decode(block), UTF_8)).doesNotContain("ada");
    assertThat(block.length()).isBetween(1_500, 2_500);
  }
}
