package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeDataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** An emulator with the user ada and app clients for its domain. */
final class DomainFixture implements AutoCloseable {
  static final String CALLBACK = "http://localhost:8080/callback";
  static final String LOGGED_OUT = "http://localhost:8080/bye";
  static final String VERIFIER = "v".repeat(50);
  static final String CHALLENGE =
      Base64.getUrlEncoder().withoutPadding().encodeToString(AuthorizationCode.sha256(VERIFIER));

  final TestClock clock = new TestClock();
  final CognitoEmulator emulator;
  final EmulatorClients clients;
  final RawClient raw = new RawClient();
  final Browser browser = new Browser();
  final String poolId;
  final UserPoolClientType web;
  final UserPoolClientType confidential;

  DomainFixture() {
    this(builder -> builder);
  }

  DomainFixture(UnaryOperator<CognitoEmulator.Builder> settings) {
    emulator = settings.apply(TestEmulators.builder().clock(clock)).start();
    clients = new EmulatorClients(emulator);
    poolId = emulator.userPool().id();
    emulator.createUser("ada", PASSWORD);
    web = client(r -> {});
    confidential = client(r -> r.generateSecret(true));
  }

  /** Gives the pool custom attributes, which identity providers can be mapped to. */
  void customAttributes(String... names) {
    clients.primary.addCustomAttributes(
        r ->
            r.userPoolId(poolId)
                .customAttributes(
                    Arrays.stream(names)
                        .map(
                            name ->
                                SchemaAttributeType.builder()
                                    .name(name)
                                    .attributeDataType(AttributeDataType.STRING)
                                    .mutable(true)
                                    .build())
                        .toList()));
  }

  UserPoolClientType client(Consumer<CreateUserPoolClientRequest.Builder> more) {
    return clients
        .primary
        .createUserPoolClient(
            r -> {
              r.userPoolId(poolId)
                  .clientName("web")
                  .allowedOAuthFlowsUserPoolClient(true)
                  .allowedOAuthFlows(OAuthFlowType.CODE)
                  .allowedOAuthScopes("openid", "email", "profile", "aws.cognito.signin.user.admin")
                  .supportedIdentityProviders("COGNITO")
                  .callbackURLs(CALLBACK, "myapp://back")
                  .logoutURLs(LOGGED_OUT);
              more.accept(r);
            })
        .userPoolClient();
  }

  URI domain(RegionRole role) {
    return emulator.domain(role);
  }

  /** The parameters of a good authorization request. */
  Map<String, String> asking() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", web.clientId());
    parameters.put("redirect_uri", CALLBACK);
    parameters.put("state", "s t&a=t/e");
    parameters.put("nonce", "n-1");
    parameters.put("scope", "openid email aws.cognito.signin.user.admin");
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  Map<String, String> asking(String name, @Nullable String value) {
    Map<String, String> parameters = asking();
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return parameters;
  }

  static URI authorize(URI domain, Map<String, String> parameters) {
    return domain.resolve("/oauth2/authorize?" + Browser.form(parameters));
  }

  Browser.Page authorize(Map<String, String> parameters) {
    return browser.get(authorize(domain(RegionRole.PRIMARY), parameters));
  }

  Browser.Page signIn(URI domain, Map<String, String> parameters) {
    Browser.Page login = browser.follow(authorize(domain, parameters));
    assertThat(login.status()).as(login.html()).isEqualTo(200);
    return browser.signIn(login, "ada", PASSWORD);
  }

  String code(RegionRole role) {
    return code(domain(role));
  }

  String code(URI domain) {
    browser.forget("cognito");
    String code = signIn(domain, asking()).sent("code");
    assertThat(code).isNotEmpty();
    return code;
  }

  /** The form of a good code exchange. */
  Map<String, String> exchanging(String code) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", web.clientId());
    form.put("code", code);
    form.put("redirect_uri", CALLBACK);
    form.put("code_verifier", VERIFIER);
    return form;
  }

  RawClient.Answer token(RegionRole role, Map<String, String> form) {
    return post(domain(role), "/oauth2/token", form, null);
  }

  RawClient.Answer token(Map<String, String> form) {
    return token(RegionRole.PRIMARY, form);
  }

  RawClient.Answer post(
      URI domain, String path, Map<String, String> form, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(domain.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(Browser.form(form)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return raw.send(request.build());
  }

  RawClient.Answer userInfo(RegionRole role, String token) {
    return raw.send(
        HttpRequest.newBuilder(domain(role).resolve("/oauth2/userInfo"))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  Map<String, String> refreshing(String refreshToken) {
    return new HashMap<>(
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            web.clientId(),
            "refresh_token",
            refreshToken));
  }

  static String basic(String id, String secret) {
    return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
  }

  static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  static void refused(RawClient.Answer answer, int status, String error) {
    assertThat(answer.json().path("error").asText()).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @Override
  public void close() {
    clients.close();
  }
}
