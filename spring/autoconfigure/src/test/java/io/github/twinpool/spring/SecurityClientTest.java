package io.github.twinpool.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * A stranger's check of the emulator: Spring Security's own OAuth 2.0 client, without anything of
 * Twinpool, signs a browser in, refreshes and gets machine tokens there.
 */
class SecurityClientTest {
  private final TestPool pool = new TestPool();
  private final CognitoEmulator emulator = pool.emulator();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private Web web;

  @BeforeEach
  void start() {
    web = Web.start(WebApplicationType.SERVLET, pool, LoginApp.class, "twinpool.enabled=false");
  }

  @AfterEach
  void stop() {
    web.close();
    pool.close();
  }

  @Test
  void a_browser_signs_in_with_code_and_pkce_and_its_tokens_are_refreshed() throws Exception {
    registerLogin(emulator.domain(RegionRole.PRIMARY));

    HttpResponse<String> me = signIn();

    assertThat(me.uri().getPath()).isEqualTo("/");
    assertThat(me.body()).isEqualTo("ada@example.com");
    OAuth2AuthorizedClient before = authorized();
    OAuth2AuthorizedClient after = refreshed(before);
    assertThat(after.getAccessToken().getTokenValue())
        .isNotEqualTo(before.getAccessToken().getTokenValue());
    assertThat(subject(after.getAccessToken().getTokenValue()))
        .isEqualTo(before.getPrincipalName());
  }

  @Test
  void behind_a_custom_domain_sign_in_and_refresh_go_on_in_the_other_region() throws Exception {
    registerLogin(emulator.customDomain());
    signIn();
    OAuth2AuthorizedClient before = authorized();

    emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    emulator.domainHealth(false);

    assertThat(refreshed(before).getAccessToken().getTokenValue())
        .isNotEqualTo(before.getAccessToken().getTokenValue());
  }

  @Test
  void machine_tokens_have_the_scopes_of_the_resource_server() throws Exception {
    registerMachine(emulator.domain(RegionRole.PRIMARY));

    OAuth2AuthorizedClient machine =
        manager(OAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build())
            .authorize(
                OAuth2AuthorizeRequest.withClientRegistrationId("machine")
                    .principal("machine")
                    .build());

    // The token endpoint's answer has no "scope", as Cognito's has none: only the token says it.
    assertThat(
            SignedJWT.parse(machine.getAccessToken().getTokenValue())
                .getJWTClaimsSet()
                .getStringClaim("scope"))
        .isEqualTo("orders/read");
  }

  /** The browser asks the application, signs in at the domain, and is back at the application. */
  private HttpResponse<String> signIn() throws Exception {
    HttpResponse<String> page =
        browser.send(
            HttpRequest.newBuilder(app("/oauth2/authorization/pool")).build(),
            BodyHandlers.ofString());
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.uri().getPath()).isEqualTo("/login");
    assertThat(page.uri().getQuery()).contains("code_challenge_method=S256", "nonce=");
    String form =
        "_csrf="
            + encoded(found(page.body(), "name=\"_csrf\" value=\"([^\"]*)\""))
            + "&username="
            + TestPool.USER
            + "&password="
            + TestPool.PASSWORD;
    URI action =
        page.uri().resolve(found(page.body(), "action=\"([^\"]*)\"").replace("&amp;", "&"));
    HttpResponse<String> back =
        browser.send(
            HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    return back;
  }

  private static String found(String html, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(html);
    assertThat(matcher.find()).as(html).isTrue();
    return matcher.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private URI app(String path) {
    int port = ((WebServerApplicationContext) web.context()).getWebServer().getPort();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private OAuth2AuthorizedClient authorized() throws Exception {
    HttpResponse<String> subject =
        browser.send(HttpRequest.newBuilder(app("/sub")).build(), BodyHandlers.ofString());
    return web.context()
        .getBean(OAuth2AuthorizedClientService.class)
        .loadAuthorizedClient("pool", subject.body());
  }

  /** By a manager to which every token seems expired. */
  private OAuth2AuthorizedClient refreshed(OAuth2AuthorizedClient client) {
    return manager(
            OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken(it -> it.clockSkew(Duration.ofHours(2)))
                .build())
        .authorize(
            OAuth2AuthorizeRequest.withAuthorizedClient(client)
                .principal(
                    UsernamePasswordAuthenticationToken.authenticated(
                        client.getPrincipalName(), "", List.of()))
                .build());
  }

  private AuthorizedClientServiceOAuth2AuthorizedClientManager manager(
      OAuth2AuthorizedClientProvider provider) {
    AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
        new AuthorizedClientServiceOAuth2AuthorizedClientManager(
            web.context().getBean(ClientRegistrationRepository.class),
            web.context().getBean(OAuth2AuthorizedClientService.class));
    manager.setAuthorizedClientProvider(provider);
    return manager;
  }

  private static String subject(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
  }

  private void registerLogin(URI domain) {
    UserPoolClientType client =
        client(
            it ->
                it.allowedOAuthFlows(OAuthFlowType.CODE)
                    .allowedOAuthScopes("openid", "email")
                    .supportedIdentityProviders("COGNITO")
                    .callbackURLs(app("/login/oauth2/code/pool").toString()));
    register(
        registration("pool", client, domain)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
            .scope("openid", "email")
            .build());
  }

  private void registerMachine(URI domain) {
    pool.administered(
        cognito ->
            cognito.createResourceServer(
                it ->
                    it.userPoolId(emulator.userPool().id())
                        .identifier("orders")
                        .name("orders")
                        .scopes(
                            ResourceServerScopeType.builder()
                                .scopeName("read")
                                .scopeDescription("Reads orders")
                                .build())));
    UserPoolClientType client =
        client(
            it ->
                it.allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                    .allowedOAuthScopes("orders/read"));
    register(
        registration("machine", client, domain)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .scope("orders/read")
            .build());
  }

  private ClientRegistration.Builder registration(
      String id, UserPoolClientType client, URI domain) {
    return ClientRegistration.withRegistrationId(id)
        .clientId(client.clientId())
        .clientSecret(client.clientSecret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationUri(domain + "/oauth2/authorize")
        .tokenUri(domain + "/oauth2/token")
        .userInfoUri(domain + "/oauth2/userInfo")
        .userNameAttributeName("sub")
        .issuerUri(emulator.userPool().issuer(IssuerType.ORIGINAL))
        .jwkSetUri(emulator.userPool().jwksUri(IssuerType.ORIGINAL).toString());
  }

  private void register(ClientRegistration registration) {
    web.context()
        .getBean(Registrations.class)
        .byId()
        .put(registration.getRegistrationId(), registration);
  }

  private UserPoolClientType client(Consumer<CreateUserPoolClientRequest.Builder> more) {
    return pool.client(
        it -> {
          it.generateSecret(true).allowedOAuthFlowsUserPoolClient(true);
          more.accept(it);
        });
  }

  /** Filled when the port of the application is known. */
  record Registrations(Map<String, ClientRegistration> byId)
      implements ClientRegistrationRepository {
    @Override
    public ClientRegistration findByRegistrationId(String registrationId) {
      return byId.get(registrationId);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class LoginApp {
    @Bean
    Registrations registrations() {
      return new Registrations(new ConcurrentHashMap<>());
    }

    @Bean
    OAuth2AuthorizedClientService authorizedClients(ClientRegistrationRepository registrations) {
      return new InMemoryOAuth2AuthorizedClientService(registrations);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(it -> it.anyRequest().authenticated())
          .oauth2Login(withDefaults())
          .build();
    }

    @GetMapping("/")
    String email(@AuthenticationPrincipal OidcUser me) {
      return me.getEmail();
    }

    @GetMapping("/sub")
    String subject(@AuthenticationPrincipal OidcUser me) {
      return me.getName();
    }
  }
}
