package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.signin.AuthorizationException;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.signin.AuthorizationRequest;
import io.github.twinpool.signin.AuthorizationStart;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.signin.OAuthErrorException;
import io.github.twinpool.signin.SealedStepException;
import io.github.twinpool.signin.SignIn;
import io.github.twinpool.signin.SignInRequest;
import io.github.twinpool.signin.SignedIn;
import io.github.twinpool.spring.Effects.Row;
import io.github.twinpool.spring.TestHost.Answer;
import io.github.twinpool.spring.TestHost.Asked;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/** What the properties of sign-in and OAuth 2.0 do. */
final class OAuthEffects {
  private static final String KEY = key((byte) 1);
  private static final String OTHER_KEY = key((byte) 2);

  private OAuthEffects() {}

  static Stream<Row> rows() {
    return Stream.of(machine(), signIn(), login()).flatMap(rows -> rows);
  }

  private static String key(byte filler) {
    byte[] key = new byte[32];
    Arrays.fill(key, filler);
    return Base64.getEncoder().encodeToString(key);
  }

  // Machine tokens.

  private static Stream<Row> machine() {
    return Stream.of(
        new Row(
            "twinpool.machine.enabled",
            with -> {
              machine(with, context -> assertThat(context).hasSingleBean(MachineTokens.class));
              machine(
                  with,
                  context -> assertThat(context).doesNotHaveBean(MachineTokens.class),
                  "twinpool.machine.enabled=false");
            }),
        new Row(
            "twinpool.machine.client-id",
            with -> {
              assertThat(asked(with).basic()).isEqualTo("machine:secret");
              with.run(context -> assertThat(context).doesNotHaveBean(MachineTokens.class));
            }),
        new Row(
            "twinpool.machine.client-secret",
            with -> {
              assertThatExceptionOfType(OAuthErrorException.class)
                  .isThrownBy(() -> asked(with, "twinpool.machine.client-secret=another"));
              machine(
                  with,
                  it ->
                      assertThat(it.getBean(TwinpoolMachineProperties.class).toString())
                          .doesNotContain("secret"));
            }),
        new Row(
            "twinpool.machine.previous-client-secret",
            with ->
                assertThat(
                        asked(
                                with,
                                "twinpool.machine.client-secret=newer",
                                "twinpool.machine.previous-client-secret=secret")
                            .basic())
                    .isEqualTo("machine:secret")),
        new Row(
            "twinpool.machine.scopes",
            with ->
                with.refuses(
                    "twinpool.machine.scopes",
                    "twinpool.endpoints.primary-domain=http://127.0.0.1:9",
                    "twinpool.endpoints.secondary-domain=http://127.0.0.1:9",
                    "twinpool.machine.client-id=machine",
                    "twinpool.machine.client-secret=secret",
                    "twinpool.machine.origins=http://127.0.0.1:9",
                    "twinpool.machine.scopes=\u00fc")),
        new Row(
            "twinpool.machine.origins",
            with -> {
              machine(with, context -> assertThat(clients(context).connector()).isEmpty());
              machine(
                  with,
                  context -> {
                    assertThat(clients(context).connector())
                        .containsInstanceOf(JdkClientHttpConnector.class);
                    assertThat(clients(context).requestFactory())
                        .containsInstanceOf(JdkClientHttpRequestFactory.class);
                  },
                  "twinpool.machine.origins=http://127.0.0.1:9,https://orders.example.com");
            }),
        customizer("rest-client", "twinpoolRestClientCustomizer"),
        customizer("web-client", "twinpoolWebClientCustomizer"),
        bound("twinpool.machine.refresh-ahead", "25h"),
        bound("twinpool.machine.request-timeout", "61s"));
  }

  private static Row customizer(String name, String bean) {
    String property = "twinpool.machine." + name;
    return new Row(
        property,
        with -> {
          machine(with, context -> assertThat(context).hasBean(bean));
          machine(with, context -> assertThat(context).doesNotHaveBean(bean), property + "=false");
        });
  }

  private static MachineHttpClients clients(AssertableApplicationContext context) {
    return context.getBean(MachineHttpClients.class);
  }

  private static void machine(
      Effects with, Consumer<AssertableApplicationContext> test, String... properties) {
    with.run(test::accept, withDomain("http://127.0.0.1:9", properties));
  }

  /** What a token was asked for with last. */
  private static Asked asked(Effects with, String... properties) {
    try (TestHost domain = TestHost.tokens()) {
      with.run(
          context -> context.getBean(MachineTokens.class).token(),
          withDomain(domain.uri().toString(), properties));
      return domain.asked().get(domain.asked().size() - 1);
    }
  }

  private static String[] withDomain(String domain, String... properties) {
    return Stream.concat(
            Stream.of(
                "twinpool.endpoints.primary-domain=" + domain,
                "twinpool.endpoints.secondary-domain=" + domain,
                "twinpool.machine.client-id=machine",
                "twinpool.machine.client-secret=secret",
                "twinpool.sign-in.client-id=web",
                "twinpool.login.client-id=web",
                "twinpool.login.redirect-uri=https://app.example.com/callback"),
            Stream.of(properties))
        .toArray(String[]::new);
  }

  private static Row bound(String property, String value) {
    return new Row(
        property,
        with -> with.refuses(property, withDomain("http://127.0.0.1:9", property + "=" + value)));
  }

  // Sign-in.

  private static Stream<Row> signIn() {
    return Stream.of(
        new Row(
            "twinpool.sign-in.client-id",
            with -> {
              with.run(it -> assertThat(it).doesNotHaveBean(SignIn.class));
              with.run(
                  it -> assertThat(signedIn(it)).isInstanceOf(SignedIn.class),
                  "twinpool.sign-in.client-id=" + with.pool().emulator().clientId());
            }),
        new Row("twinpool.sign-in.client-secret", OAuthEffects::clientSecret),
        bound("twinpool.sign-in.session-validity", "16m"),
        bound("twinpool.sign-in.refresh-ahead", "25h"),
        new Row(
            "twinpool.sign-in.step-keys",
            with -> {
              with.run(
                  it ->
                      assertThatIllegalStateException()
                          .isThrownBy(() -> it.getBean(SignIn.class).resume("sealed")),
                  "twinpool.sign-in.client-id=web");
              with.run(
                  it ->
                      assertThatExceptionOfType(SealedStepException.class)
                          .isThrownBy(() -> it.getBean(SignIn.class).resume("sealed")),
                  "twinpool.sign-in.client-id=web",
                  "twinpool.sign-in.step-keys=" + KEY + "," + OTHER_KEY);
            }));
  }

  private static Object signedIn(AssertableApplicationContext context) {
    return context
        .getBean(SignIn.class)
        .start(SignInRequest.srp(TestPool.USER, TestPool.PASSWORD.toCharArray()));
  }

  private static void clientSecret(Effects with) {
    var client = with.pool().client(it -> it.generateSecret(true));
    String id = "twinpool.sign-in.client-id=" + client.clientId();
    with.run(
        it -> assertThat(signedIn(it)).isInstanceOf(SignedIn.class),
        id,
        "twinpool.sign-in.client-secret=" + client.clientSecret());
    with.refuses("twinpool.sign-in.client-secret", id, "twinpool.sign-in.client-secret=");
  }

  // Login.

  private static Stream<Row> login() {
    return Stream.of(
        new Row(
            "twinpool.login.client-id",
            with -> {
              login(
                  with,
                  flow -> assertThat(location(flow)).contains("client_id=browsers"),
                  "twinpool.login.client-id=browsers");
              with.refuses(
                  "twinpool.login.client-id",
                  withDomain("http://127.0.0.1:9", "twinpool.login.client-id="));
            }),
        new Row("twinpool.login.client-secret", OAuthEffects::loginSecret),
        new Row(
            "twinpool.login.redirect-uri",
            with -> {
              with.run(it -> assertThat(it).doesNotHaveBean(AuthorizationCodeFlow.class));
              login(
                  with,
                  flow ->
                      assertThat(location(flow))
                          .contains("redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback"));
            }),
        new Row(
            "twinpool.login.logout-uri",
            with ->
                login(
                    with,
                    flow ->
                        assertThat(flow.logoutLocation().toString())
                            .endsWith("logout_uri=https%3A%2F%2Fapp.example.com%2Fbye"),
                    "twinpool.login.logout-uri=https://app.example.com/bye")),
        new Row(
            "twinpool.login.scopes",
            with -> {
              login(with, flow -> assertThat(location(flow)).contains("scope=openid&"));
              login(
                  with,
                  flow -> assertThat(location(flow)).contains("scope=openid+email"),
                  "twinpool.login.scopes=openid,email");
            }),
        new Row("twinpool.login.return-origins", OAuthEffects::returnOrigins),
        new Row("twinpool.login.state-keys", OAuthEffects::stateKeys),
        new Row(
            "twinpool.login.login-validity",
            with ->
                login(
                    with,
                    flow -> assertThat(start(flow).setCookie()).contains("Max-Age=120;"),
                    "twinpool.login.login-validity=2m")),
        bound("twinpool.login.refresh-ahead", "25h"),
        bound("twinpool.login.request-timeout", "61s"));
  }

  private static void login(
      Effects with, Consumer<AuthorizationCodeFlow> test, String... properties) {
    with.run(
        context -> test.accept(context.getBean(AuthorizationCodeFlow.class)),
        withDomain("http://127.0.0.1:9", properties));
  }

  private static AuthorizationStart start(AuthorizationCodeFlow flow) {
    return flow.start(AuthorizationRequest.returningTo("/"));
  }

  private static String location(AuthorizationCodeFlow flow) {
    return start(flow).location().toString();
  }

  private static void loginSecret(Effects with) {
    try (TestHost domain =
        new TestHost(asked -> new Answer(400, null, "{\"error\":\"invalid_grant\"}"))) {
      with.run(
          context -> {
            AuthorizationCodeFlow flow = context.getBean(AuthorizationCodeFlow.class);
            assertThat(reason(flow, start(flow))).isEqualTo(Reason.CODE);
          },
          withDomain(domain.uri().toString(), "twinpool.login.client-secret=s3cret"));
      assertThat(domain.asked().get(0).basic()).isEqualTo("web:s3cret");
    }
  }

  private static void returnOrigins(Effects with) {
    AuthorizationRequest elsewhere =
        AuthorizationRequest.returningTo("https://other.example.com/orders");
    login(
        with,
        flow ->
            assertThatExceptionOfType(AuthorizationException.class)
                .isThrownBy(() -> flow.start(elsewhere)));
    login(
        with,
        flow -> assertThat(flow.start(elsewhere)).isNotNull(),
        "twinpool.login.return-origins=https://third.example.com,https://other.example.com");
  }

  /** A sign-in that began at another server ends here with the same key, or the older of two. */
  private static void stateKeys(Effects with) {
    AuthorizationStart[] began = new AuthorizationStart[1];
    login(with, flow -> began[0] = start(flow), "twinpool.login.state-keys=" + KEY);
    login(with, flow -> assertThat(reason(flow, began[0])).isEqualTo(Reason.STATE));
    login(
        with,
        flow -> assertThat(reason(flow, began[0])).isEqualTo(Reason.INTERRUPTED),
        "twinpool.login.state-keys=" + OTHER_KEY + "," + KEY);
  }

  /** Why a sign-in does not end, with a code that nobody issued. */
  private static Reason reason(AuthorizationCodeFlow flow, AuthorizationStart began) {
    URI location = began.location();
    String state =
        Stream.of(location.getRawQuery().split("&"))
            .filter(it -> it.startsWith("state="))
            .findFirst()
            .orElseThrow();
    try {
      flow.finish("code=none&" + state, began.browserState());
      throw new AssertionError("a code that nobody issued was good");
    } catch (AuthorizationException e) {
      return e.reason();
    }
  }
}
