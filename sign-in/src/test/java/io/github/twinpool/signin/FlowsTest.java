package io.github.twinpool.signin;

import static io.github.twinpool.signin.SignInWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.ServedCall;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;

/** Every flow and every challenge, at the emulator. */
class FlowsTest {
  private SignInWorld world;
  private SignIn signIn;
  private String person;
  private Visitor visitor;

  @BeforeEach
  void start() {
    world = new SignInWorld();
    signIn = world.signIn();
    person = world.person();
    visitor = new Visitor(world, signIn, person);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static char[] password() {
    return PASSWORD.toCharArray();
  }

  private void serving(RegionRole role) {
    if (role == RegionRole.SECONDARY) {
      world.onSecondary();
    }
  }

  private static void assertSignedIn(SignInStep step) {
    assertThat(step).isInstanceOf(SignedIn.class);
    TokenSet tokens = ((SignedIn) step).tokens();
    assertThat(tokens.accessToken().split("\\.")).hasSize(3);
    assertThat(tokens.idToken().split("\\.")).hasSize(3);
    assertThat(tokens.refreshToken()).isPresent();
    assertThat(step.toString()).doesNotContain(tokens.accessToken());
  }

  private static <T extends SignInStep> T as(Class<T> type, SignInStep step) {
    assertThat(step).isInstanceOf(type);
    return type.cast(step);
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void srp(RegionRole role) {
    serving(role);
    assertSignedIn(signIn.start(SignInRequest.srp(person, password())));
    assertThat(world.signInCalls())
        .containsExactly(
            new ServedCall(role, "InitiateAuth", "USER_SRP_AUTH", ""),
            new ServedCall(role, "RespondToAuthChallenge", "PASSWORD_VERIFIER", ""));
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_wrong_password_is_sent_once(RegionRole role) {
    serving(role);
    assertThatThrownBy(() -> signIn.start(SignInRequest.srp(person, "wrong".toCharArray())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password");
    assertThat(world.signInCalls()).hasSize(2);
    assertThatThrownBy(() -> signIn.start(SignInRequest.password(person, "wrong".toCharArray())))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(world.signInCalls()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void the_password_itself(RegionRole role) {
    serving(role);
    assertSignedIn(signIn.start(SignInRequest.password(person, password())));
    assertSignedIn(signIn.start(SignInRequest.adminPassword(person, password())));
    assertThat(world.signInCalls())
        .extracting(ServedCall::operation)
        .containsExactly("InitiateAuth", "AdminInitiateAuth");
  }

  @Test
  void without_blocking() {
    assertSignedIn(signIn.startAsync(SignInRequest.srp(person, password())).join());
    assertSignedIn(signIn.startAsync(SignInRequest.password(person, password())).join());
    assertThatThrownBy(
            () -> signIn.startAsync(SignInRequest.srp(person, "wrong".toCharArray())).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void a_request_s_password_is_wiped_after_its_use() {
    SignInRequest request = SignInRequest.srp(person, password());
    signIn.start(request);
    assertThatThrownBy(() -> signIn.start(request))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wiped");
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_code_by_sms(RegionRole role) {
    visitor.prefers(ChallengeNameType.SMS_MFA);
    serving(role);
    SmsMfaChallenge sms =
        as(SmsMfaChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    assertThat(sms.region()).isEqualTo(role);
    assertThat(sms.unavailable()).isEmpty();
    assertThat(sms.destination()).hasValueSatisfying(it -> assertThat(it).contains("***"));

    assertThatThrownBy(() -> sms.answer("wrong")).isInstanceOf(CodeMismatchException.class);
    assertSignedIn(sms.answer(world.code(person)));
    assertThatThrownBy(() -> sms.answer(world.code(person)))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_choice_of_second_factors(RegionRole role) {
    visitor.prefers(ChallengeNameType.SMS_MFA, ChallengeNameType.EMAIL_OTP);
    serving(role);
    SelectMfaTypeChallenge choice =
        as(SelectMfaTypeChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    assertThat(choice.choices())
        .containsExactlyInAnyOrder(ChallengeNameType.SMS_MFA, ChallengeNameType.EMAIL_OTP);
    EmailOtpChallenge email =
        as(EmailOtpChallenge.class, choice.answer(ChallengeNameType.EMAIL_OTP));
    assertSignedIn(email.answer(world.code(person)));
  }

  @Test
  void an_authenticator_is_set_up_and_used() {
    visitor.mustHaveMfa();
    MfaSetupChallenge setup =
        as(MfaSetupChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    assertThat(setup.choices()).contains(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    SoftwareTokenSetup token = setup.setUpSoftwareToken();
    String secret = token.secretCode().orElseThrow();
    assertThat(token.otpauthUri("My App", "ada@example.com"))
        .contains(
            "otpauth://totp/My%20App:ada%40example.com?secret=" + secret + "&issuer=My%20App");
    assertThat(token.toString()).doesNotContain(secret);
    assertSignedIn(token.answer(world.totp(secret), "phone"));

    world.pass(Duration.ofSeconds(30));
    SoftwareTokenMfaChallenge totp =
        as(SoftwareTokenMfaChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    assertThatThrownBy(() -> totp.answer("000000")).isInstanceOf(CodeMismatchException.class);
    assertSignedIn(totp.answer(world.totp(secret)));

    world.pass(Duration.ofSeconds(30));
    world.onSecondary();
    SoftwareTokenMfaChallenge there =
        as(SoftwareTokenMfaChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    assertThat(there.unavailable()).contains(Capability.TOTP_SIGN_IN);
    assertThatThrownBy(() -> there.answer(world.totp(secret)))
        .hasCauseInstanceOf(OperationNotEnabledException.class)
        .asInstanceOf(type(CapabilityUnavailableException.class))
        .satisfies(it -> assertThat(it.capability()).isEqualTo(Capability.TOTP_SIGN_IN));
  }

  @Test
  void an_authenticator_cannot_be_set_up_in_a_sign_in_of_the_secondary() {
    visitor.mustHaveMfa();
    world.onSecondary();
    MfaSetupChallenge setup =
        as(MfaSetupChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    int before = world.emulator.served().size();
    assertThatThrownBy(setup::setUpSoftwareToken)
        .asInstanceOf(type(CapabilityUnavailableException.class))
        .satisfies(it -> assertThat(it.capability()).isEqualTo(Capability.MFA_SETUP));
    assertThat(world.emulator.served()).hasSize(before);
  }

  private String invited() {
    String invited = person + "-invited";
    world
        .primary()
        .adminCreateUser(
            it ->
                it.userPoolId(world.poolId)
                    .username(invited)
                    .temporaryPassword("Temporary-1!")
                    .messageAction("SUPPRESS"));
    return invited;
  }

  @Test
  void a_temporary_password() {
    NewPasswordRequiredChallenge change =
        as(
            NewPasswordRequiredChallenge.class,
            signIn.start(SignInRequest.srp(invited(), "Temporary-1!".toCharArray())));
    assertThat(change.requiredAttributes()).isEmpty();
    assertSignedIn(change.answer("Brand-New-2!".toCharArray(), Map.of("name", "Ada")));
    assertSignedIn(
        signIn.start(SignInRequest.srp(person + "-invited", "Brand-New-2!".toCharArray())));
  }

  @Test
  void a_temporary_password_on_the_secondary_says_what_is_missing() {
    String invited = invited();
    world.onSecondary();
    NewPasswordRequiredChallenge change =
        as(
            NewPasswordRequiredChallenge.class,
            signIn.start(SignInRequest.srp(invited, "Temporary-1!".toCharArray())));
    assertThat(change.unavailable()).contains(Capability.PASSWORD_CHANGE);
    assertThatThrownBy(() -> change.answer("Brand-New-2!".toCharArray(), Map.of()))
        .asInstanceOf(type(CapabilityUnavailableException.class))
        .satisfies(it -> assertThat(it.capability()).isEqualTo(Capability.PASSWORD_CHANGE));
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void custom_challenges_with_and_without_srp(RegionRole role) {
    serving(role);
    for (SignInRequest request :
        List.of(SignInRequest.custom(person), SignInRequest.customAfterSrp(person, password()))) {
      CustomChallenge first = as(CustomChallenge.class, signIn.start(request));
      assertThat(first.parameters()).containsEntry("question", "What is your quest?");
      CustomChallenge second = as(CustomChallenge.class, first.answer("The Holy Grail"));
      assertSignedIn(second.answer("Blue"));
    }
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_choice_of_first_factors(RegionRole role) {
    serving(role);
    assertSignedIn(signIn.start(SignInRequest.choiceWithSrp(person, password())));
    assertSignedIn(signIn.start(SignInRequest.choiceWithPassword(person, password())));
    EmailOtpChallenge email =
        as(
            EmailOtpChallenge.class,
            signIn.start(SignInRequest.choice(person, ChallengeNameType.EMAIL_OTP)));
    assertSignedIn(email.answer(world.code(person)));

    SelectChallenge choice = as(SelectChallenge.class, signIn.start(SignInRequest.choice(person)));
    assertThat(choice.choices())
        .contains(
            ChallengeNameType.PASSWORD,
            ChallengeNameType.PASSWORD_SRP,
            ChallengeNameType.EMAIL_OTP,
            ChallengeNameType.SMS_OTP);
    assertSignedIn(choice.answerWithSrp(password()));
    SmsOtpChallenge sms =
        as(
            SmsOtpChallenge.class,
            as(SelectChallenge.class, signIn.start(SignInRequest.choice(person)))
                .answer(ChallengeNameType.SMS_OTP));
    assertSignedIn(sms.answer(world.code(person)));
    assertSignedIn(
        as(SelectChallenge.class, signIn.start(SignInRequest.choice(person)))
            .answerWithPassword(password()));
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_passkey(RegionRole role) {
    visitor.registersAPasskey();
    serving(role);
    assertSignedIn(ScriptedFlow.PASSKEY.run(visitor));
    SelectChallenge choice = as(SelectChallenge.class, signIn.start(SignInRequest.choice(person)));
    WebAuthnChallenge passkey =
        as(WebAuthnChallenge.class, choice.answer(ChallengeNameType.WEB_AUTHN));
    String foreign = new Passkey().sign(passkey.credentialRequestOptions());
    assertThatThrownBy(() -> passkey.answer(foreign)).isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void a_remembered_device_replaces_the_second_factor_in_both_regions() {
    world.trackDevices();
    visitor.prefers(ChallengeNameType.SMS_MFA);
    SmsMfaChallenge sms =
        as(SmsMfaChallenge.class, signIn.start(SignInRequest.srp(person, password())));
    SignedIn signedIn = as(SignedIn.class, sms.answer(world.code(person)));
    RememberedDevice device = signedIn.newDevice().orElseThrow().confirm("laptop", true);
    assertThat(device.toString()).doesNotContain(device.password());

    for (RegionRole role : RegionRole.values()) {
      serving(role);
      SignedIn again =
          as(SignedIn.class, signIn.start(SignInRequest.srp(person, password()).device(device)));
      assertThat(again.newDevice()).isEmpty();
      assertThat(again.tokens().deviceKey()).contains(device.key());
      TokenSet refreshed = signIn.session(again.tokens()).tokens();
      assertThat(refreshed.accessToken()).isNotEmpty();
    }
  }

  private RememberedDevice confirmedDevice() {
    world.trackDevices();
    SignedIn first = as(SignedIn.class, signIn.start(SignInRequest.srp(person, password())));
    return first.newDevice().orElseThrow().confirm("laptop", true);
  }

  private void forget(RememberedDevice device) {
    world
        .primary()
        .adminForgetDevice(
            it -> it.userPoolId(world.poolId).username(person).deviceKey(device.key()));
  }

  @Test
  void a_device_that_was_forgotten_elsewhere_does_not_lock_its_owner_out() {
    RememberedDevice device = confirmedDevice();
    assertThat(
            as(SignedIn.class, signIn.start(SignInRequest.srp(person, password()).device(device)))
                .deviceForgotten())
        .isFalse();
    forget(device);
    for (SignInRequest request :
        List.of(
            SignInRequest.srp(person, password()),
            SignInRequest.password(person, password()),
            SignInRequest.adminPassword(person, password()),
            SignInRequest.choiceWithSrp(person, password()),
            SignInRequest.choiceWithPassword(person, password()))) {
      SignedIn again = as(SignedIn.class, signIn.start(request.device(device)));
      assertThat(again.deviceForgotten()).as(request.toString()).isTrue();
      assertThat(again.newDevice()).as("its successor").isPresent();
      assertThat(again.tokens().deviceKey()).isNotEqualTo(Optional.of(device.key()));
    }
    assertThat(
            as(
                    SignedIn.class,
                    as(
                            SelectChallenge.class,
                            signIn.start(SignInRequest.choice(person).device(device)))
                        .answerWithSrp(password()))
                .deviceForgotten())
        .isTrue();
  }

  @Test
  void a_forgotten_device_is_told_of_after_a_code_and_on_another_server() {
    RememberedDevice device = confirmedDevice();
    visitor.prefers(ChallengeNameType.SMS_MFA);
    forget(device);
    SecretKey key = new SecretKeySpec(new byte[32], "AES");
    SignIn server = world.builder().stepKeys(key).build();
    String sealed =
        as(
                SmsMfaChallenge.class,
                server.start(SignInRequest.srp(person, password()).device(device)))
            .seal();
    SignIn other = world.builder().stepKeys(key).build();
    SmsMfaChallenge sms = as(SmsMfaChallenge.class, other.resume(sealed, device));
    SignedIn signedIn = as(SignedIn.class, sms.answer(world.code(person)));
    assertThat(signedIn.deviceForgotten()).isTrue();
  }

  @Test
  void a_device_that_the_secondary_does_not_know_is_left_out_and_not_called_forgotten() {
    RememberedDevice device = confirmedDevice();
    visitor.prefers(ChallengeNameType.SMS_MFA);
    forget(device);
    world.onSecondary();
    SmsMfaChallenge sms =
        as(
            SmsMfaChallenge.class,
            signIn.start(SignInRequest.srp(person, password()).device(device)));
    assertThat(as(SignedIn.class, sms.answer(world.code(person))).deviceForgotten()).isFalse();
  }

  @Test
  void another_thing_that_does_not_exist_is_no_forgotten_device() {
    SignIn foreign = SignIn.builder(world.cognito, "nosuchclient").clock(world.clock()).build();
    RememberedDevice device = RememberedDevice.of("us-east-1_x", "group", "password");
    assertThatThrownBy(() -> foreign.start(SignInRequest.srp(person, password()).device(device)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(world.signInCalls()).hasSize(1);
  }

  /** What challenges tell and how they are answered, in the order of a sign-in's requests. */
  private static final class Spy implements ExecutionInterceptor {
    final List<Map<String, String>> told = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> answered = new CopyOnWriteArrayList<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (context.request() instanceof RespondToAuthChallengeRequest it) {
        answered.add(it.challengeResponses());
      } else if (context.request() instanceof AdminRespondToAuthChallengeRequest it) {
        answered.add(it.challengeResponses());
      }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof InitiateAuthResponse it) {
        told.add(it.challengeParameters());
      } else if (context.response() instanceof AdminInitiateAuthResponse it) {
        told.add(it.challengeParameters());
      } else if (context.response() instanceof RespondToAuthChallengeResponse it) {
        told.add(it.challengeParameters());
      } else if (context.response() instanceof AdminRespondToAuthChallengeResponse it) {
        told.add(it.challengeParameters());
      }
    }
  }

  @Test
  void challenges_are_answered_under_the_name_that_they_tell_and_not_under_an_alias() {
    Spy spy = new Spy();
    CognitoEmulator.Builder builder =
        TestEmulators.builder().emailAlias(true).customChallenges(SignInWorld.challenges());
    try (SignInWorld aliases = new SignInWorld(builder);
        MultiRegionCognito cognito =
            aliases
                .cognitoBuilder()
                .clients(
                    (role, it) -> it.overrideConfiguration(o -> o.addExecutionInterceptor(spy)))
                .build()) {
      String client = aliases.client(true);
      String secret =
          aliases
              .primary()
              .describeUserPoolClient(it -> it.userPoolId(aliases.poolId).clientId(client))
              .userPoolClient()
              .clientSecret();
      SignIn confidential =
          SignIn.builder(cognito, client).clock(aliases.clock()).clientSecret(() -> secret).build();
      for (ScriptedFlow flow :
          List.of(
              ScriptedFlow.CUSTOM,
              ScriptedFlow.CUSTOM_AFTER_SRP,
              ScriptedFlow.SRP_AND_CHOICE_OF_FACTOR,
              ScriptedFlow.CHOICE_OF_SRP,
              ScriptedFlow.CHOICE_OF_EMAIL,
              ScriptedFlow.NEW_PASSWORD,
              ScriptedFlow.DEVICE,
              ScriptedFlow.MFA_SETUP)) {
        Visitor ada = new Visitor(aliases, confidential, aliases.person());
        flow.prepare(ada);
        spy.told.clear();
        spy.answered.clear();
        assertSignedIn(flow.run(ada.typing(ada.name + "@example.com")));
        check(spy, ada, new ClientSecret(client, () -> secret), flow.toString());
      }
      Visitor ada = new Visitor(aliases, confidential, aliases.person());
      spy.told.clear();
      spy.answered.clear();
      SignInRequest custom = SignInRequest.custom(ada.name + "@example.com").asAdministrator();
      assertSignedIn(ada.signIn(custom));
      check(spy, ada, new ClientSecret(client, () -> secret), "CUSTOM by an administrator");
    }
  }

  private static void check(Spy spy, Visitor person, ClientSecret secret, String flow) {
    assertThat(spy.answered).as(flow).isNotEmpty();
    String name = person.typed();
    for (int i = 0; i < spy.answered.size(); i++) {
      Map<String, String> told = spy.told.get(i);
      if (told.containsKey("USERNAME") || told.containsKey("USER_ID_FOR_SRP")) {
        name = person.name;
      }
      assertThat(spy.answered.get(i))
          .as("%s: answer %s to %s", flow, i, told)
          .containsEntry("USERNAME", name)
          .containsEntry("SECRET_HASH", secret.hash(name).orElseThrow());
    }
    assertThat(name).as(flow).isEqualTo(person.name);
  }

  @Test
  void a_client_secret_is_proven_in_every_request_and_rotates() {
    String secretClient = world.client(true);
    String secret =
        world
            .primary()
            .describeUserPoolClient(it -> it.userPoolId(world.poolId).clientId(secretClient))
            .userPoolClient()
            .clientSecret();
    visitor.prefers(ChallengeNameType.SMS_MFA);
    SignIn confidential =
        SignIn.builder(world.cognito, secretClient)
            .clock(world.clock())
            .clientSecret(() -> secret)
            .build();
    SmsMfaChallenge sms =
        as(SmsMfaChallenge.class, confidential.start(SignInRequest.srp(person, password())));
    assertSignedIn(sms.answer(world.code(person)));
    SignIn wrong =
        SignIn.builder(world.cognito, secretClient)
            .clock(world.clock())
            .clientSecret(() -> "not it")
            .build();
    assertThatThrownBy(() -> wrong.start(SignInRequest.srp(person, password())))
        .isInstanceOf(NotAuthorizedException.class);
  }
}
