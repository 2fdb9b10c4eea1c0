package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.DomainFixture.authorize;
import static io.github.twinpool.emulator.DomainFixture.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DuplicateProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;

/** Sign-ins at an identity provider, and the operations that tell a pool of providers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationTest {
  private final DomainFixture fixture = new DomainFixture();
  private EmulatedIdentityProvider provider;
  private String clientId;
  private int users;
  private String sub = "";

  @BeforeAll
  void start() {
    provider = fixture.emulator.identityProvider();
    fixture.customAttributes("roles", "token", "id");
    create("Corp", "OIDC");
    clientId = fixture.client(r -> r.supportedIdentityProviders("COGNITO", "Corp")).clientId();
  }

  @BeforeEach
  void freshUser() {
    sub = "e-" + ++users;
    provider.addUser(sub, sub + "@corp.example");
    provider.fault(TokenFault.NONE);
    update(details());
    fixture.browser.forget("");
    fixture.emulator.replicationLag(Duration.ZERO);
    fixture.emulator.domainHealth(true);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private void create(String name, String type) {
    fixture.clients.primary.createIdentityProvider(
        r ->
            r.userPoolId(fixture.poolId)
                .providerName(name)
                .providerType(type)
                .providerDetails(details())
                .attributeMapping(Map.of("email", "email", "username", "sub"))
                .idpIdentifiers(name.toLowerCase(java.util.Locale.ROOT) + ".example"));
  }

  private Map<String, String> details() {
    Map<String, String> details = new HashMap<>();
    details.put("client_id", provider.clientId());
    details.put("client_secret", provider.clientSecret());
    details.put("oidc_issuer", provider.issuer().toString());
    details.put("authorize_scopes", "openid email");
    details.put("attributes_request_method", "GET");
    return details;
  }

  private Map<String, String> asking() {
    Map<String, String> asking = fixture.asking("client_id", clientId);
    asking.put("identity_provider", "Corp");
    return asking;
  }

  private Browser.Page backFromProvider(URI domain, Map<String, String> asking) {
    Browser.Page form = fixture.browser.follow(authorize(domain, asking));
    assertThat(form.html()).contains("Sign in at the identity provider");
    return fixture.browser.post(form.formAction(), Map.of("username", sub + "@corp.example"));
  }

  private Browser.Page signIn(URI domain) {
    fixture.browser.forget("");
    return fixture.browser.get(backFromProvider(domain, asking()).location());
  }

  private JsonNode tokens(RegionRole role, Browser.Page back) {
    Map<String, String> form = fixture.exchanging(back.sent("code"));
    form.put("client_id", clientId);
    return fixture.token(role, form).json();
  }

  @Test
  void a_first_sign_in_makes_a_user_in_the_primary_whose_tokens_say_where_they_come_from()
      throws Exception {
    Browser.Page back = signIn(fixture.domain(RegionRole.PRIMARY));

    assertThat(back.header("location")).startsWith(CALLBACK);
    assertThat(back.sent("state")).isEqualTo("s t&a=t/e");
    JsonNode tokens = tokens(RegionRole.PRIMARY, back);
    JWTClaimsSet id = claims(tokens.path("id_token").asText());
    assertThat(id.getStringClaim("cognito:username")).isEqualTo("Corp_" + sub);
    assertThat(id.getStringClaim("nonce")).isEqualTo("n-1");
    assertThat(id.getStringClaim("email")).isEqualTo(sub + "@corp.example");
    assertThat(id.getListClaim("identities").get(0).toString())
        .contains("userId=" + sub, "providerName=Corp", "providerType=OIDC");
    Map<?, ?> identity = (Map<?, ?>) id.getListClaim("identities").get(0);
    assertThat(identity.containsKey("issuer")).isTrue();
    assertThat(identity.get("issuer")).isNull();
    var user =
        fixture.clients.primary.adminGetUser(
            r -> r.userPoolId(fixture.poolId).username("Corp_" + sub));
    assertThat(user.userStatusAsString()).isEqualTo("EXTERNAL_PROVIDER");
    assertThat(claims(tokens.path("access_token").asText()).getStringClaim("username"))
        .isEqualTo("Corp_" + sub);
  }

  @Test
  void a_first_sign_in_on_the_secondary_is_refused_and_a_later_one_is_not() {
    URI secondary = fixture.domain(RegionRole.SECONDARY);
    Browser.Page refused = signIn(secondary);
    assertThat(refused.header("location")).startsWith(CALLBACK);
    assertThat(refused.sent("error")).isEqualTo("invalid_request");
    assertThat(refused.sent("error_description")).contains("first sign-in");
    assertThat(refused.sent("state")).isEqualTo("s t&a=t/e");

    fixture.emulator.replicationLag(Duration.ofMinutes(1));
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("code")).isNotEmpty();
    assertThat(signIn(secondary).sent("error")).isEqualTo("invalid_request");
    fixture.clock.advance(Duration.ofMinutes(1));
    Browser.Page later = signIn(secondary);
    assertThat(later.sent("code")).isNotEmpty();
    assertThat(tokens(RegionRole.SECONDARY, later).has("id_token")).isTrue();
  }

  @Test
  void the_custom_domain_signs_in_wherever_it_is_served() {
    assertThat(signIn(fixture.emulator.customDomain()).sent("code")).isNotEmpty();
    fixture.emulator.domainHealth(false);
    Browser.Page back = signIn(fixture.emulator.customDomain());
    assertThat(tokens(RegionRole.SECONDARY, back).has("access_token")).isTrue();
  }

  @Test
  void the_login_page_leads_to_the_provider_and_so_does_its_identifier() {
    fixture.browser.forget("");
    Browser.Page login =
        fixture.browser.follow(
            authorize(fixture.domain(RegionRole.PRIMARY), fixture.asking("client_id", clientId)));
    assertThat(login.html()).contains("identity_provider=Corp");
    Map<String, String> asking = asking();
    asking.remove("identity_provider");
    asking.put("idp_identifier", "corp.example");
    assertThat(fixture.authorize(asking).location().getPort())
        .isEqualTo(provider.issuer().getPort());
    asking.put("client_id", fixture.web.clientId());
    assertThat(fixture.authorize(asking).sent("error")).isEqualTo("invalid_request");
  }

  @Test
  void a_federated_user_has_no_password_and_a_session_like_others() {
    signIn(fixture.domain(RegionRole.PRIMARY));
    assertThat(fixture.authorize(asking()).sent("code")).isNotEmpty();
    fixture.browser.forget("");
    Browser.Page login =
        fixture.browser.follow(
            authorize(fixture.domain(RegionRole.PRIMARY), fixture.asking("client_id", clientId)));
    assertThat(fixture.browser.signIn(login, "Corp_" + sub, "x").html())
        .contains("Incorrect username or password.");
  }

  @Test
  void a_state_of_another_browser_is_refused_and_so_is_a_used_one() {
    Browser.Page back = backFromProvider(fixture.domain(RegionRole.PRIMARY), asking());
    fixture.browser.forget("csrf-state");
    assertThat(fixture.browser.get(back.location()).status()).isEqualTo(400);
    Browser.Page good = backFromProvider(fixture.domain(RegionRole.PRIMARY), asking());
    assertThat(fixture.browser.get(good.location()).sent("code")).isNotEmpty();
    assertThat(fixture.browser.get(good.location()).status()).isEqualTo(400);
    assertThat(
            fixture
                .browser
                .get(fixture.domain(RegionRole.PRIMARY).resolve("/oauth2/idpresponse"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void an_ill_provider_is_an_error_for_the_application() {
    Browser.Page back = backFromProvider(fixture.domain(RegionRole.PRIMARY), asking());
    provider.outage(Outage.internalErrors());
    Browser.Page ended = fixture.browser.get(back.location());
    assertThat(ended.sent("error")).isEqualTo("invalid_request");
    assertThat(ended.sent("error_description")).isEqualTo("Corp Error - 500 error getting token");
    provider.outage(Outage.refused());
    assertThat(fixture.authorize(asking()).sent("error_description")).isEqualTo("Connection reset");
    provider.outage(Outage.none());
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("code")).isNotEmpty();
  }

  @Test
  void a_provider_that_claims_to_be_another_or_has_other_keys_is_not_believed() {
    Map<String, String> wrong = details();
    wrong.put("authorize_url", provider.issuer() + "/authorize");
    wrong.put("token_url", provider.issuer() + "/token");
    wrong.put("attributes_url", provider.issuer() + "/userinfo");
    wrong.put("jwks_uri", provider.issuer() + "/jwks.json");
    wrong.put("oidc_issuer", "https://another.example");
    update(wrong);
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("error_description"))
        .isEqualTo("Bad id_token");

    wrong.put("oidc_issuer", provider.issuer().toString());
    wrong.put("jwks_uri", fixture.emulator.userPool().jwksUri(RegionRole.PRIMARY).toString());
    update(wrong);
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("error_description"))
        .isEqualTo("Bad id_token");
    update(details());
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("code")).isNotEmpty();
  }

  private void update(Map<String, String> details) {
    fixture.clients.primary.updateIdentityProvider(
        r -> r.userPoolId(fixture.poolId).providerName("Corp").providerDetails(details));
  }

  @Test
  void attributes_are_mapped_from_userinfo_by_the_method_that_the_details_name() {
    sub = "m-" + ++users;
    provider.addUser(
        sub, Map.of("email", List.of(sub + "@corp.example"), "roles", List.of("a b", "c")));
    Map<String, String> mapping = new HashMap<>();
    mapping.put("email", "email");
    mapping.put("custom:roles", "roles");
    mapping.put("custom:token", "access_token");
    mapping.put("custom:id", "id_token");
    for (String method : List.of("POST", "GET")) {
      Map<String, String> details = details();
      details.put("attributes_request_method", method);
      fixture.clients.primary.updateIdentityProvider(
          r ->
              r.userPoolId(fixture.poolId)
                  .providerName("Corp")
                  .providerDetails(details)
                  .attributeMapping(mapping));
      assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("code")).isNotEmpty();
      assertThat(methodAtAttributesUrl(details)).isEqualTo(method);
    }
    Map<String, String> attributes = new HashMap<>();
    fixture
        .clients
        .primary
        .adminGetUser(r -> r.userPoolId(fixture.poolId).username("Corp_" + sub))
        .userAttributes()
        .forEach(it -> attributes.put(it.name(), it.value()));
    assertThat(attributes)
        .containsEntry("custom:roles", "[a+b,c]")
        .containsEntry("email_verified", "false");
    assertThat(attributes.get("custom:token")).isNotEmpty();
    assertThat(attributes.get("custom:id")).contains(".");
    assertThatThrownBy(() -> update(with("attributes_request_method", "PUT")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("attributes_request_method");
    assertThatThrownBy(() -> update(with("unknown", "x")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("unknown");
  }

  /** How a server of the test is asked, which knows nothing of the user. */
  private String methodAtAttributesUrl(Map<String, String> details) {
    List<String> methods = new CopyOnWriteArrayList<>();
    EmulatorHttpServer.Handler handler =
        request -> {
          methods.add(request.method());
          return DomainReply.json(200, WireJson.object().put("sub", "another"));
        };
    try (EmulatorHttpServer server = EmulatorHttpServer.start(0, handler, System::nanoTime)) {
      details.put("attributes_url", "http://127.0.0.1:" + server.port() + "/me");
      update(details);
      assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("error_description"))
          .isEqualTo("Corp Error - attributes of another user");
    }
    assertThat(methods).hasSize(1);
    return methods.get(0);
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> details = details();
    details.put(name, value);
    return details;
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "DENIED"})
  void a_bad_id_token_is_refused(TokenFault fault) {
    provider.fault(fault);
    assertThat(signIn(fixture.domain(RegionRole.PRIMARY)).sent("error_description"))
        .isEqualTo("Bad id_token");
  }

  @Test
  void prompts_and_hints_go_on_to_the_provider() {
    Map<String, String> asking = asking();
    asking.put("prompt", "select_account");
    asking.put("login_hint", "ada@corp.example");
    Browser.Page away = fixture.authorize(asking);
    assertThat(away.sent("prompt")).isEqualTo("select_account");
    assertThat(away.sent("login_hint")).isEqualTo("ada@corp.example");
  }

  @Test
  void users_of_a_provider_are_in_its_group() throws Exception {
    JsonNode tokens = tokens(RegionRole.PRIMARY, signIn(fixture.domain(RegionRole.PRIMARY)));
    assertThat(claims(tokens.path("access_token").asText()).getStringListClaim("cognito:groups"))
        .containsExactly(fixture.poolId + "_Corp");
    assertThat(
            fixture
                .clients
                .secondary
                .getGroup(r -> r.userPoolId(fixture.poolId).groupName(fixture.poolId + "_Corp"))
                .group()
                .description())
        .isEqualTo("Autogenerated group for users who sign in using Corp");
  }

  @Test
  void providers_are_described_listed_found_and_deleted_and_replicate() {
    fixture.emulator.replicationLag(Duration.ofMinutes(1));
    create("Shop", "OIDC");
    assertThatThrownBy(() -> create("Shop", "OIDC")).isInstanceOf(DuplicateProviderException.class);
    String poolId = fixture.poolId;
    var secondary = fixture.clients.secondary;
    assertThatThrownBy(
            () ->
                secondary.describeIdentityProvider(r -> r.userPoolId(poolId).providerName("Shop")))
        .isInstanceOf(ResourceNotFoundException.class);
    fixture.clock.advance(Duration.ofMinutes(1));
    var found =
        secondary.getIdentityProviderByIdentifier(
            r -> r.userPoolId(poolId).idpIdentifier("shop.example"));
    assertThat(found.identityProvider().providerName()).isEqualTo("Shop");
    assertThat(found.identityProvider().attributeMapping()).containsEntry("email", "email");
    var page = secondary.listIdentityProviders(r -> r.userPoolId(poolId).maxResults(1));
    assertThat(page.providers()).hasSize(1);
    var next =
        secondary.listIdentityProviders(
            r -> r.userPoolId(poolId).maxResults(1).nextToken(page.nextToken()));
    assertThat(next.providers().get(0).providerName()).isEqualTo("Shop");
    assertThat(next.nextToken()).isNull();
    assertThatThrownBy(
            () -> secondary.deleteIdentityProvider(r -> r.userPoolId(poolId).providerName("Shop")))
        .isInstanceOf(OperationNotEnabledException.class);
    fixture.clients.primary.deleteIdentityProvider(r -> r.userPoolId(poolId).providerName("Shop"));
    assertThatThrownBy(
            () ->
                fixture.clients.primary.describeIdentityProvider(
                    r -> r.userPoolId(poolId).providerName("Shop")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void resource_servers_are_described_listed_changed_and_deleted_and_replicate() {
    String poolId = fixture.poolId;
    var primary = fixture.clients.primary;
    var secondary = fixture.clients.secondary;
    ResourceServerScopeType read =
        ResourceServerScopeType.builder().scopeName("read").scopeDescription("Reads").build();
    for (String name : List.of("a", "b")) {
      primary.createResourceServer(
          r -> r.userPoolId(poolId).identifier(name).name("Server").scopes(read));
    }
    assertThat(
            secondary
                .describeResourceServer(r -> r.userPoolId(poolId).identifier("a"))
                .resourceServer()
                .scopes())
        .containsExactly(read);
    assertThat(
            secondary
                .listResourceServers(r -> r.userPoolId(poolId).maxResults(1))
                .resourceServers())
        .hasSize(1);
    primary.updateResourceServer(r -> r.userPoolId(poolId).identifier("a").name("Other"));
    assertThat(
            secondary
                .describeResourceServer(r -> r.userPoolId(poolId).identifier("a"))
                .resourceServer()
                .name())
        .isEqualTo("Other");
    assertThatThrownBy(
            () ->
                secondary.createResourceServer(
                    r -> r.userPoolId(poolId).identifier("c").name("Server")))
        .isInstanceOf(OperationNotEnabledException.class);
    primary.deleteResourceServer(r -> r.userPoolId(poolId).identifier("b"));
    assertThatThrownBy(
            () -> primary.deleteResourceServer(r -> r.userPoolId(poolId).identifier("b")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
