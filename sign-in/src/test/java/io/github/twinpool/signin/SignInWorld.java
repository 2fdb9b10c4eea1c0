package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.CustomChallenge;
import io.github.twinpool.emulator.ServedCall;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.MultiRegionCognitoBuilder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** A two-Region emulator, a routed client, and one person after another who signs in. */
final class SignInWorld implements AutoCloseable {
  static final String PASSWORD = "Correct-Horse-7";
  static final FailoverPolicy QUICK =
      FailoverPolicy.builder()
          .dwell(Duration.ofSeconds(1))
          .failbackStep(Duration.ofMillis(300))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();

  final CognitoEmulator emulator;
  final MultiRegionCognito cognito;
  final String poolId;
  final String clientId;
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private int people;

  SignInWorld() {
    this(TestEmulators.builder().customChallenges(SignInWorld.challenges()));
  }

  SignInWorld(CognitoEmulator.Builder builder) {
    emulator = builder.clock(clock()).replicationLag(Duration.ZERO).start();
    poolId = emulator.userPool().id();
    cognito = cognitoBuilder().policy(QUICK).build();
    clientId = client(false);
    offerSecondFactors();
  }

  private void offerSecondFactors() {
    primary()
        .setUserPoolMfaConfig(
            it ->
                it.userPoolId(poolId)
                    .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                    .softwareTokenMfaConfiguration(c -> c.enabled(true))
                    .emailMfaConfiguration(c -> c.message("{####}").subject("code"))
                    .smsMfaConfiguration(
                        c ->
                            c.smsAuthenticationMessage("{####}")
                                .smsConfiguration(s -> s.snsCallerArn("arn:aws:iam::1:role/sms"))));
  }

  /** Devices are tracked from here on. An UpdateUserPool resets what it leaves out. */
  void trackDevices() {
    primary()
        .updateUserPool(
            it ->
                it.userPoolId(poolId)
                    .deviceConfiguration(
                        d ->
                            d.challengeRequiredOnNewDevice(true)
                                .deviceOnlyRememberedOnUserPrompt(true)));
    offerSecondFactors();
  }

  static List<CustomChallenge> challenges() {
    return List.of(
        new CustomChallenge(Map.of("question", "What is your quest?"), "The Holy Grail"),
        new CustomChallenge(Map.of("question", "Which colour?"), "Blue"));
  }

  InstantSource clock() {
    return now::get;
  }

  void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  MultiRegionCognitoBuilder cognitoBuilder() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
    return MultiRegionCognito.builder(emulator.userPool())
        .clients(client -> client.credentialsProvider(credentials))
        .asyncClients(client -> client.credentialsProvider(credentials));
  }

  CognitoIdentityProviderClient primary() {
    return cognito.client(RegionRole.PRIMARY);
  }

  /** A new app client that allows every flow. */
  String client(boolean withSecret) {
    return primary()
        .createUserPoolClient(
            it ->
                it.userPoolId(poolId)
                    .clientName("app")
                    .generateSecret(withSecret)
                    .explicitAuthFlows(
                        ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                        ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                        ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
                        ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
                        ExplicitAuthFlowsType.ALLOW_USER_AUTH,
                        ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
        .userPoolClient()
        .clientId();
  }

  SignIn signIn() {
    return builder().build();
  }

  SignInBuilder builder() {
    return SignIn.builder(cognito, clientId).clock(clock());
  }

  /** A new confirmed user with an e-mail address and a phone. */
  String person() {
    String username = "person-" + ++people;
    SecretsSeen.keep(PASSWORD);
    emulator.createUser(
        username,
        PASSWORD,
        Map.of(
            "email",
            username + "@example.com",
            "email_verified",
            "true",
            "phone_number",
            "+15555550" + (100 + people),
            "phone_number_verified",
            "true"));
    return username;
  }

  String code(String username) {
    List<io.github.twinpool.emulator.SentMessage> sent = emulator.messages(username);
    return sent.get(sent.size() - 1).code();
  }

  /** RFC 6238 at the emulator's time. */
  String totp(String base32) {
    return totp(base32, now.get().getEpochSecond() / 30);
  }

  static String totp(String base32, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decoded(base32), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fff_ffff;
      return String.format("%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decoded(String base32) {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    int bits = 0;
    int held = 0;
    for (char c : base32.replace("=", "").toCharArray()) {
      held = held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (held >> bits));
      }
    }
    return bytes.array();
  }

  /** What the sign-ins since then were answered, without the set-up's calls. */
  List<ServedCall> signInCalls() {
    return emulator.served().stream().filter(it -> it.operation().contains("Auth")).toList();
  }

  /** From here on the secondary serves, though the primary is up. */
  void onSecondary() {
    cognito.override(RegionRole.SECONDARY, Duration.ofHours(1));
  }

  @Override
  public void close() {
    cognito.close();
    emulator.close();
  }
}
