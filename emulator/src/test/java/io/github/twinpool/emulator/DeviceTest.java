package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.RegionRole;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NewDeviceMetadataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;

class DeviceTest {
  private static final String SECRET = "the device's own secret";
  private static final String UNKNOWN = "Device does not exist.";

  private final SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void track(boolean insteadOfMfa, boolean onPrompt, String mfa) {
    fixture
        .primary()
        .updateUserPool(
            r ->
                r.userPoolId(fixture.poolId)
                    .mfaConfiguration(mfa)
                    .smsConfiguration(SignInFixture.anySender())
                    .deviceConfiguration(
                        d ->
                            d.challengeRequiredOnNewDevice(insteadOfMfa)
                                .deviceOnlyRememberedOnUserPrompt(onPrompt)));
  }

  private boolean confirm(AuthenticationResultType signedIn) {
    NewDeviceMetadataType device = signedIn.newDeviceMetadata();
    Map<String, String> verifier =
        SrpClient.deviceVerifier(device.deviceGroupKey(), device.deviceKey(), SECRET);
    return fixture
        .primary()
        .confirmDevice(
            r ->
                r.accessToken(signedIn.accessToken())
                    .deviceKey(device.deviceKey())
                    .deviceName("laptop")
                    .deviceSecretVerifierConfig(
                        v ->
                            v.salt(verifier.get("salt"))
                                .passwordVerifier(verifier.get("verifier"))))
        .userConfirmationNecessary();
  }

  /** Signs in on a new device and confirms it. */
  private AuthenticationResultType confirmed() {
    AuthenticationResultType signedIn = fixture.beginWithPassword().authenticationResult();
    confirm(signedIn);
    return signedIn;
  }

  private InitiateAuthResponse begin(RegionRole role, String key) {
    return fixture.begin(
        role,
        "USER_PASSWORD_AUTH",
        Map.of("USERNAME", "ada", "PASSWORD", PASSWORD, "DEVICE_KEY", key));
  }

  private AuthenticationResultType prove(
      RegionRole role, NewDeviceMetadataType device, String session, String secret) {
    SrpClient srp = new SrpClient();
    Map<String, String> named = Map.of("USERNAME", "ada", "DEVICE_KEY", device.deviceKey());
    RespondToAuthChallengeResponse offered =
        fixture.answer(
            role, "DEVICE_SRP_AUTH", session, SignInFixture.with(named, "SRP_A", srp.publicA()));
    assertThat(offered.challengeNameAsString()).isEqualTo("DEVICE_PASSWORD_VERIFIER");
    assertThat(offered.challengeParameters())
        .containsOnlyKeys("SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY");
    Map<String, String> proof =
        srp.prove(
            offered.challengeParameters(),
            device.deviceGroupKey(),
            device.deviceKey(),
            secret,
            fixture.clock.instant());
    return fixture
        .answer(
            role,
            "DEVICE_PASSWORD_VERIFIER",
            null,
            SignInFixture.with(proof, "DEVICE_KEY", device.deviceKey()))
        .authenticationResult();
  }

  private static String deviceOf(AuthenticationResultType tokens) {
    try {
      return SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getStringClaim("device_key");
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_pool_that_does_not_track_gives_no_device() {
    assertThat(fixture.beginWithPassword().authenticationResult().newDeviceMetadata()).isNull();
  }

  @Test
  void a_new_device_is_given_confirmed_and_proves_itself_in_either_region() {
    track(false, false, "OFF");
    AuthenticationResultType signedIn = confirmed();
    NewDeviceMetadataType device = signedIn.newDeviceMetadata();
    assertThat(device.deviceKey()).matches("us-east-1_[0-9a-f-]{36}");
    assertThat(deviceOf(signedIn)).isEqualTo(device.deviceKey());

    for (RegionRole role : RegionRole.values()) {
      InitiateAuthResponse begun = begin(role, device.deviceKey());
      assertThat(begun.challengeNameAsString()).isEqualTo("DEVICE_SRP_AUTH");
      AuthenticationResultType again = prove(role, device, begun.session(), SECRET);
      assertThat(deviceOf(again)).isEqualTo(device.deviceKey());
      assertThat(again.newDeviceMetadata()).isNull();
    }
  }

  @Test
  void a_wrong_device_secret_is_wrong_credentials() {
    track(false, false, "OFF");
    NewDeviceMetadataType device = confirmed().newDeviceMetadata();
    String session = begin(RegionRole.PRIMARY, device.deviceKey()).session();

    notAuthorized(
        () -> prove(RegionRole.PRIMARY, device, session, "wrong"),
        "Incorrect username or password.");
  }

  @Test
  void a_remembered_device_stands_in_for_the_second_factor_and_another_does_not() {
    track(true, true, "ON");
    InitiateAuthResponse begun = fixture.beginWithPassword();
    assertThat(begun.challengeNameAsString()).isEqualTo("SMS_MFA");
    AuthenticationResultType signedIn =
        fixture
            .answer(
                "SMS_MFA",
                begun.session(),
                Map.of("USERNAME", "ada", "SMS_MFA_CODE", fixture.lastCode("ada")))
            .authenticationResult();
    assertThat(confirm(signedIn)).as("the user is to be asked").isTrue();
    String key = signedIn.newDeviceMetadata().deviceKey();
    assertThat(begin(RegionRole.PRIMARY, key).challengeNameAsString()).isEqualTo("SMS_MFA");

    fixture
        .primary()
        .updateDeviceStatus(
            r ->
                r.accessToken(signedIn.accessToken())
                    .deviceKey(key)
                    .deviceRememberedStatus("remembered"));
    assertThat(begin(RegionRole.PRIMARY, key).challengeNameAsString()).isEqualTo("DEVICE_SRP_AUTH");
  }

  @Test
  void an_unknown_device_does_not_exist_which_only_the_password_finds_out() {
    track(false, false, "OFF");
    String key = "us-east-1_00000000-0000-4000-8000-000000000000";

    refused(() -> begin(RegionRole.PRIMARY, key), "ResourceNotFoundException", UNKNOWN);
    notAuthorized(
        () ->
            fixture.begin(
                "USER_PASSWORD_AUTH",
                Map.of("USERNAME", "ada", "PASSWORD", "wrong", "DEVICE_KEY", key)),
        "Incorrect username or password.");
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun =
        fixture.begin(
            "USER_SRP_AUTH", Map.of("USERNAME", "ada", "SRP_A", srp.publicA(), "DEVICE_KEY", key));
    Map<String, String> proof =
        srp.prove(
            begun.challengeParameters(),
            fixture.poolName(),
            "ada",
            PASSWORD,
            fixture.clock.instant());
    refused(
        () -> fixture.answer("PASSWORD_VERIFIER", null, proof),
        "ResourceNotFoundException",
        UNKNOWN);
  }

  @Test
  void a_refresh_of_a_confirmed_device_needs_its_key() {
    track(false, false, "OFF");
    AuthenticationResultType signedIn = confirmed();
    String key = signedIn.newDeviceMetadata().deviceKey();
    Map<String, String> refresh = Map.of("REFRESH_TOKEN", signedIn.refreshToken());

    notAuthorized(() -> fixture.begin("REFRESH_TOKEN_AUTH", refresh), "Invalid Refresh Token");
    notAuthorized(
        () -> fixture.begin("REFRESH_TOKEN_AUTH", SignInFixture.with(refresh, "DEVICE_KEY", "x_1")),
        "Invalid Refresh Token");
    InitiateAuthResponse refreshed =
        fixture.begin("REFRESH_TOKEN_AUTH", SignInFixture.with(refresh, "DEVICE_KEY", key));
    assertThat(deviceOf(refreshed.authenticationResult())).isEqualTo(key);
    assertThat(
            fixture
                .primary()
                .getTokensFromRefreshToken(
                    r ->
                        r.clientId(fixture.clientId)
                            .refreshToken(signedIn.refreshToken())
                            .deviceKey(key))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  void a_device_that_was_not_confirmed_refreshes_without_a_key() {
    track(false, false, "OFF");
    AuthenticationResultType signedIn = fixture.beginWithPassword().authenticationResult();

    assertThat(
            fixture
                .begin("REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", signedIn.refreshToken()))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  void devices_are_listed_in_pages_shown_and_forgotten_by_user_and_administrator() {
    track(false, false, "OFF");
    AuthenticationResultType first = confirmed();
    for (int i = 0; i < 3; i++) {
      confirmed();
    }
    var page = fixture.primary().listDevices(r -> r.accessToken(first.accessToken()).limit(3));
    assertThat(page.devices()).hasSize(3);
    var rest =
        fixture
            .primary()
            .listDevices(
                r ->
                    r.accessToken(first.accessToken())
                        .limit(3)
                        .paginationToken(page.paginationToken()));
    assertThat(rest.devices()).hasSize(1);
    assertThat(rest.paginationToken()).isNull();
    String key = first.newDeviceMetadata().deviceKey();
    assertThat(
            fixture
                .primary()
                .getDevice(r -> r.accessToken(first.accessToken()).deviceKey(key))
                .device()
                .deviceAttributes())
        .anySatisfy(attribute -> assertThat(attribute.value()).isEqualTo("laptop"));

    fixture
        .primary()
        .adminForgetDevice(r -> r.userPoolId(fixture.poolId).username("ada").deviceKey(key));
    refused(
        () ->
            fixture
                .primary()
                .adminGetDevice(r -> r.userPoolId(fixture.poolId).username("ada").deviceKey(key)),
        "ResourceNotFoundException",
        UNKNOWN);
    refused(
        () ->
            fixture.primary().forgetDevice(r -> r.accessToken(first.accessToken()).deviceKey(key)),
        "ResourceNotFoundException",
        UNKNOWN);
    assertThat(
            fixture
                .primary()
                .adminListDevices(r -> r.userPoolId(fixture.poolId).username("ada"))
                .devices())
        .hasSize(3);
  }

  @Test
  void the_secondary_gives_no_new_devices_unless_it_is_told_to() {
    track(false, false, "OFF");
    Map<String, String> parameters = Map.of("USERNAME", "ada", "PASSWORD", PASSWORD);
    assertThat(
            fixture
                .begin(RegionRole.SECONDARY, "USER_PASSWORD_AUTH", parameters)
                .authenticationResult()
                .newDeviceMetadata())
        .isNull();
    try (SignInFixture told = new SignInFixture(b -> b.newDevicesOnSecondary(true))) {
      told.primary().updateUserPool(r -> r.userPoolId(told.poolId).deviceConfiguration(d -> {}));
      assertThat(
              told.begin(RegionRole.SECONDARY, "USER_PASSWORD_AUTH", parameters)
                  .authenticationResult()
                  .newDeviceMetadata())
          .isNotNull();
    }
  }

  @Test
  void without_suppression_the_second_factor_comes_first_and_the_device_after_it() {
    track(false, false, "OFF");
    NewDeviceMetadataType device = confirmed().newDeviceMetadata();
    track(false, false, "ON");
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY, device.deviceKey());
    assertThat(begun.challengeNameAsString()).isEqualTo("SMS_MFA");

    RespondToAuthChallengeResponse after =
        fixture.answer(
            "SMS_MFA",
            begun.session(),
            Map.of("USERNAME", "ada", "SMS_MFA_CODE", fixture.lastCode("ada")));
    assertThat(after.challengeNameAsString()).isEqualTo("DEVICE_SRP_AUTH");
    assertThat(prove(RegionRole.PRIMARY, device, after.session(), SECRET)).isNotNull();
  }

  @Test
  void a_device_reaches_the_secondary_when_the_lag_is_over() {
    track(false, false, "OFF");
    fixture.clock.advance(Duration.ofSeconds(10));
    fixture.emulator.replicationLag(Duration.ofSeconds(10));
    String key = confirmed().newDeviceMetadata().deviceKey();

    refused(() -> begin(RegionRole.SECONDARY, key), "ResourceNotFoundException", UNKNOWN);
    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(begin(RegionRole.SECONDARY, key).challengeNameAsString())
        .isEqualTo("DEVICE_SRP_AUTH");
  }

  @ParameterizedTest
  @CsvSource({"'', AAAA", "AAAA, ''", "AAAA, AAAA", "no base64!, AAAA", "AQID, no base64!"})
  void a_bad_verifier_is_refused(String salt, String verifier) {
    track(false, false, "OFF");
    AuthenticationResultType signedIn = fixture.beginWithPassword().authenticationResult();

    refused(
        () -> confirm(signedIn, signedIn.newDeviceMetadata().deviceKey(), salt, verifier),
        "InvalidParameterException",
        "Invalid device secret verifier config.");
  }

  @Test
  void a_verifier_that_is_zero_or_too_long_and_a_foreign_key_are_refused() {
    track(false, false, "OFF");
    AuthenticationResultType signedIn = fixture.beginWithPassword().authenticationResult();
    String key = signedIn.newDeviceMetadata().deviceKey();
    Base64.Encoder base64 = Base64.getEncoder();
    String n = base64.encodeToString(SrpClient.N.toByteArray());
    String invalid = "Invalid device secret verifier config.";

    refused(() -> confirm(signedIn, key, "AQID", n), "InvalidParameterException", invalid);
    refused(
        () -> confirm(signedIn, key, "AQID", base64.encodeToString(new byte[386])),
        "InvalidParameterException",
        invalid);
    refused(
        () -> confirm(signedIn, "us-east-1_0", "AQID", "AQID"),
        "InvalidParameterException",
        "Invalid device key given.");
    confirm(signedIn, key, "AQID", "AQID");
    refused(
        () -> confirm(signedIn, key, "AQID", "AQID"),
        "DeviceKeyExistsException",
        "Device key already exists.");
  }

  private void confirm(
      AuthenticationResultType signedIn, String key, String salt, String verifier) {
    fixture
        .primary()
        .confirmDevice(
            r ->
                r.accessToken(signedIn.accessToken())
                    .deviceKey(key)
                    .deviceSecretVerifierConfig(v -> v.salt(salt).passwordVerifier(verifier)));
  }
}
