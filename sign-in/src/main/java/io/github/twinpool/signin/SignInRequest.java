package io.github.twinpool.signin;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserContextDataType;

/**
 * How a person begins to sign in: one factory method per flow, which throws {@link
 * IllegalArgumentException} if the user name is empty. The app client must allow the flow.
 *
 * <p>A request with a password starts one sign-in only, since its copy of the password is wiped
 * when {@link SignIn#start} is through; the array that was passed in stays the caller's to wipe.
 * Immutable otherwise.
 */
public final class SignInRequest {
  /** {@code null} where the person chooses a factor later. */
  private final @Nullable Secret password;

  private final AuthFlowType flow;
  private final String username;
  private final boolean srp;
  private final @Nullable ChallengeNameType preferred;
  private final Person person;

  private SignInRequest(
      AuthFlowType flow,
      boolean srp,
      @Nullable ChallengeNameType preferred,
      String username,
      @Nullable Secret password,
      Person person) {
    this.flow = flow;
    this.srp = srp;
    this.preferred = preferred;
    this.username = Objects.requireNonNull(username, "username");
    this.password = password;
    this.person = person;
  }

  /** USER_SRP_AUTH: the password is proven and never sent. */
  public static SignInRequest srp(String username, char[] password) {
    return of(AuthFlowType.USER_SRP_AUTH, true, null, username, new Secret(password));
  }

  /** USER_PASSWORD_AUTH: the password is sent. */
  public static SignInRequest password(String username, char[] password) {
    return of(AuthFlowType.USER_PASSWORD_AUTH, false, null, username, new Secret(password));
  }

  /** ADMIN_USER_PASSWORD_AUTH: the same, in requests signed with AWS credentials. */
  public static SignInRequest adminPassword(String username, char[] password) {
    return of(AuthFlowType.ADMIN_USER_PASSWORD_AUTH, false, null, username, new Secret(password))
        .asAdministrator();
  }

  /** CUSTOM_AUTH: the pool's Lambda triggers set the challenges. */
  public static SignInRequest custom(String username) {
    return of(AuthFlowType.CUSTOM_AUTH, false, null, username, null);
  }

  /** CUSTOM_AUTH after an SRP proof of the password. */
  public static SignInRequest customAfterSrp(String username, char[] password) {
    return of(AuthFlowType.CUSTOM_AUTH, true, null, username, new Secret(password));
  }

  /** USER_AUTH: the next step is a {@link SelectChallenge} with what this person can use. */
  public static SignInRequest choice(String username) {
    return of(AuthFlowType.USER_AUTH, false, null, username, null);
  }

  /**
   * USER_AUTH with a preferred factor; where the person does not have it, the next step is a {@link
   * SelectChallenge}.
   *
   * @param preferred one that needs no password: EMAIL_OTP, SMS_OTP or WEB_AUTHN
   */
  public static SignInRequest choice(String username, ChallengeNameType preferred) {
    return of(AuthFlowType.USER_AUTH, false, preferred, username, null);
  }

  /** USER_AUTH with the password, which is sent. */
  public static SignInRequest choiceWithPassword(String username, char[] password) {
    ChallengeNameType preferred = ChallengeNameType.PASSWORD;
    return of(AuthFlowType.USER_AUTH, false, preferred, username, new Secret(password));
  }

  /** USER_AUTH with an SRP proof of the password. */
  public static SignInRequest choiceWithSrp(String username, char[] password) {
    ChallengeNameType preferred = ChallengeNameType.PASSWORD_SRP;
    return of(AuthFlowType.USER_AUTH, true, preferred, username, new Secret(password));
  }

  private static SignInRequest of(
      AuthFlowType flow,
      boolean srp,
      @Nullable ChallengeNameType preferred,
      String username,
      @Nullable Secret password) {
    if (username.isEmpty()) {
      throw new IllegalArgumentException("username: wants at least one character");
    }
    return new SignInRequest(flow, srp, preferred, username, password, Person.UNKNOWN);
  }

  /** The same through AdminInitiateAuth, in requests signed with AWS credentials. */
  public SignInRequest asAdministrator() {
    return with(person.asAdministrator());
  }

  /**
   * The same from a device that Cognito remembers. If Cognito has forgotten it, the sign-in begins
   * again without it: see {@link SignedIn#deviceForgotten}.
   */
  public SignInRequest device(RememberedDevice device) {
    return with(person.withDevice(device));
  }

  /** The same with ClientMetadata for the pool's Lambda triggers, sent with each request. */
  public SignInRequest clientMetadata(Map<String, String> metadata) {
    return with(person.withMetadata(metadata));
  }

  /**
   * The same with what threat protection wants to know.
   *
   * @throws IllegalStateException together with {@link #asAdministrator()}, whose operations take
   *     other context data
   */
  public SignInRequest userContextData(UserContextDataType context) {
    return with(person.withContext(context));
  }

  SignInRequest withoutDevice(Person.DeviceUse why) {
    return with(person.withoutDevice(why));
  }

  private SignInRequest with(Person other) {
    if (other.admin() && other.context() != null) {
      throw new IllegalStateException("userContextData: not for an administrator's requests");
    }
    return new SignInRequest(flow, srp, preferred, username, password, other);
  }

  /** The way to begin again with a factor that was chosen from a {@link SelectChallenge}. */
  static SignInRequest chosen(
      Person person, String username, ChallengeNameType factor, @Nullable Secret password) {
    boolean srp = factor == ChallengeNameType.PASSWORD_SRP;
    return new SignInRequest(AuthFlowType.USER_AUTH, srp, factor, username, password, person);
  }

  AuthFlowType flow() {
    return flow;
  }

  boolean usesSrp() {
    return srp;
  }

  @Nullable ChallengeNameType preferred() {
    return preferred;
  }

  String username() {
    return username;
  }

  @Nullable Secret password() {
    return password;
  }

  Person person() {
    return person;
  }

  @Override
  public String toString() {
    return "SignInRequest[" + flow + "]";
  }
}
