package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.CALLBACK;
import static io.github.twinpool.emulator.DomainFixture.authorize;
import static io.github.twinpool.emulator.DomainFixture.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;

/** Sign-ins with Google, Facebook, Amazon and Apple, at their counterparts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocialSignInTest {
  private static final Map<SocialProvider, Map<String, String>> MAPPINGS =
      Map.of(
          SocialProvider.GOOGLE,
          Map.of(
              "email", "email",
              "email_verified", "email_verified",
              "given_name", "given_name",
              "birthdate", "birthdays",
              "username", "sub"),
          SocialProvider.FACEBOOK,
          Map.of("email", "email", "given_name", "first_name", "username", "id"),
          SocialProvider.AMAZON,
          Map.of("email", "email", "given_name", "name", "custom:zip", "postal_code"),
          SocialProvider.APPLE,
          Map.of("email", "email", "given_name", "firstName", "family_name", "lastName"));

  private static final Map<String, String> ADA =
      Map.of(
          "email_verified", "true",
          "given_name", "Ada",
          "first_name", "Ada",
          "name", "Ada",
          "firstName", "Ada",
          "lastName", "Lovelace",
          "birthdays", "1815-12-10",
          "postal_code", "12345");

  private final DomainFixture fixture = new DomainFixture();
  private String clientId;
  private int users;
  private String id = "";

  @BeforeAll
  void start() {
    fixture.customAttributes("zip");
    for (SocialProvider provider : SocialProvider.values()) {
      create(provider, at(provider).details());
    }
    clientId =
        fixture
            .client(
                r ->
                    r.supportedIdentityProviders(
                        "COGNITO", "Google", "Facebook", "LoginWithAmazon", "SignInWithApple"))
            .clientId();
  }

  @BeforeEach
  void freshUser() {
    id = "1000" + ++users;
    Map<String, String> ada = new LinkedHashMap<>(ADA);
    ada.put("email", "ada" + users + "@example.com");
    for (SocialProvider provider : SocialProvider.values()) {
      at(provider).addUser(id, ada);
      at(provider).fault(TokenFault.NONE);
      at(provider).outage(Outage.none());
      update(provider, at(provider).details());
    }
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private EmulatedSocialProvider at(SocialProvider provider) {
    return fixture.emulator.socialProvider(provider);
  }

  private void create(SocialProvider provider, Map<String, String> details) {
    fixture.clients.primary.createIdentityProvider(
        r ->
            r.userPoolId(fixture.poolId)
                .providerName(provider.providerName())
                .providerType(provider.providerName())
                .providerDetails(details)
                .attributeMapping(MAPPINGS.get(provider)));
  }

  private void update(SocialProvider provider, Map<String, String> details) {
    fixture.clients.primary.updateIdentityProvider(
        r ->
            r.userPoolId(fixture.poolId)
                .providerName(provider.providerName())
                .providerDetails(details));
  }

  private Map<String, String> with(SocialProvider provider, String name, String value) {
    Map<String, String> details = at(provider).details();
    details.put(name, value);
    return details;
  }

  private Map<String, String> asking(SocialProvider provider) {
    Map<String, String> asking = fixture.asking("client_id", clientId);
    asking.put("identity_provider", provider.providerName());
    return asking;
  }

  private Browser.Page signIn(URI domain, SocialProvider provider) {
    fixture.browser.forget("");
    Browser.Page form = fixture.browser.follow(authorize(domain, asking(provider)));
    assertThat(form.html()).contains("Sign in at the identity provider");
    Browser.Page back = fixture.browser.post(form.formAction(), Map.of("username", id));
    if (back.status() == 302) {
      return fixture.browser.get(back.location());
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : new String[] {"code", "state", "user", "error"}) {
      if (!back.field(name).isEmpty()) {
        fields.put(name, back.field(name));
      }
    }
    return fixture.browser.post(back.formAction(), fields);
  }

  private JWTClaimsSet idToken(RegionRole role, Browser.Page back) {
    Map<String, String> form = fixture.exchanging(back.sent("code"));
    form.put("client_id", clientId);
    return claims(fixture.token(role, form).json().path("id_token").asText());
  }

  private URI primary() {
    return fixture.domain(RegionRole.PRIMARY);
  }

  @ParameterizedTest
  @EnumSource
  void a_user_signs_in_and_is_written_down_as_the_provider_describes_them(SocialProvider provider)
      throws Exception {
    Browser.Page refused = signIn(fixture.domain(RegionRole.SECONDARY), provider);
    assertThat(refused.sent("error_description")).contains("first sign-in");

    id = "9000" + users;
    at(provider).addUser(id, with(ADA, "email", "new" + users + "@example.com"));
    Browser.Page back = signIn(primary(), provider);
    assertThat(back.header("location")).startsWith(CALLBACK);
    JWTClaimsSet token = idToken(RegionRole.PRIMARY, back);
    assertThat(token.getStringClaim("cognito:username"))
        .isEqualTo(provider.providerName() + "_" + id);
    assertThat(token.getStringClaim("email")).isEqualTo("new" + users + "@example.com");
    assertThat(token.getBooleanClaim("email_verified"))
        .isEqualTo(provider == SocialProvider.GOOGLE);
    assertThat(token.getListClaim("identities").get(0).toString())
        .contains(
            "userId=" + id,
            "providerName=" + provider.providerName(),
            "providerType=" + provider.providerName());
    assertThat(attribute(provider, "given_name")).isEqualTo("Ada");

    Browser.Page later = signIn(fixture.domain(RegionRole.SECONDARY), provider);
    assertThat(idToken(RegionRole.SECONDARY, later).getSubject()).isEqualTo(token.getSubject());
  }

  private static Map<String, String> with(Map<String, String> claims, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(claims);
    all.put(name, value);
    return all;
  }

  private String attribute(SocialProvider provider, String name) {
    return fixture
        .clients
        .primary
        .adminGetUser(
            r -> r.userPoolId(fixture.poolId).username(provider.providerName() + "_" + id))
        .userAttributes()
        .stream()
        .filter(it -> it.name().equals(name))
        .map(it -> it.value())
        .findFirst()
        .orElse("");
  }

  @Test
  void scopes_decide_what_the_provider_says() {
    update(SocialProvider.AMAZON, with(SocialProvider.AMAZON, "authorize_scopes", "profile"));
    signIn(primary(), SocialProvider.AMAZON);
    assertThat(attribute(SocialProvider.AMAZON, "custom:zip")).isEmpty();
    update(SocialProvider.AMAZON, at(SocialProvider.AMAZON).details());
    signIn(primary(), SocialProvider.AMAZON);
    assertThat(attribute(SocialProvider.AMAZON, "custom:zip")).isEqualTo("12345");

    update(
        SocialProvider.FACEBOOK,
        with(SocialProvider.FACEBOOK, "authorize_scopes", "public_profile"));
    signIn(primary(), SocialProvider.FACEBOOK);
    assertThat(attribute(SocialProvider.FACEBOOK, "email")).isEmpty();
    assertThat(attribute(SocialProvider.FACEBOOK, "given_name")).isEqualTo("Ada");

    update(SocialProvider.GOOGLE, with(SocialProvider.GOOGLE, "authorize_scopes", "openid email"));
    signIn(primary(), SocialProvider.GOOGLE);
    assertThat(attribute(SocialProvider.GOOGLE, "given_name")).isEmpty();
    assertThat(attribute(SocialProvider.GOOGLE, "birthdate")).isEqualTo("1815-12-10");
  }

  @Test
  void apple_tells_the_name_with_the_first_consent_only_and_the_attribute_stays() {
    signIn(primary(), SocialProvider.APPLE);
    assertThat(attribute(SocialProvider.APPLE, "family_name")).isEqualTo("Lovelace");
    signIn(primary(), SocialProvider.APPLE);
    assertThat(attribute(SocialProvider.APPLE, "family_name")).isEqualTo("Lovelace");
  }

  @ParameterizedTest
  @EnumSource
  void prompts_go_on_to_the_provider_and_hints_do_not(SocialProvider provider) {
    fixture.browser.forget("");
    Map<String, String> asking = asking(provider);
    asking.put("prompt", "login");
    asking.put("login_hint", "ada@example.com");
    Browser.Page away = fixture.browser.get(authorize(primary(), asking));
    assertThat(away.sent("prompt")).isEqualTo("login");
    assertThat(away.sent("login_hint")).isEmpty();
    assertThat(away.sent("scope")).isEqualTo(at(provider).details().get("authorize_scopes"));
  }

  @Test
  void facebooks_version_is_in_the_addresses() {
    update(SocialProvider.FACEBOOK, with(SocialProvider.FACEBOOK, "api_version", "v21.0"));
    fixture.browser.forget("");
    Browser.Page away = fixture.browser.get(authorize(primary(), asking(SocialProvider.FACEBOOK)));
    assertThat(away.location().getPath()).isEqualTo("/v21.0/dialog/oauth");
    assertThat(signIn(primary(), SocialProvider.FACEBOOK).sent("code")).isNotEmpty();
    assertThat(described(SocialProvider.FACEBOOK))
        .containsEntry("attributes_url", "https://graph.facebook.com/v21.0/me?fields=");
  }

  @Test
  void a_client_that_the_provider_does_not_know_is_an_error_for_the_application() {
    for (SocialProvider provider : SocialProvider.values()) {
      String secret = provider == SocialProvider.APPLE ? "key_id" : "client_secret";
      update(provider, with(provider, secret, "wrong"));
      Browser.Page back = signIn(primary(), provider);
      assertThat(back.sent("error")).as(provider.name()).isEqualTo("invalid_request");
      assertThat(back.sent("error_description"))
          .isEqualTo(provider.providerName() + " Error - 401 invalid_client");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "DENIED"})
  void a_bad_id_token_is_refused(TokenFault fault) {
    for (SocialProvider provider :
        new SocialProvider[] {SocialProvider.GOOGLE, SocialProvider.APPLE}) {
      at(provider).fault(fault);
      assertThat(signIn(primary(), provider).sent("error_description")).isEqualTo("Bad id_token");
    }
    assertThatThrownBy(() -> at(SocialProvider.FACEBOOK).fault(fault))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_sign_in_that_the_provider_declines_or_cannot_serve_is_an_error(SocialProvider provider) {
    at(provider).fault(TokenFault.DENIED);
    assertThat(signIn(primary(), provider).sent("error_description")).contains("declined");
    at(provider).fault(TokenFault.NONE);
    fixture.browser.forget("");
    Browser.Page form = fixture.browser.follow(authorize(primary(), asking(provider)));
    Browser.Page back = fixture.browser.post(form.formAction(), Map.of("username", id));
    at(provider).outage(Outage.internalErrors());
    Browser.Page ended =
        back.status() == 302
            ? fixture.browser.get(back.location())
            : fixture.browser.post(
                back.formAction(),
                Map.of("code", back.field("code"), "state", back.field("state")));
    assertThat(ended.sent("error_description"))
        .startsWith(provider.providerName() + " Error - 500");
  }

  private Map<String, String> described(SocialProvider provider) {
    return fixture
        .clients
        .secondary
        .describeIdentityProvider(
            r -> r.userPoolId(fixture.poolId).providerName(provider.providerName()))
        .identityProvider()
        .providerDetails();
  }

  @Test
  void a_provider_is_described_with_its_real_addresses_and_without_apples_key() {
    assertThat(described(SocialProvider.GOOGLE))
        .containsEntry("authorize_url", "https://accounts.google.com/o/oauth2/v2/auth")
        .containsEntry("oidc_issuer", "https://accounts.google.com")
        .containsEntry("attributes_url_add_attributes", "true")
        .containsEntry("token_request_method", "POST");
    assertThat(described(SocialProvider.FACEBOOK)).containsEntry("token_request_method", "GET");
    assertThat(described(SocialProvider.AMAZON))
        .containsEntry("attributes_url", "https://api.amazon.com/user/profile")
        .doesNotContainKey("oidc_issuer");
    assertThat(described(SocialProvider.APPLE))
        .containsEntry("token_url", "https://appleid.apple.com/auth/token")
        .doesNotContainKeys("private_key", "attributes_url");
    update(SocialProvider.GOOGLE, with(SocialProvider.GOOGLE, "token_url", "https://evil.example"));
    assertThat(described(SocialProvider.GOOGLE))
        .containsEntry("token_url", "https://www.googleapis.com/oauth2/v4/token");
    assertThat(signIn(primary(), SocialProvider.GOOGLE).sent("code")).isNotEmpty();
  }

  @Test
  void details_that_are_wrong_are_refused_by_name() {
    for (SocialProvider provider : SocialProvider.values()) {
      for (String needed : at(provider).details().keySet()) {
        if (!needed.equals("api_version")) {
          Map<String, String> details = at(provider).details();
          details.remove(needed);
          refused(provider, needed, details);
        }
      }
      refused(provider, "unknown", with(provider, "unknown", "x"));
    }
    refused(
        SocialProvider.FACEBOOK,
        "api_version",
        with(SocialProvider.FACEBOOK, "api_version", "../"));
    refused(SocialProvider.APPLE, "private_key", with(SocialProvider.APPLE, "private_key", "AAAA"));
    assertThatThrownBy(
            () ->
                fixture.clients.primary.createIdentityProvider(
                    r ->
                        r.userPoolId(fixture.poolId)
                            .providerName("MyGoogle")
                            .providerType("Google")
                            .providerDetails(at(SocialProvider.GOOGLE).details())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("ProviderName must be Google");
  }

  private void refused(SocialProvider provider, String named, Map<String, String> details) {
    assertThatThrownBy(() -> update(provider, details))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(named);
  }

  @Test
  void a_provider_whose_counterpart_was_not_started_says_so() {
    try (DomainFixture other = new DomainFixture()) {
      other.clients.primary.createIdentityProvider(
          r ->
              r.userPoolId(other.poolId)
                  .providerName("Google")
                  .providerType("Google")
                  .providerDetails(at(SocialProvider.GOOGLE).details()));
      String client = other.client(r -> r.supportedIdentityProviders("Google")).clientId();
      Map<String, String> asking = other.asking("client_id", client);
      asking.put("identity_provider", "Google");
      assertThat(other.authorize(asking).sent("error_description"))
          .contains("socialProvider(GOOGLE) is not started");
    }
  }
}
