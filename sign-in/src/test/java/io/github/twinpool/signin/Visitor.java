package io.github.twinpool.signin;

import static io.github.twinpool.signin.SignInWorld.PASSWORD;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** A person at the sign-in form, who answers rightly whatever is asked. */
final class Visitor {
  private final SignInWorld world;
  private final SignIn signIn;
  final String name;
  private String typed;
  private final Passkey passkey = new Passkey();
  private String password = PASSWORD;
  private int answersToCustom;
  @Nullable String totpSecret;
  @Nullable RememberedDevice device;

  Visitor(SignInWorld world, SignIn signIn, String name) {
    this.world = world;
    this.signIn = signIn;
    this.name = name;
    typed = name;
  }

  /** What the person types as the user name: the name itself or an alias. */
  String typed() {
    return typed;
  }

  Visitor typing(String alias) {
    typed = alias;
    return this;
  }

  char[] password() {
    return password.toCharArray();
  }

  void prefers(ChallengeNameType... factors) {
    List<ChallengeNameType> wanted = List.of(factors);
    boolean sms = wanted.contains(ChallengeNameType.SMS_MFA);
    boolean email = wanted.contains(ChallengeNameType.EMAIL_OTP);
    boolean alone = wanted.size() == 1;
    world
        .primary()
        .adminSetUserMFAPreference(
            it ->
                it.userPoolId(world.poolId)
                    .username(name)
                    .smsMfaSettings(s -> s.enabled(sms).preferredMfa(sms && alone))
                    .emailMfaSettings(s -> s.enabled(email).preferredMfa(email && alone)));
  }

  /** The pool wants a second factor from now on; this person has none. */
  void mustHaveMfa() {
    world
        .primary()
        .setUserPoolMfaConfig(
            it ->
                it.userPoolId(world.poolId)
                    .mfaConfiguration(UserPoolMfaType.ON)
                    .softwareTokenMfaConfiguration(c -> c.enabled(true)));
  }

  void getsAnAuthenticator() {
    mustHaveMfa();
    signIn(SignInRequest.srp(typed, password()));
    world.pass(Duration.ofSeconds(30));
  }

  void getsADevice() {
    world.trackDevices();
    prefers(ChallengeNameType.SMS_MFA);
    SignedIn signedIn = signIn(SignInRequest.srp(typed, password()));
    device = signedIn.newDevice().orElseThrow().confirm("laptop", true);
  }

  void registersAPasskey() {
    String accessToken = signIn(SignInRequest.srp(typed, password())).tokens().accessToken();
    Document options =
        world
            .primary()
            .startWebAuthnRegistration(it -> it.accessToken(accessToken))
            .credentialCreationOptions();
    world
        .primary()
        .completeWebAuthnRegistration(
            it -> it.accessToken(accessToken).credential(passkey.register(options)));
  }

  /** The person has a temporary password only. */
  void isInvited() {
    password = "Temporary-1!";
    world
        .primary()
        .adminSetUserPassword(
            it -> it.userPoolId(world.poolId).username(name).password(password).permanent(false));
  }

  /** Goes through a sign-in to its end. */
  SignedIn signIn(SignInRequest request) {
    answersToCustom = 0;
    SignInStep step = signIn.start(request);
    while (step instanceof SignInChallenge challenge) {
      step = answer(challenge);
    }
    return (SignedIn) step;
  }

  private SignInStep answer(SignInChallenge challenge) {
    if (challenge instanceof SmsMfaChallenge it) {
      return it.answer(world.code(name));
    } else if (challenge instanceof EmailOtpChallenge it) {
      return it.answer(world.code(name));
    } else if (challenge instanceof SmsOtpChallenge it) {
      return it.answer(world.code(name));
    } else if (challenge instanceof SoftwareTokenMfaChallenge it) {
      return it.answer(world.totp(Objects.requireNonNull(totpSecret)));
    } else if (challenge instanceof SelectMfaTypeChallenge it) {
      return it.answer(ChallengeNameType.EMAIL_OTP);
    } else if (challenge instanceof SelectChallenge it) {
      return it.answerWithSrp(password());
    } else if (challenge instanceof MfaSetupChallenge it) {
      SoftwareTokenSetup setup = it.setUpSoftwareToken();
      totpSecret = setup.secretCode().orElseThrow();
      return setup.answer(world.totp(totpSecret), "phone");
    } else if (challenge instanceof NewPasswordRequiredChallenge it) {
      password = "Brand-New-2!";
      return it.answer(password(), Map.of());
    } else if (challenge instanceof WebAuthnChallenge it) {
      return it.answer(passkey.sign(it.credentialRequestOptions()));
    } else if (challenge instanceof CustomChallenge it) {
      return it.answer(SignInWorld.challenges().get(answersToCustom++).answer());
    }
    throw new IllegalStateException("nobody knows an answer to " + challenge);
  }
}
