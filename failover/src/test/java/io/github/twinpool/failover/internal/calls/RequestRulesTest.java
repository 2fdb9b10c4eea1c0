package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AssociateSoftwareTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmSignUpRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UntagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenRequest;

/** What a request asks of its routing, and what the service sees of the tags in it. */
class RequestRulesTest {
  private static final String TAGGED = Conversations.TAG + "opaque";
  private final Conversations conversations = new Conversations();
  private final RequestRules rules =
      new RequestRules(Router.POOL, conversations, "rotating"::equals);

  private RoutingNeeds needs(CognitoIdentityProviderRequest request) {
    String name = request.getClass().getSimpleName().replace("Request", "");
    return rules.needs(OperationSupport.of(name), request);
  }

  private CognitoIdentityProviderRequest untagged(CognitoIdentityProviderRequest request) {
    return untagged(conversations, request);
  }

  private static CognitoIdentityProviderRequest untagged(
      Conversations by, CognitoIdentityProviderRequest request) {
    String name = request.getClass().getSimpleName().replace("Request", "");
    return by.untagged(OperationSupport.of(name), request);
  }

  private static InitiateAuthRequest initiateAuth(AuthFlowType flow, String clientId) {
    return InitiateAuthRequest.builder()
        .authFlow(flow)
        .clientId(clientId)
        .authParameters(Map.of("USERNAME", "ada"))
        .build();
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthFlowType.class,
      names = {"REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"})
  void a_refresh_begins_no_sign_in_and_may_be_hedged_unless_its_token_rotates(AuthFlowType flow) {
    RoutingNeeds plain = needs(initiateAuth(flow, "app"));
    assertThat(plain.signIn()).isNull();
    assertThat(plain.hedgeable()).isTrue();
    assertThat(plain.onlyIfNotSent()).isFalse();
    RoutingNeeds rotating = needs(initiateAuth(flow, "rotating"));
    assertThat(rotating.hedgeable()).isFalse();
    assertThat(rotating.onlyIfNotSent()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthFlowType.class,
      names = {"USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"})
  void a_sign_in_is_known_by_its_user_and_never_hedged(AuthFlowType flow) {
    RoutingNeeds it = needs(initiateAuth(flow, "rotating"));
    assertThat(it.signIn()).isEqualTo("ada".hashCode());
    assertThat(it.hedgeable()).isFalse();
    assertThat(it.onlyIfNotSent()).isFalse();
    AdminInitiateAuthRequest admin =
        AdminInitiateAuthRequest.builder()
            .authFlow(flow)
            .authParameters(Map.of("USERNAME", "ada"))
            .build();
    assertThat(needs(admin).signIn()).isEqualTo("ada".hashCode());
  }

  @Test
  void requests_without_anything_in_them_ask_for_nothing_special() {
    for (CognitoIdentityProviderRequest it :
        new CognitoIdentityProviderRequest[] {
          InitiateAuthRequest.builder().build(),
          AdminInitiateAuthRequest.builder().build(),
          RevokeTokenRequest.builder().build(),
          TagResourceRequest.builder().build(),
          ListUsersRequest.builder().build(),
        }) {
      assertThat(needs(it).pinned()).isNull();
      assertThat(needs(it).signIn()).isNull();
      assertThat(needs(it).conversation()).isFalse();
    }
    assertThat(needs(GetTokensFromRefreshTokenRequest.builder().build()).hedgeable()).isTrue();
  }

  @Test
  void rotation_is_known_for_the_new_refresh_operation_too() {
    GetTokensFromRefreshTokenRequest request =
        GetTokensFromRefreshTokenRequest.builder().clientId("rotating").build();
    assertThat(needs(request).onlyIfNotSent()).isTrue();
    assertThat(needs(request).hedgeable()).isFalse();
  }

  @Test
  void reads_of_a_user_and_of_devices_may_be_hedged_and_sign_up_may_not() {
    assertThat(needs(GetUserRequest.builder().build()).hedgeable()).isTrue();
    assertThat(needs(SignUpRequest.builder().build()).hedgeable()).isFalse();
    assertThat(needs(ListUsersRequest.builder().build()).hedgeable()).isFalse();
  }

  @Test
  void revocations_are_known() {
    assertThat(needs(RevokeTokenRequest.builder().build()).revocation()).isTrue();
    assertThat(needs(GetUserRequest.builder().build()).revocation()).isFalse();
  }

  // ---- tags of resources

  @Test
  void tag_operations_go_by_the_region_of_the_arn() {
    String secondary = "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-east-1_EXAMPLE";
    assertThat(needs(TagResourceRequest.builder().resourceArn(secondary).build()).pinned())
        .isEqualTo(SECONDARY);
    assertThat(needs(UntagResourceRequest.builder().resourceArn(secondary).build()).pinned())
        .isEqualTo(SECONDARY);
    assertThat(needs(ListTagsForResourceRequest.builder().resourceArn(secondary).build()).pinned())
        .isEqualTo(SECONDARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no arn",
        "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_EXAMPLE",
        "arn:aws:s3:us-west-2:123456789012:bucket",
        "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_OTHER"
      })
  void tag_operations_of_anything_else_go_to_the_primary(String arn) {
    assertThat(needs(TagResourceRequest.builder().resourceArn(arn).build()).pinned()).isNull();
  }

  @Test
  void one_regions_configuration_is_read_at_the_primary() {
    RoutingNeeds it = needs(DescribeUserPoolRequest.builder().build());
    assertThat(it.pinned()).isNull();
    assertThat(it.operation().routing().moves()).isFalse();
  }

  // ---- conversations

  private static RespondToAuthChallengeRequest answer(String session) {
    return RespondToAuthChallengeRequest.builder().session(session).build();
  }

  @Test
  void a_session_with_the_tag_is_the_secondarys_and_arrives_without_it() {
    assertThat(needs(answer(TAGGED)).pinned()).isEqualTo(SECONDARY);
    assertThat(needs(answer(TAGGED)).conversation()).isTrue();
    assertThat(((RespondToAuthChallengeRequest) untagged(answer(TAGGED))).session())
        .isEqualTo("opaque");
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "twinpool-3rd.opaque", "Twinpool-2nd.opaque"})
  void a_session_without_the_tag_is_the_primarys_and_passes_unchanged(String session) {
    RespondToAuthChallengeRequest request = answer(session);
    assertThat(needs(request).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(request)).isSameAs(request);
  }

  @Test
  void a_tag_means_nothing_to_a_pool_with_one_region() {
    RequestRules alone =
        new RequestRules(UserPool.of("us-east-1_EXAMPLE"), conversations, client -> false);
    assertThat(alone.needs(OperationSupport.of("RespondToAuthChallenge"), answer(TAGGED)).pinned())
        .isNull();
  }

  @Test
  void what_the_secondary_issues_is_tagged_and_what_the_primary_issues_is_not() {
    InitiateAuthResponse challenge = InitiateAuthResponse.builder().session("opaque").build();
    assertThat(((InitiateAuthResponse) conversations.tagged(SECONDARY, challenge)).session())
        .isEqualTo(TAGGED);
    assertThat(conversations.tagged(PRIMARY, challenge)).isSameAs(challenge);
  }

  @Test
  void an_answer_without_a_token_is_handed_out_as_it_is() {
    InitiateAuthResponse tokens = InitiateAuthResponse.builder().build();
    assertThat(conversations.tagged(SECONDARY, tokens)).isSameAs(tokens);
    assertThat(conversations.tagged(SECONDARY, "no response")).isEqualTo("no response");
    InitiateAuthResponse empty = InitiateAuthResponse.builder().session("").build();
    assertThat(conversations.tagged(SECONDARY, empty)).isSameAs(empty);
  }

  @Test
  void a_session_that_the_tag_would_make_too_long_for_the_service_is_not_tagged() {
    int most = 2_048 - Conversations.TAG.length();
    InitiateAuthResponse fits = InitiateAuthResponse.builder().session("s".repeat(most)).build();
    assertThat(((InitiateAuthResponse) conversations.tagged(SECONDARY, fits)).session())
        .hasSize(2_048);
    InitiateAuthResponse not = InitiateAuthResponse.builder().session("s".repeat(most + 1)).build();
    assertThat(conversations.tagged(SECONDARY, not)).isSameAs(not);
  }

  @Test
  void pages_go_on_in_the_region_where_they_began() {
    ListUsersResponse page = ListUsersResponse.builder().paginationToken("opaque").build();
    String token = ((ListUsersResponse) conversations.tagged(SECONDARY, page)).paginationToken();
    ListUsersRequest next = ListUsersRequest.builder().paginationToken(token).build();
    assertThat(needs(next).pinned()).isEqualTo(SECONDARY);
    assertThat(needs(next).conversation()).isFalse();
    assertThat(((ListUsersRequest) untagged(next)).paginationToken()).isEqualTo("opaque");
    ListUsersRequest primarys = ListUsersRequest.builder().paginationToken("opaque").build();
    assertThat(needs(primarys).pinned()).isEqualTo(PRIMARY);
  }

  // ---- SRP, whose first challenge has no session

  private static RespondToAuthChallengeRequest claim(String block) {
    return RespondToAuthChallengeRequest.builder()
        .challengeResponses(Map.of("PASSWORD_CLAIM_SECRET_BLOCK", block))
        .build();
  }

  @Test
  void srp_goes_on_where_its_secret_block_came_from() {
    Consumer<Object> issued = answer -> conversations.tagged(SECONDARY, answer);
    issued.accept(
        InitiateAuthResponse.builder().challengeParameters(Map.of("SECRET_BLOCK", "a")).build());
    issued.accept(
        AdminInitiateAuthResponse.builder()
            .challengeParameters(Map.of("SECRET_BLOCK", "b"))
            .build());
    issued.accept(
        RespondToAuthChallengeResponse.builder()
            .challengeParameters(Map.of("SECRET_BLOCK", "c"))
            .build());
    for (String block : new String[] {"a", "b", "c"}) {
      assertThat(needs(claim(block)).pinned()).as(block).isEqualTo(SECONDARY);
    }
    AdminRespondToAuthChallengeRequest admin =
        AdminRespondToAuthChallengeRequest.builder()
            .challengeResponses(Map.of("PASSWORD_CLAIM_SECRET_BLOCK", "b"))
            .build();
    assertThat(needs(admin).pinned()).isEqualTo(SECONDARY);
    assertThat(needs(claim("unknown")).pinned()).isEqualTo(PRIMARY);
    assertThat(needs(answer(null)).pinned()).isEqualTo(PRIMARY);
  }

  @Test
  void secret_blocks_of_the_primary_are_not_remembered() {
    conversations.tagged(
        PRIMARY,
        InitiateAuthResponse.builder().challengeParameters(Map.of("SECRET_BLOCK", "a")).build());
    assertThat(needs(claim("a")).pinned()).isEqualTo(PRIMARY);
  }

  @Test
  void only_the_last_ten_thousand_secret_blocks_are_remembered() {
    for (int i = 0; i <= 10_000; i++) {
      conversations.tagged(
          SECONDARY,
          InitiateAuthResponse.builder()
              .challengeParameters(Map.of("SECRET_BLOCK", "block " + i))
              .build());
    }
    assertThat(needs(claim("block 0")).pinned()).isEqualTo(PRIMARY);
    assertThat(needs(claim("block 1")).pinned()).isEqualTo(SECONDARY);
    assertThat(needs(claim("block 10000")).pinned()).isEqualTo(SECONDARY);
  }

  @Test
  void an_srp_challenge_of_the_secondary_is_known_to_any_node_by_the_session_it_gets() {
    InitiateAuthResponse issued =
        (InitiateAuthResponse)
            conversations.tagged(
                SECONDARY,
                InitiateAuthResponse.builder()
                    .challengeParameters(Map.of("SECRET_BLOCK", "a"))
                    .build());
    assertThat(MultiRegionCognito.regionOfSession(issued.session())).isEqualTo(SECONDARY);

    RespondToAuthChallengeRequest echoed = claim("a").toBuilder().session(issued.session()).build();
    Conversations ofAnotherNode = new Conversations();
    RequestRules rulesOfAnotherNode = new RequestRules(Router.POOL, ofAnotherNode, id -> false);
    assertThat(
            rulesOfAnotherNode
                .needs(OperationSupport.of("RespondToAuthChallenge"), echoed)
                .pinned())
        .isEqualTo(SECONDARY);
    assertThat(((RespondToAuthChallengeRequest) untagged(ofAnotherNode, echoed)).session())
        .isNull();
    for (RespondToAuthChallengeRequest other :
        List.of(
            claim("b").toBuilder().session(issued.session()).build(), answer(issued.session()))) {
      assertThat(needs(other).pinned()).as("made for another block").isEqualTo(PRIMARY);
      assertThat(untagged(other)).isSameAs(other);
    }
  }

  // ---- tags that a stranger makes up

  @ParameterizedTest
  @ValueSource(strings = {"twinpool-2nd.", "twinpool-2nd.opaque", "twinpool-2nd.srp.opaque"})
  void a_sign_in_goes_nowhere_else_because_of_a_session(String session) {
    for (AuthFlowType flow :
        List.of(
            AuthFlowType.USER_PASSWORD_AUTH,
            AuthFlowType.USER_SRP_AUTH,
            AuthFlowType.CUSTOM_AUTH,
            AuthFlowType.REFRESH_TOKEN_AUTH)) {
      InitiateAuthRequest signIn = initiateAuth(flow, "app").toBuilder().session(session).build();
      assertThat(needs(signIn).pinned()).as(flow.toString()).isNull();
      assertThat(untagged(signIn)).isSameAs(signIn);
      AdminInitiateAuthRequest admin =
          AdminInitiateAuthRequest.builder().authFlow(flow).session(session).build();
      assertThat(needs(admin).pinned()).as(flow.toString()).isNull();
      assertThat(untagged(admin)).isSameAs(admin);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"twinpool-2nd.", "twinpool-2nd.opaque", "of a sign-up"})
  void a_sign_in_that_goes_on_from_a_sign_up_goes_to_the_primary(String session) {
    InitiateAuthRequest signIn =
        initiateAuth(AuthFlowType.USER_AUTH, "app").toBuilder().session(session).build();
    assertThat(needs(signIn).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(signIn)).isSameAs(signIn);
    assertThat(needs(initiateAuth(AuthFlowType.USER_AUTH, "app")).pinned()).isNull();
    AdminInitiateAuthRequest admin =
        AdminInitiateAuthRequest.builder()
            .authFlow(AuthFlowType.USER_AUTH)
            .session(session)
            .build();
    assertThat(needs(admin).pinned()).isEqualTo(PRIMARY);
  }

  @Test
  void a_tag_without_anything_behind_it_is_the_primarys_and_passes_unchanged() {
    RespondToAuthChallengeRequest challenge = answer(Conversations.TAG);
    assertThat(needs(challenge).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(challenge)).isSameAs(challenge);
    ListUsersRequest page = ListUsersRequest.builder().paginationToken(Conversations.TAG).build();
    assertThat(needs(page).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(page)).isSameAs(page);
    assertThat(MultiRegionCognito.regionOfSession(Conversations.TAG)).isEqualTo(PRIMARY);
  }

  /** Spelt differently, or made for SRP by somebody who guesses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TWINPOOL-2ND.opaque",
        " twinpool-2nd.opaque",
        "\u200btwinpool-2nd.opaque",
        "twinpool\u20102nd.opaque",
        "twinpool-2nd\u3002opaque",
        "twinpool-2nd",
        "twinpool-2nd.srp.",
        "twinpool-2nd.srp.opaque",
        "twinpool-2nd.srp.CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB"
      })
  void a_tag_that_is_not_quite_one_is_the_primarys_and_passes_unchanged(String session) {
    RespondToAuthChallengeRequest request = claim("a").toBuilder().session(session).build();
    assertThat(needs(request).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(request)).isSameAs(request);
    AdminRespondToAuthChallengeRequest admin =
        AdminRespondToAuthChallengeRequest.builder().session(session).build();
    assertThat(needs(admin).pinned()).isEqualTo(PRIMARY);
    assertThat(untagged(admin)).isSameAs(admin);
    ListUsersRequest page = ListUsersRequest.builder().paginationToken(session).build();
    if (!session.startsWith(Conversations.TAG)) {
      assertThat(needs(page).pinned()).isEqualTo(PRIMARY);
    }
  }

  @Test
  void one_tag_is_taken_off_and_no_second_one() {
    RespondToAuthChallengeRequest twice = answer(Conversations.TAG + TAGGED);
    assertThat(((RespondToAuthChallengeRequest) untagged(twice)).session()).isEqualTo(TAGGED);
  }

  /** What takes no Session of a challenge goes where it goes without one. */
  @Test
  void no_other_operation_that_takes_a_session_is_led_by_a_tag() {
    for (CognitoIdentityProviderRequest request :
        List.of(
            SignUpRequest.builder().build(),
            ConfirmSignUpRequest.builder().session(TAGGED).build(),
            VerifySoftwareTokenRequest.builder().session(TAGGED).build(),
            AssociateSoftwareTokenRequest.builder().session(TAGGED).build())) {
      assertThat(needs(request).pinned()).as(request.toString()).isNull();
      assertThat(needs(request).operation().routing().moves()).isFalse();
      assertThat(untagged(request)).isSameAs(request);
    }
  }

  @Test
  void operations_of_the_primary_see_a_session_as_it_was_sent() {
    AssociateSoftwareTokenRequest request =
        AssociateSoftwareTokenRequest.builder().session(TAGGED).build();
    assertThat(needs(request).pinned()).isNull();
    assertThat(untagged(request)).isSameAs(request);
  }

  // ---- who is meant by a user name

  @Test
  void letter_case_makes_no_other_user() {
    Integer expected = "ada@example.com".hashCode();
    for (String user : List.of("ada@example.com", "Ada@Example.COM", "ADA@EXAMPLE.COM")) {
      InitiateAuthRequest signIn =
          initiateAuth(AuthFlowType.USER_PASSWORD_AUTH, "app").toBuilder()
              .authParameters(Map.of("USERNAME", user))
              .build();
      assertThat(needs(signIn).signIn()).isEqualTo(expected);
    }
  }

  /** Alike for whoever compares without case, without spaces around, or by compatibility. */
  @ParameterizedTest
  @CsvSource({
    "strasse, STRASSE",
    "\u212aevin, kevin",
    "je\u017fter, Jester",
    "\uff41da, ada",
    "\u0131lker, ilker",
    "zo\u00eb, zoe\u0308",
    "' ada', ada",
    "'ada\u00a0', ada",
    "\u1e9e, \u00df",
    "\u03c3\u03c2, \u03a3\u03a3"
  })
  void spellings_that_a_pool_may_take_for_one_name_are_one_user(String one, String other) {
    assertThat(userOf(one)).isEqualTo(userOf(other));
    assertThat(userOf(one)).isNotEqualTo(userOf("eve"));
  }

  private Integer userOf(String name) {
    return needs(
            initiateAuth(AuthFlowType.USER_PASSWORD_AUTH, "app").toBuilder()
                .authParameters(Map.of("USERNAME", name))
                .build())
        .signIn();
  }

  @Test
  void an_srp_challenge_of_the_primary_gets_no_session() {
    InitiateAuthResponse issued =
        (InitiateAuthResponse)
            conversations.tagged(
                PRIMARY,
                InitiateAuthResponse.builder()
                    .challengeParameters(Map.of("SECRET_BLOCK", "a"))
                    .build());
    assertThat(issued.session()).isNull();
    assertThat(MultiRegionCognito.regionOfSession("untagged")).isEqualTo(PRIMARY);
  }
}
