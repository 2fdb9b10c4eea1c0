package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.DomainFixture.LOGGED_OUT;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.IdentityProviderTypeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;

/** Sign-ins at a SAML provider, begun here and there, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class SamlSignInTest {
  private final DomainFixture fixture = new DomainFixture();
  private EmulatedSamlProvider provider;
  private String clientId;
  private String unsolicitedClient;
  private int users;
  private String name = "";

  @BeforeAll
  void start() {
    fixture.customAttributes("roles");
    provider = fixture.emulator.samlProvider();
    create("Corp", details());
    create("Portal", with(details(), "IDPInit", "true"));
    clientId = fixture.client(r -> r.supportedIdentityProviders("COGNITO", "Corp")).clientId();
    unsolicitedClient = fixture.client(r -> r.supportedIdentityProviders("Portal")).clientId();
  }

  @BeforeEach
  void freshUser() {
    name = "Ada." + ++users + "@corp.example";
    provider.addUser(
        name, Map.of("mail", List.of(name), "roles", List.of("a b", "c"), "phone", List.of()));
    provider.fault(SamlFault.NONE);
    provider.requireSignedRequests("");
    provider.encryptFor("");
    provider.outage(Outage.none());
    fixture.browser.forget("");
    fixture.emulator.replicationLag(Duration.ZERO);
    fixture.emulator.domainHealth(true);
    update("Corp", details());
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private Map<String, String> details() {
    Map<String, String> details = new HashMap<>();
    details.put("MetadataURL", provider.metadataUrl().toString());
    return details;
  }

  private static Map<String, String> with(Map<String, String> details, String name, String value) {
    details.put(name, value);
    return details;
  }

  private void create(String provider, Map<String, String> details) {
    fixture.clients.primary.createIdentityProvider(
        r ->
            r.userPoolId(fixture.poolId)
                .providerName(provider)
                .providerType(IdentityProviderTypeType.SAML)
                .providerDetails(details)
                .attributeMapping(
                    Map.of("email", "mail", "custom:roles", "roles", "phone_number", "phone")));
  }

  private void update(String provider, Map<String, String> details) {
    fixture.clients.primary.updateIdentityProvider(
        r -> r.userPoolId(fixture.poolId).providerName(provider).providerDetails(details));
  }

  private Map<String, String> described(RegionRole role, String provider) {
    return fixture
        .clients
        .in(role)
        .describeIdentityProvider(r -> r.userPoolId(fixture.poolId).providerName(provider))
        .identityProvider()
        .providerDetails();
  }

  private Map<String, String> asking() {
    Map<String, String> asking = fixture.asking("client_id", clientId);
    asking.put("identity_provider", "Corp");
    return asking;
  }

  /** The page with which the provider sends the browser back. */
  private Browser.Page atProvider(URI domain) {
    Browser.Page form = fixture.browser.follow(authorize(domain, asking()));
    assertThat(form.html()).contains("Sign in at the identity provider");
    return fixture.browser.post(form.formAction(), Map.of("username", name));
  }

  private Browser.Page back(Browser.Page page) {
    return fixture.browser.post(page.formAction(), answer(page));
  }

  private static Map<String, String> answer(Browser.Page page) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("SAMLResponse", page.field("SAMLResponse"));
    fields.put("RelayState", page.field("RelayState"));
    return fields;
  }

  private Browser.Page signIn(URI domain) {
    fixture.browser.forget("");
    return back(atProvider(domain));
  }

  private URI primary() {
    return fixture.domain(RegionRole.PRIMARY);
  }

  private JsonNode tokens(RegionRole role, Browser.Page back) {
    Map<String, String> form = fixture.exchanging(back.sent("code"));
    form.put("client_id", clientId);
    return fixture.token(role, form).json();
  }

  @Test
  void a_first_sign_in_makes_a_user_whose_tokens_say_where_they_come_from() throws Exception {
    Browser.Page back = signIn(primary());
    assertThat(back.header("location")).startsWith(CALLBACK);
    assertThat(back.sent("state")).isEqualTo("s t&a=t/e");
    JWTClaimsSet id = claims(tokens(RegionRole.PRIMARY, back).path("id_token").asText());
    assertThat(id.getStringClaim("cognito:username")).isEqualTo("Corp_" + name);
    assertThat(id.getStringClaim("email")).isEqualTo(name);
    assertThat(id.getBooleanClaim("email_verified")).isFalse();
    assertThat(id.getStringListClaim("cognito:groups")).containsExactly(fixture.poolId + "_Corp");
    assertThat(id.getListClaim("identities").get(0).toString())
        .contains(
            "userId=" + name,
            "providerName=Corp",
            "providerType=SAML",
            "issuer=" + provider.metadataUrl());
    var user =
        fixture.clients.primary.adminGetUser(
            r -> r.userPoolId(fixture.poolId).username("Corp_" + name));
    assertThat(user.userStatusAsString()).isEqualTo("EXTERNAL_PROVIDER");
    assertThat(user.userAttributes())
        .filteredOn(it -> it.name().equals("custom:roles"))
        .singleElement()
        .extracting(it -> it.value())
        .isEqualTo("[a+b,c]");
    assertThat(user.userAttributes()).noneMatch(it -> it.name().equals("phone_number"));
  }

  @Test
  void a_first_sign_in_on_the_secondary_is_refused_and_a_later_one_is_not() {
    URI secondary = fixture.domain(RegionRole.SECONDARY);
    Browser.Page refused = signIn(secondary);
    assertThat(refused.sent("error")).isEqualTo("invalid_request");
    assertThat(refused.sent("error_description")).contains("first sign-in");
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    Browser.Page later = signIn(secondary);
    assertThat(tokens(RegionRole.SECONDARY, later).has("id_token")).isTrue();
    fixture.emulator.domainHealth(false);
    assertThat(signIn(fixture.emulator.customDomain()).sent("code")).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SamlFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "COMMENT_IN_NAME_ID", "DENIED", "REPLAYED"})
  void a_bad_response_is_an_error_for_the_application_and_makes_no_user(SamlFault fault) {
    provider.fault(fault);
    Browser.Page back = signIn(primary());
    assertThat(back.header("location")).startsWith(CALLBACK);
    assertThat(back.sent("error")).isEqualTo("server_error");
    assertThat(back.sent("error_description")).startsWith("Invalid SAML response received: ");
    assertThat(back.sent("state")).isEqualTo("s t&a=t/e");
    assertThat(
            fixture
                .clients
                .primary
                .listUsers(r -> r.userPoolId(fixture.poolId).filter("username ^= \"Corp_nobody\""))
                .users())
        .isEmpty();
    provider.fault(SamlFault.NONE);
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
  }

  @Test
  void a_comment_in_the_name_makes_no_other_user_of_it() throws Exception {
    provider.fault(SamlFault.COMMENT_IN_NAME_ID);
    JsonNode tokens = tokens(RegionRole.PRIMARY, signIn(primary()));
    assertThat(claims(tokens.path("id_token").asText()).getStringClaim("cognito:username"))
        .isEqualTo("Corp_" + name);
  }

  @Test
  void an_assertion_with_the_id_of_another_is_refused_as_a_replay() {
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    provider.fault(SamlFault.REPLAYED);
    assertThat(signIn(primary()).sent("error_description")).contains("used before");
  }

  @Test
  void a_provider_that_denies_is_told_from_one_that_answers_badly() {
    provider.fault(SamlFault.DENIED);
    Browser.Page back = signIn(primary());
    assertThat(back.sent("error")).isEqualTo("access_denied");
    assertThat(back.sent("error_description"))
        .startsWith("Error in SAML Identity Provider; urn:oasis:names:tc:SAML:2.0:status:");
  }

  @Test
  void a_response_is_good_once_for_the_browser_that_began_and_for_five_minutes() {
    Browser.Page page = atProvider(primary());
    Map<String, String> answer = answer(page);
    assertThat(fixture.browser.post(page.formAction(), answer).sent("code")).isNotEmpty();
    Browser.Page again = fixture.browser.post(page.formAction(), answer);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.html()).contains("Invalid samlResponse or relayState");

    fixture.browser.forget("");
    Browser.Page other = atProvider(primary());
    fixture.browser.forget("csrf-state");
    assertThat(back(other).status()).isEqualTo(400);

    fixture.browser.forget("");
    Browser.Page late = atProvider(primary());
    fixture.clock.advance(Duration.ofMinutes(5));
    assertThat(back(late).status()).isEqualTo(400);
  }

  @Test
  void what_is_no_form_or_too_long_or_lacks_a_relay_state_is_refused() {
    URI endpoint = primary().resolve("/saml2/idpresponse");
    assertThat(fixture.browser.get(endpoint).status()).isEqualTo(405);
    assertThat(fixture.browser.post(endpoint, Map.of()).status()).isEqualTo(400);
    assertThat(fixture.browser.post(endpoint, Map.of("SAMLResponse", "AAAA")).status())
        .isEqualTo(400);
    Browser.Page page = atProvider(primary());
    Map<String, String> answer = answer(page);
    answer.put("SAMLResponse", "A".repeat(100_004));
    assertThat(fixture.browser.post(page.formAction(), answer).status()).isEqualTo(400);
    answer.put("SAMLResponse", "A".repeat(99_996));
    assertThat(fixture.browser.post(page.formAction(), answer).sent("error"))
        .isEqualTo("server_error");
  }

  @Test
  void requests_are_signed_if_the_pool_is_told_to_and_the_certificate_is_the_pools() {
    String certificate =
        fixture
            .clients
            .primary
            .getSigningCertificate(r -> r.userPoolId(fixture.poolId))
            .certificate();
    assertThat(
            fixture
                .clients
                .secondary
                .getSigningCertificate(r -> r.userPoolId(fixture.poolId))
                .certificate())
        .isEqualTo(certificate);
    provider.requireSignedRequests(certificate);
    Browser.Page refused = fixture.browser.follow(authorize(primary(), asking()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.html()).contains("signature is invalid");
    update("Corp", with(details(), "RequestSigningAlgorithm", "rsa-sha256"));
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    assertThat(signIn(fixture.domain(RegionRole.SECONDARY)).sent("code")).isNotEmpty();
  }

  @Test
  void assertions_are_encrypted_if_the_pool_insists_on_it() {
    update("Corp", with(details(), "EncryptedResponses", "true"));
    assertThat(signIn(primary()).sent("error_description")).contains("not encrypted");
    String certificate = described(RegionRole.PRIMARY, "Corp").get("ActiveEncryptionCertificate");
    assertThat(described(RegionRole.SECONDARY, "Corp"))
        .containsEntry("ActiveEncryptionCertificate", certificate);
    provider.encryptFor(certificate);
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    assertThat(signIn(fixture.domain(RegionRole.SECONDARY)).sent("code")).isNotEmpty();
    provider.encryptFor(described(RegionRole.PRIMARY, "Portal").get("ActiveEncryptionCertificate"));
    assertThat(signIn(primary()).sent("error_description")).contains("cannot be decrypted");
  }

  private String relayState(String client, String provider) {
    Map<String, String> state = new LinkedHashMap<>();
    state.put("identity_provider", provider);
    state.put("client_id", client);
    state.put("redirect_uri", CALLBACK);
    state.put("response_type", "code");
    state.put("scope", "openid email");
    return Browser.form(state);
  }

  private Browser.Page unsolicited(URI domain, String relayState) {
    fixture.browser.forget("");
    Browser.Page form =
        fixture.browser.get(provider.unsolicited(domain, fixture.poolId, relayState));
    return back(fixture.browser.post(form.formAction(), Map.of("username", name)));
  }

  @Test
  void a_provider_that_may_begins_a_sign_in_itself() {
    Browser.Page back = unsolicited(primary(), relayState(unsolicitedClient, "Portal"));
    assertThat(back.header("location")).startsWith(CALLBACK);
    Map<String, String> form = fixture.exchanging(back.sent("code"));
    form.put("client_id", unsolicitedClient);
    form.remove("code_verifier");
    assertThat(fixture.token(RegionRole.PRIMARY, form).json().has("id_token")).isTrue();
    URI secondary = fixture.domain(RegionRole.SECONDARY);
    assertThat(unsolicited(secondary, relayState(unsolicitedClient, "Portal")).sent("code"))
        .isNotEmpty();
  }

  @Test
  void a_provider_that_may_not_begin_or_is_not_the_clients_is_refused() {
    assertThat(unsolicited(primary(), relayState(clientId, "Corp")).sent("error"))
        .isEqualTo("invalid_request");
    assertThat(unsolicited(primary(), relayState(unsolicitedClient, "Corp")).sent("error"))
        .isEqualTo("invalid_request");
    assertThat(unsolicited(primary(), "somewhere").status()).isEqualTo(400);
    String foreign = relayState(unsolicitedClient, "Portal").replace("callback", "elsewhere");
    Browser.Page page = unsolicited(primary(), foreign);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("location")).isEmpty();
  }

  @Test
  void an_app_client_cannot_mix_such_a_provider_with_others() {
    assertThatThrownBy(() -> fixture.client(r -> r.supportedIdentityProviders("COGNITO", "Portal")))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(fixture.client(r -> r.supportedIdentityProviders("Corp", "Portal")).clientId())
        .isNotEmpty();
    assertThatThrownBy(() -> update("Corp", with(details(), "IDPInit", "true")))
        .isInstanceOf(InvalidParameterException.class);
  }

  private URI logout() {
    return primary()
        .resolve(
            "/logout?" + Browser.form(Map.of("client_id", clientId, "logout_uri", LOGGED_OUT)));
  }

  @Test
  void a_sign_out_leads_by_way_of_the_provider_whose_session_ends_too() {
    update("Corp", with(details(), "IDPSignout", "true"));
    provider.requireSignedRequests("");
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    fixture.browser.forget("cognito");
    Browser.Page known = fixture.browser.follow(authorize(primary(), asking()));
    assertThat(known.html()).as("the provider knows the browser").contains("SAMLResponse");
    assertThat(back(known).sent("code")).isNotEmpty();

    Browser.Page out = fixture.browser.get(logout());
    assertThat(out.location().getPath()).isEqualTo("/slo");
    assertThat(out.sent("SigAlg")).contains("rsa-sha256");
    Browser.Page answered = fixture.browser.get(out.location());
    assertThat(answered.formAction()).isEqualTo(primary().resolve("/saml2/logout"));
    assertThat(back(answered).header("location")).isEqualTo(LOGGED_OUT);
    assertThat(back(answered).status()).as("a relay state is good once").isEqualTo(400);
    assertThat(fixture.browser.follow(authorize(primary(), asking())).html())
        .contains("Sign in at the identity provider");
  }

  @Test
  void a_sign_out_stays_here_if_the_provider_was_not_configured_for_it() {
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
    assertThat(fixture.browser.get(logout()).header("location")).isEqualTo(LOGGED_OUT);
    assertThat(fixture.browser.get(primary().resolve("/saml2/logout")).status()).isEqualTo(405);
    assertThat(fixture.browser.post(primary().resolve("/saml2/logout"), Map.of()).status())
        .isEqualTo(400);
  }

  @Test
  void metadata_comes_as_a_file_or_from_a_url_and_is_described() {
    assertThat(described(RegionRole.SECONDARY, "Corp"))
        .containsEntry("MetadataURL", provider.metadataUrl().toString())
        .containsEntry("SSORedirectBindingURI", provider.metadataUrl().resolve("/sso").toString())
        .containsEntry("SLORedirectBindingURI", provider.metadataUrl().resolve("/slo").toString());
    update("Corp", Map.of("MetadataFile", provider.metadata()));
    assertThat(described(RegionRole.PRIMARY, "Corp"))
        .containsEntry("MetadataFile", provider.metadata())
        .doesNotContainKey("MetadataURL");
    assertThat(signIn(primary()).sent("code")).isNotEmpty();
  }

  @Test
  void details_that_are_wrong_are_refused_by_name() {
    refused("MetadataURL", Map.of());
    refused("MetadataURL", with(details(), "MetadataFile", provider.metadata()));
    refused("IDPInit", with(details(), "IDPInit", "yes"));
    refused("IDPSignout", with(details(), "IDPSignout", "1"));
    refused("EncryptedResponses", with(details(), "EncryptedResponses", "TRUE"));
    refused("rsa-sha256", with(details(), "RequestSigningAlgorithm", "rsa-sha1"));
    refused("oidc_issuer", with(details(), "oidc_issuer", "https://corp.example"));
    refused("MetadataFile: ", Map.of("MetadataFile", "<a/>"));
    refused("Error retrieving metadata from ", Map.of("MetadataURL", "http://corp.example:8080/m"));
    refused("Error retrieving metadata from ", Map.of("MetadataURL", "file:///etc/passwd"));
    String nowhere = provider.metadataUrl().resolve("/nowhere").toString();
    refused("Error retrieving metadata from " + nowhere, Map.of("MetadataURL", nowhere));
    update("Corp", with(details(), "SSORedirectBindingURI", "https://ignored.example"));
    assertThat(described(RegionRole.PRIMARY, "Corp").get("SSORedirectBindingURI"))
        .startsWith("http://127.0.0.1:");
  }

  private void refused(String named, Map<String, String> details) {
    assertThatThrownBy(() -> update("Corp", details))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(named);
  }

  @Test
  void a_name_that_a_user_of_the_pools_own_has_or_that_is_too_long_is_refused() {
    fixture.clients.primary.adminCreateUser(
        r -> r.userPoolId(fixture.poolId).username("Corp_" + name));
    Browser.Page taken = signIn(primary());
    assertThat(taken.sent("error_description")).contains("User already exists");
    String tooLong = "x".repeat(124);
    provider.addUser(tooLong, Map.of());
    name = tooLong;
    assertThat(signIn(primary()).sent("error_description")).contains("128");
  }

  @Test
  void values_that_no_attribute_takes_are_refused() {
    for (String value : List.of("x".repeat(2_049), "\uD83D\uDE10", "no address")) {
      name = "odd-" + ++users;
      provider.addUser(name, Map.of("mail", List.of(value)));
      Browser.Page back = signIn(primary());
      assertThat(back.sent("error")).isEqualTo("server_error");
      assertThat(back.sent("error_description"))
          .startsWith("Invalid SAML response received: Invalid user attributes: ");
    }
  }
}
