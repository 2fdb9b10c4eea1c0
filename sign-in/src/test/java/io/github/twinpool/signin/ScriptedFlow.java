package io.github.twinpool.signin;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/** The sign-ins that are interrupted: how each begins and how many requests it takes. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions hold nothing.
enum ScriptedFlow {
  SRP(2, Needs.NOTHING, it -> {}, it -> SignInRequest.srp(it.typed(), it.password())),
  PASSWORD_SENT(
      1, Needs.NOTHING, it -> {}, it -> SignInRequest.password(it.typed(), it.password())),
  ADMIN(1, Needs.NOTHING, it -> {}, it -> SignInRequest.adminPassword(it.typed(), it.password())),
  SRP_AND_SMS(
      3,
      Needs.PERSON,
      it -> it.prefers(ChallengeNameType.SMS_MFA),
      it -> SignInRequest.srp(it.typed(), it.password())),
  SRP_AND_CHOICE_OF_FACTOR(
      4,
      Needs.PERSON,
      it -> it.prefers(ChallengeNameType.SMS_MFA, ChallengeNameType.EMAIL_OTP),
      it -> SignInRequest.srp(it.typed(), it.password())),
  SRP_AND_TOTP(
      3,
      Needs.PRIMARY,
      Visitor::getsAnAuthenticator,
      it -> SignInRequest.srp(it.typed(), it.password())),
  MFA_SETUP(
      5, Needs.PRIMARY, Visitor::mustHaveMfa, it -> SignInRequest.srp(it.typed(), it.password())),
  NEW_PASSWORD(
      3, Needs.PRIMARY, Visitor::isInvited, it -> SignInRequest.srp(it.typed(), it.password())),
  CUSTOM(3, Needs.PERSON, it -> {}, it -> SignInRequest.custom(it.typed())),
  CUSTOM_AFTER_SRP(
      4, Needs.PERSON, it -> {}, it -> SignInRequest.customAfterSrp(it.typed(), it.password())),
  CHOICE_OF_SRP(3, Needs.NOTHING, it -> {}, it -> SignInRequest.choice(it.typed())),
  CHOICE_WITH_PASSWORD(
      1,
      Needs.NOTHING,
      it -> {},
      it -> SignInRequest.choiceWithPassword(it.typed(), it.password())),
  CHOICE_OF_EMAIL(
      2,
      Needs.PERSON,
      it -> {},
      it -> SignInRequest.choice(it.typed(), ChallengeNameType.EMAIL_OTP)),
  PASSKEY(
      2,
      Needs.PERSON,
      Visitor::registersAPasskey,
      it -> SignInRequest.choice(it.typed(), ChallengeNameType.WEB_AUTHN)),
  DEVICE(
      4,
      Needs.NOTHING,
      Visitor::getsADevice,
      it -> SignInRequest.srp(it.typed(), it.password()).device(Objects.requireNonNull(it.device)));

  /** What a new beginning needs. */
  enum Needs {
    /** Nothing that Twinpool does not have: it begins again by itself. */
    NOTHING,
    /** The person: a code, an answer. */
    PERSON,
    /** The primary: the secondary cannot do it at all. */
    PRIMARY
  }

  final int requests;
  final Needs needs;
  private final Consumer<Visitor> preparation;
  private final Function<Visitor, SignInRequest> beginning;

  ScriptedFlow(
      int requests,
      Needs needs,
      Consumer<Visitor> preparation,
      Function<Visitor, SignInRequest> beginning) {
    this.requests = requests;
    this.needs = needs;
    this.preparation = preparation;
    this.beginning = beginning;
  }

  void prepare(Visitor visitor) {
    preparation.accept(visitor);
  }

  SignedIn run(Visitor visitor) {
    return visitor.signIn(beginning.apply(visitor));
  }
}
