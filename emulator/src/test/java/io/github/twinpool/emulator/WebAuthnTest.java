package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListWebAuthnCredentialsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnCredentialDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnFactorConfigurationType;

/** Passkeys: registered, listed and deleted by their users, and the challenge WEB_AUTHN. */
class WebAuthnTest {
  private static final String WRONG = "Invalid passkey credential.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SignInFixture fixture = new SignInFixture();
  private final SoftAuthenticator passkey = SoftAuthenticator.es256();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private String token() {
    return fixture.beginWithPassword().authenticationResult().accessToken();
  }

  private String creationOptions(String token) {
    return json(fixture
            .primary()
            .startWebAuthnRegistration(r -> r.accessToken(token))
            .credentialCreationOptions())
        .toString();
  }

  private void complete(String token, String credential) {
    fixture
        .primary()
        .completeWebAuthnRegistration(
            r -> r.accessToken(token).credential(document(tree(credential))));
  }

  private void register(SoftAuthenticator authenticator) {
    String token = token();
    complete(token, authenticator.register(creationOptions(token)));
  }

  private InitiateAuthResponse begin(RegionRole role) {
    InitiateAuthResponse begun =
        fixture.begin(
            role, "USER_AUTH", Map.of("USERNAME", "ada", "PREFERRED_CHALLENGE", "WEB_AUTHN"));
    assertThat(begun.challengeNameAsString()).isEqualTo("WEB_AUTHN");
    return begun;
  }

  private static String options(Map<String, String> challengeParameters) {
    return challengeParameters.get("CREDENTIAL_REQUEST_OPTIONS");
  }

  private RespondToAuthChallengeResponse answer(
      RegionRole role, String session, String credential) {
    return fixture.answer(
        role, "WEB_AUTHN", session, Map.of("USERNAME", "ada", "CREDENTIAL", credential));
  }

  private AuthenticationResultType signIn(RegionRole role, SoftAuthenticator authenticator) {
    InitiateAuthResponse begun = begin(role);
    return answer(role, begun.session(), authenticator.sign(options(begun.challengeParameters())))
        .authenticationResult();
  }

  private AuthenticationResultType signIn() {
    return signIn(RegionRole.PRIMARY, passkey);
  }

  private List<String> available() {
    return fixture.begin("USER_AUTH", Map.of("USERNAME", "ada")).availableChallengesAsStrings();
  }

  private void configure(Consumer<WebAuthnConfigurationType.Builder> configuration) {
    fixture
        .primary()
        .setUserPoolMfaConfig(
            r -> r.userPoolId(fixture.poolId).webAuthnConfiguration(configuration));
  }

  private static Document document(JsonNode node) {
    if (node.isObject()) {
      Document.MapBuilder map = Document.mapBuilder();
      node.properties()
          .forEach(entry -> map.putDocument(entry.getKey(), document(entry.getValue())));
      return map.build();
    }
    if (node.isArray()) {
      return Document.fromList(node.valueStream().map(WebAuthnTest::document).toList());
    }
    return node.isTextual()
        ? Document.fromString(node.textValue())
        : node.isBoolean() ? Document.fromBoolean(node.booleanValue()) : Document.fromNull();
  }

  private static JsonNode json(Document document) {
    if (document.isMap()) {
      ObjectNode object = JSON.createObjectNode();
      document.asMap().forEach((name, value) -> object.set(name, json(value)));
      return object;
    }
    if (document.isList()) {
      var array = JSON.createArrayNode();
      document.asList().forEach(value -> array.add(json(value)));
      return array;
    }
    return JSON.valueToTree(
        document.isNumber() ? document.asNumber().longValue() : document.unwrap());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_options_of_a_registration_are_what_a_browser_wants() {
    JsonNode options = tree(creationOptions(token()));

    assertThat(options.at("/rp/id").asText()).isEqualTo("localhost");
    assertThat(options.at("/user/name").asText()).isEqualTo("ada");
    assertThat(Base64.getUrlDecoder().decode(options.path("challenge").asText())).hasSize(32);
    assertThat(options.path("pubKeyCredParams").findValuesAsText("alg"))
        .containsExactly("-7", "-257");
    assertThat(options.at("/authenticatorSelection/userVerification").asText())
        .isEqualTo("preferred");
    assertThat(options.path("excludeCredentials")).isEmpty();
    assertThat(options.path("timeout").isInt()).isTrue();

    register(passkey);
    assertThat(tree(creationOptions(token())).at("/excludeCredentials/0/id").asText())
        .isEqualTo(passkey.credentialId());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_passkey_is_registered_listed_and_signs_in_again_and_again(boolean rsa) {
    SoftAuthenticator authenticator = rsa ? SoftAuthenticator.rs256() : SoftAuthenticator.es256();
    assertThat(available()).doesNotContain("WEB_AUTHN");
    register(authenticator);
    assertThat(available()).contains("WEB_AUTHN");

    JsonNode options = tree(options(begin(RegionRole.PRIMARY).challengeParameters()));
    assertThat(options.path("rpId").asText()).isEqualTo("localhost");
    assertThat(options.path("userVerification").asText()).isEqualTo("preferred");
    assertThat(options.path("timeout").asLong()).isEqualTo(180_000);
    assertThat(options.at("/allowCredentials/0/id").asText())
        .isEqualTo(authenticator.credentialId());
    assertThat(options.at("/allowCredentials/0/type").asText()).isEqualTo("public-key");

    String token = signIn(RegionRole.PRIMARY, authenticator).accessToken();
    signIn(RegionRole.PRIMARY, authenticator);
    List<WebAuthnCredentialDescription> listed =
        fixture.primary().listWebAuthnCredentials(r -> r.accessToken(token)).credentials();
    assertThat(listed)
        .singleElement()
        .satisfies(
            credential -> {
              assertThat(credential.credentialId()).isEqualTo(authenticator.credentialId());
              assertThat(credential.relyingPartyId()).isEqualTo("localhost");
              assertThat(credential.friendlyCredentialName()).isNotBlank();
              assertThat(credential.authenticatorAttachment()).isEqualTo("platform");
              assertThat(credential.authenticatorTransports())
                  .containsExactly("internal", "hybrid");
              assertThat(credential.createdAt()).isEqualTo(fixture.clock.instant());
            });
    assertThat(
            fixture
                .primary()
                .getUserAuthFactors(r -> r.accessToken(token))
                .configuredUserAuthFactorsAsStrings())
        .contains("WEB_AUTHN");
  }

  @Test
  void a_passkey_can_be_chosen() {
    register(passkey);
    InitiateAuthResponse begun = fixture.begin("USER_AUTH", Map.of("USERNAME", "ada"));

    RespondToAuthChallengeResponse chosen =
        fixture.answer(
            "SELECT_CHALLENGE", begun.session(), Map.of("USERNAME", "ada", "ANSWER", "WEB_AUTHN"));

    assertThat(chosen.challengeNameAsString()).isEqualTo("WEB_AUTHN");
    String credential = passkey.sign(options(chosen.challengeParameters()));
    assertThat(answer(RegionRole.PRIMARY, chosen.session(), credential).authenticationResult())
        .isNotNull();
  }

  @Test
  void a_passkey_reaches_the_secondary_when_the_lag_is_over_and_signs_in_there() {
    fixture.emulator.replicationLag(Duration.ofSeconds(10));
    register(passkey);
    assertThat(
            fixture
                .begin(
                    RegionRole.SECONDARY,
                    "USER_AUTH",
                    Map.of("USERNAME", "ada", "PREFERRED_CHALLENGE", "WEB_AUTHN"))
                .challengeNameAsString())
        .isEqualTo("SELECT_CHALLENGE");

    fixture.clock.advance(Duration.ofSeconds(10));
    AuthenticationResultType tokens = signIn(RegionRole.SECONDARY, passkey);
    assertThat(
            fixture
                .clients
                .secondary
                .listWebAuthnCredentials(r -> r.accessToken(tokens.accessToken()))
                .credentials())
        .hasSize(1);
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    String credential = passkey.sign(options(begun.challengeParameters()));
    notAuthorized(
        () -> answer(RegionRole.SECONDARY, begun.session(), credential),
        "Invalid session for the user.");
  }

  @Test
  void the_secondary_registers_and_deletes_nothing() {
    String token = token();

    assertThatThrownBy(
            () -> fixture.clients.secondary.startWebAuthnRegistration(r -> r.accessToken(token)))
        .satisfies(WebAuthnTest::isNotEnabled);
    assertThatThrownBy(
            () ->
                fixture.clients.secondary.completeWebAuthnRegistration(
                    r -> r.accessToken(token).credential(Document.mapBuilder().build())))
        .satisfies(WebAuthnTest::isNotEnabled);
    assertThatThrownBy(
            () ->
                fixture.clients.secondary.deleteWebAuthnCredential(
                    r -> r.accessToken(token).credentialId("AA")))
        .satisfies(WebAuthnTest::isNotEnabled);
  }

  private static void isNotEnabled(Throwable e) {
    assertThat(((CognitoIdentityProviderException) e).awsErrorDetails().errorCode())
        .isEqualTo("OperationNotEnabledException");
  }

  @Test
  void an_assertion_is_good_once() {
    register(passkey);
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    String credential = passkey.sign(options(begun.challengeParameters()));
    answer(RegionRole.PRIMARY, begun.session(), credential);

    notAuthorized(
        () -> answer(RegionRole.PRIMARY, begun.session(), credential),
        "Invalid session for the user, session can only be used once.");
    String later = begin(RegionRole.PRIMARY).session();
    notAuthorized(() -> answer(RegionRole.PRIMARY, later, credential), WRONG);
  }

  /** What is wrong with an assertion, one thing at a time. */
  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw("key", passkey -> passkey.keys = passkey.newKeys()),
        flaw("challenge", passkey -> passkey.onChallenge = right -> "A".repeat(right.length())),
        flaw("type", passkey -> passkey.type = "webauthn.create"),
        flaw("relying party", passkey -> passkey.rpId = "example.com"),
        flaw("origin", passkey -> passkey.origin = "https://localhost.example.com"),
        flaw("origin's suffix", passkey -> passkey.origin = "https://notlocalhost"),
        flaw("frame", passkey -> passkey.crossOrigin = true),
        flaw("nobody there", passkey -> passkey.present = false),
        flaw("old counter", passkey -> passkey.signCount = 3),
        flaw("same counter", passkey -> passkey.signCount = 6),
        flaw("no counter", passkey -> passkey.signCount = 0),
        flaw("another credential", passkey -> passkey.id[0]++),
        flaw("another user", passkey -> passkey.userHandle("AAAA")));
  }

  private static Arguments flaw(String name, Consumer<SoftAuthenticator> falsify) {
    return Arguments.arguments(Named.of(name, falsify));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void a_wrong_assertion_is_not_authorized_and_uses_the_session_up(
      Consumer<SoftAuthenticator> flaw) {
    register(passkey);
    flaw.accept(passkey);
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    String credential = passkey.sign(options(begun.challengeParameters()));

    notAuthorized(() -> answer(RegionRole.PRIMARY, begun.session(), credential), WRONG);
    notAuthorized(
        () -> answer(RegionRole.PRIMARY, begun.session(), credential),
        "Invalid session for the user, session can only be used once.");
  }

  @Test
  void an_authenticator_that_does_not_count_signs_in_again_and_again() {
    passkey.signCount = 0;
    register(passkey);

    signIn();
    assertThat(signIn()).isNotNull();
  }

  @Test
  void a_signature_counter_that_goes_back_is_a_copy_of_the_passkey() {
    register(passkey);
    signIn();
    passkey.signCount--;

    notAuthorized(this::signIn, WRONG);
    passkey.signCount += 5;
    signIn();
  }

  @Test
  void user_verification_is_wanted_only_where_the_pool_requires_it() {
    register(passkey);
    passkey.verified = false;
    signIn();

    configure(c -> c.userVerification("required"));
    JsonNode options = tree(options(begin(RegionRole.PRIMARY).challengeParameters()));
    assertThat(options.path("userVerification").asText()).isEqualTo("required");
    notAuthorized(this::signIn, WRONG);
    String token = token();
    SoftAuthenticator other = SoftAuthenticator.es256();
    other.verified = false;
    String credential = other.register(creationOptions(token));
    notAuthorized(
        () -> complete(token, credential), "User presence and verification are required.");
    passkey.verified = true;
    signIn();
  }

  @Test
  void a_relying_party_has_subdomains_and_credentials_of_another_are_not_asked_for() {
    configure(c -> c.relyingPartyId("example.com"));
    passkey.origin = "https://login.example.com";
    register(passkey);
    signIn();
    passkey.origin = "http://login.example.com";
    notAuthorized(this::signIn, WRONG);

    configure(c -> c.relyingPartyId("example.org"));
    assertThat(available()).doesNotContain("WEB_AUTHN");
  }

  @Test
  void a_deleted_passkey_signs_in_no_more_nor_does_one_that_was_asked_for_before() {
    register(passkey);
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    String token = token();
    fixture
        .primary()
        .deleteWebAuthnCredential(r -> r.accessToken(token).credentialId(passkey.credentialId()));

    String credential = passkey.sign(options(begun.challengeParameters()));
    notAuthorized(() -> answer(RegionRole.PRIMARY, begun.session(), credential), WRONG);
    assertThat(available()).doesNotContain("WEB_AUTHN");
    refused(
        () ->
            fixture
                .primary()
                .deleteWebAuthnCredential(
                    r -> r.accessToken(token).credentialId(passkey.credentialId())),
        "ResourceNotFoundException",
        "Credential does not exist.");
    register(passkey);
    assertThat(signIn()).isNotNull();
  }

  @Test
  void passkeys_are_listed_in_pages_and_there_are_twenty_at_most() {
    String token = token();
    for (int i = 0; i < 20; i++) {
      complete(token, SoftAuthenticator.es256().register(creationOptions(token)));
    }
    refused(
        () -> complete(token, passkey.register(creationOptions(token))),
        "LimitExceededException",
        "The user has as many credentials as there may be.");

    List<String> ids = new ArrayList<>();
    String next = null;
    do {
      String page = next;
      ListWebAuthnCredentialsResponse listed =
          fixture
              .primary()
              .listWebAuthnCredentials(r -> r.accessToken(token).maxResults(8).nextToken(page));
      listed.credentials().forEach(credential -> ids.add(credential.credentialId()));
      next = listed.nextToken();
    } while (next != null);
    assertThat(ids).hasSize(20).doesNotHaveDuplicates();
    assertThat(fixture.primary().listWebAuthnCredentials(r -> r.accessToken(token)).credentials())
        .hasSize(20);
  }

  @Test
  void a_credential_belongs_to_one_user() {
    register(passkey);
    fixture.emulator.createUser("bob", SignInFixture.PASSWORD);
    String bob =
        fixture.clients.signIn(RegionRole.PRIMARY, "bob", SignInFixture.PASSWORD).accessToken();
    String credential = passkey.register(creationOptions(bob));

    refused(
        () -> complete(bob, credential),
        "InvalidParameterException",
        "The credential is registered already.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, localhost, none, WebAuthnOriginNotAllowedException",
    "http://10.0.0.1, localhost, none, WebAuthnOriginNotAllowedException",
    "android:apk-key-hash:AA, localhost, none, WebAuthnOriginNotAllowedException",
    "https://localhost/path, localhost, none, WebAuthnOriginNotAllowedException",
    "'no origin', localhost, none, WebAuthnOriginNotAllowedException",
    "http://app.localhost:3000, example.com, none, WebAuthnRelyingPartyMismatchException",
    "https://localhost, localhost, packed, WebAuthnCredentialNotSupportedException"
  })
  void a_registration_that_does_not_fit_is_refused(
      String origin, String rpId, String fmt, String type) {
    String token = token();
    passkey.origin = origin;
    passkey.rpId = rpId;
    passkey.fmt = fmt;
    String credential = passkey.register(creationOptions(token));

    assertThatThrownBy(() -> complete(token, credential))
        .isInstanceOfSatisfying(
            CognitoIdentityProviderException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(type));
  }

  @Test
  void a_registration_wants_its_own_challenge_once_and_in_time() {
    String token = token();
    String credential = passkey.register(creationOptions(token));
    String newer = passkey.register(creationOptions(token));
    String type = "WebAuthnChallengeNotFoundException";
    String message = "No registration with this challenge was begun.";

    refused(() -> complete(token, credential), type, message);
    complete(token, newer);
    refused(() -> complete(token, newer), type, message);
    String late = SoftAuthenticator.es256().register(creationOptions(token));
    fixture.clock.advance(Duration.ofMinutes(3));
    refused(() -> complete(token, late), type, message);
  }

  @Test
  void a_registration_ends_at_the_app_client_that_it_began_with() {
    String token = token();
    String credential = passkey.register(creationOptions(token));
    String otherClient =
        fixture
            .primary()
            .createUserPoolClient(
                r ->
                    r.userPoolId(fixture.poolId)
                        .clientName("other")
                        .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH"))
            .userPoolClient()
            .clientId();
    String other =
        fixture
            .primary()
            .initiateAuth(
                r ->
                    r.clientId(otherClient)
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(
                            Map.of("USERNAME", "ada", "PASSWORD", SignInFixture.PASSWORD)))
            .authenticationResult()
            .accessToken();

    refused(
        () -> complete(other, credential),
        "WebAuthnClientMismatchException",
        "The registration was begun with another app client.");
  }

  @Test
  void a_pool_without_the_factor_offers_and_registers_none() {
    register(passkey);
    String token = token();
    fixture
        .primary()
        .updateUserPool(
            r ->
                r.userPoolId(fixture.poolId)
                    .policies(
                        p ->
                            p.signInPolicy(s -> s.allowedFirstAuthFactorsWithStrings("PASSWORD"))));

    assertThat(available()).doesNotContain("WEB_AUTHN");
    refused(
        () -> creationOptions(token),
        "WebAuthnNotEnabledException",
        "Passkeys are not enabled for the user pool.");
  }

  @Test
  void a_passkey_stands_for_a_second_factor_only_where_the_pool_says_so() {
    register(passkey);
    fixture.mfa(UserPoolMfaType.OPTIONAL);
    fixture
        .primary()
        .adminSetUserMFAPreference(
            r -> r.userPoolId(fixture.poolId).username("ada").smsMfaSettings(s -> s.enabled(true)));
    assertThat(available()).containsExactly("PASSWORD", "PASSWORD_SRP");

    fixture
        .primary()
        .setUserPoolMfaConfig(
            r ->
                r.userPoolId(fixture.poolId)
                    .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                    .smsMfaConfiguration(s -> s.smsConfiguration(SignInFixture.anySender()))
                    .webAuthnConfiguration(
                        c ->
                            c.factorConfiguration(
                                WebAuthnFactorConfigurationType
                                    .MULTI_FACTOR_WITH_USER_VERIFICATION)));
    assertThat(available()).containsExactly("PASSWORD", "PASSWORD_SRP", "WEB_AUTHN");
    assertThat(signIn()).isNotNull();
    passkey.verified = false;
    notAuthorized(this::signIn, WRONG);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "x",
        "[]",
        "{}",
        "{\"id\":1}",
        "{\"id\":\"AA\",\"rawId\":\"AB\",\"type\":\"public-key\"}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"password\"}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\"}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":[]}",
        "{\"id\":\"AA\",\"rawId\":\"%%\",\"type\":\"public-key\"}",
        "{\"a\":".repeat(100) + "1" + "}".repeat(100));
  }

  @Test
  void a_malformed_credential_is_an_invalid_parameter_and_leaves_the_session_usable() {
    register(passkey);
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    String good = passkey.sign(options(begun.challengeParameters()));
    List<String> bad = new ArrayList<>(malformed().toList());
    for (String part : List.of("clientDataJSON", "authenticatorData", "signature")) {
      bad.addAll(broken(good, part));
    }
    for (String credential : bad) {
      assertInvalid(() -> answer(RegionRole.PRIMARY, begun.session(), credential), credential);
    }
    assertThat(answer(RegionRole.PRIMARY, begun.session(), good).authenticationResult())
        .isNotNull();
  }

  @Test
  void a_malformed_registration_is_an_invalid_parameter_and_leaves_the_challenge_usable() {
    String token = token();
    String good = passkey.register(creationOptions(token));
    List<String> bad =
        new ArrayList<>(malformed().filter(json -> json.startsWith("{\"id\"")).toList());
    bad.addAll(broken(good, "clientDataJSON"));
    bad.addAll(broken(good, "attestationObject"));
    for (String credential : bad) {
      assertInvalid(() -> complete(token, credential), credential);
    }
    complete(token, good);
  }

  /** A credential with one part missing, of another kind, too long, and cut off anywhere. */
  private static List<String> broken(String credential, String part) {
    List<String> broken = new ArrayList<>();
    String right = tree(credential).at("/response/" + part).asText();
    for (String wrong : List.of("", "%%", "A", "A".repeat(20_000))) {
      broken.add(with(credential, part, wrong));
    }
    byte[] bytes = Base64.getUrlDecoder().decode(right);
    boolean cut = !part.equals("signature");
    for (int length = 1; cut && length < bytes.length; length += 5) {
      byte[] shorter = Arrays.copyOf(bytes, length);
      broken.add(with(credential, part, Base64.getUrlEncoder().encodeToString(shorter)));
    }
    return broken;
  }

  private static String with(String credential, String part, String value) {
    ObjectNode changed = (ObjectNode) tree(credential);
    changed.withObject("/response").put(part, value);
    return changed.toString();
  }

  private static void assertInvalid(ThrowingCallable call, String credential) {
    assertThatThrownBy(call)
        .as(credential)
        .isInstanceOfSatisfying(
            CognitoIdentityProviderException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterException"));
  }
}
