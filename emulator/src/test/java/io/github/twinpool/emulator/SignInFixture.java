package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SmsConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** An emulator with the user ada, and what sign-ins in several steps begin with. */
final class SignInFixture implements AutoCloseable {
  static final String PASSWORD = EmulatorClients.PASSWORD;
  static final Map<String, String> ADA =
      Map.of(
          "email", "ada@example.com",
          "email_verified", "true",
          "phone_number", "+15555550100",
          "phone_number_verified", "true");

  final TestClock clock = new TestClock();
  final EmulatorClients clients;
  final CognitoEmulator emulator;
  final String poolId;
  final String clientId;

  SignInFixture() {
    this(builder -> builder);
  }

  SignInFixture(UnaryOperator<CognitoEmulator.Builder> settings) {
    emulator = settings.apply(TestEmulators.builder().clock(clock)).start();
    clients = new EmulatorClients(emulator);
    poolId = emulator.userPool().id();
    clientId = emulator.clientId();
    emulator.createUser("ada", PASSWORD, ADA);
  }

  CognitoIdentityProviderClient primary() {
    return clients.primary;
  }

  String poolName() {
    return poolId.substring(poolId.indexOf('_') + 1);
  }

  InitiateAuthResponse begin(String flow, Map<String, String> parameters) {
    return begin(RegionRole.PRIMARY, flow, parameters);
  }

  InitiateAuthResponse begin(RegionRole role, String flow, Map<String, String> parameters) {
    return clients
        .in(role)
        .initiateAuth(r -> r.clientId(clientId).authFlow(flow).authParameters(parameters));
  }

  InitiateAuthResponse beginWithPassword() {
    return begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", PASSWORD));
  }

  RespondToAuthChallengeResponse answer(
      String challenge, @Nullable String session, Map<String, String> responses) {
    return answer(RegionRole.PRIMARY, challenge, session, responses);
  }

  RespondToAuthChallengeResponse answer(
      RegionRole role, String challenge, @Nullable String session, Map<String, String> responses) {
    return clients
        .in(role)
        .respondToAuthChallenge(
            r ->
                r.clientId(clientId)
                    .challengeName(challenge)
                    .session(session)
                    .challengeResponses(responses));
  }

  void mfa(UserPoolMfaType mode) {
    primary()
        .setUserPoolMfaConfig(
            r ->
                r.userPoolId(poolId)
                    .mfaConfiguration(mode)
                    .softwareTokenMfaConfiguration(token -> token.enabled(true))
                    .emailMfaConfiguration(email -> {})
                    .smsMfaConfiguration(sms -> sms.smsConfiguration(anySender())));
  }

  static SmsConfigurationType anySender() {
    return SmsConfigurationType.builder()
        .snsCallerArn("arn:aws:iam::123456789012:role/sms")
        .build();
  }

  String totp(String secret) {
    return Totp.code(secret, clock.instant().getEpochSecond() / 30);
  }

  String lastCode(String username) {
    return emulator.messages(username).get(emulator.messages(username).size() - 1).code();
  }

  /** A code of the same length that is another. */
  static String not(String code) {
    char first = code.charAt(0) == '9' ? '0' : (char) (code.charAt(0) + 1);
    return first + code.substring(1);
  }

  static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> changed = new HashMap<>(map);
    changed.remove(key);
    return changed;
  }

  static void refused(ThrowingCallable call, String type, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CognitoIdentityProviderException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(type);
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
              assertThat(e.statusCode()).isEqualTo(400);
            });
  }

  static void notAuthorized(ThrowingCallable call, String message) {
    refused(call, "NotAuthorizedException", message);
  }

  @Override
  public void close() {
    clients.close();
  }
}
