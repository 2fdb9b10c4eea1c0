package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestKeys.OTHER_POOL;
import static io.github.twinpool.token.TestTokens.CLIENT;
import static io.github.twinpool.token.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What a validator accepts, and what its options add. */
class TokenValidatorTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
  private static final String POOL_ISSUER = POOL.issuer(IssuerType.ORIGINAL);

  private final List<TokenValidator> validators = new ArrayList<>();
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer(TestKeys.jwks(ACCESS, ID));
  }

  @AfterEach
  void stop() throws IOException {
    validators.forEach(TokenValidator::close);
    server.close();
  }

  private static UserPool at(UserPool pool, FaultyServer server) {
    return pool.toBuilder()
        .updatedIssuerEndpoint(server.uri())
        .endpoint(RegionRole.PRIMARY, server.uri())
        .endpoint(RegionRole.SECONDARY, server.uri())
        .build();
  }

  private TokenValidator validator(UnaryOperator<TokenValidator.Builder> options) {
    TokenValidator.Builder builder =
        TokenValidator.builder(at(POOL, server))
            .clock(() -> NOW)
            .keysTimeout(Duration.ofSeconds(30));
    TokenValidator validator = options.apply(builder).build();
    validators.add(validator);
    return validator;
  }

  private TokenValidator validator() {
    return validator(b -> b.clientId(CLIENT));
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = TestTokens.accessClaims(POOL, IssuerType.ORIGINAL);
    claims.put(name, value);
    return claims;
  }

  private static String access(String name, Object value) {
    return TestTokens.sign(ACCESS, claims(name, value));
  }

  private static String access() {
    return TestTokens.access(POOL, IssuerType.ORIGINAL, ACCESS);
  }

  private static String id() {
    return TestTokens.sign(ID, TestTokens.idClaims(POOL, IssuerType.UPDATED));
  }

  private static void refused(RejectionCode code, int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidTokenException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.httpStatus()).isEqualTo(status);
            });
  }

  @Test
  void an_access_token_s_claims_are_typed() {
    AccessToken token = validator().validateAccessToken(access());
    assertThat(token.userPool().id()).isEqualTo("us-east-1_EXAMPLE");
    assertThat(token.issuer()).isEqualTo(POOL_ISSUER);
    assertThat(token.issuerType()).isEqualTo(IssuerType.ORIGINAL);
    assertThat(token.subject()).isEqualTo("34c84488-e0e1-70ae-d2ee-991ad1a898c8");
    assertThat(token.clientId()).isEqualTo(CLIENT);
    assertThat(token.username()).contains("ada");
    assertThat(token.scopes()).containsExactly("aws.cognito.signin.user.admin", "api/read");
    assertThat(token.groups()).containsExactly("admins", "staff");
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(token.issuedAt()).contains(NOW);
    assertThat(token.authenticatedAt()).contains(NOW.minusSeconds(60));
    assertThat(token.jti()).contains("jti-1");
    assertThat(token.originJti()).contains("origin-1");
    assertThat(token.deviceKey()).contains("us-east-1_device");
    assertThat(token.audience()).isEmpty();
    assertThat(token.isMachine()).isFalse();
    assertThat(token.claims()).containsEntry("version", 2L).containsEntry("event_id", "event-1");
  }

  @Test
  void an_id_token_s_claims_are_typed() {
    IdToken token = validator().validateIdToken(id());
    assertThat(token.issuerType()).isEqualTo(IssuerType.UPDATED);
    assertThat(token.clientId()).isEqualTo(CLIENT);
    assertThat(token.username()).contains("ada");
    assertThat(token.email()).contains("ada@example.com");
    assertThat(token.nonce()).contains("n-1");
    assertThat(token.claims()).containsEntry("email_verified", true);
  }

  @Test
  void a_machine_s_token_is_known_by_having_no_user_name() {
    Map<String, Object> claims = claims("sub", CLIENT);
    claims.remove("username");
    claims.remove("cognito:groups");
    AccessToken token = validator().validateAccessToken(TestTokens.sign(ACCESS, claims));
    assertThat(token.isMachine()).isTrue();
    assertThat(token.username()).isEmpty();
    assertThat(token.groups()).isEmpty();
    assertThat(token.subject()).isEqualTo(CLIENT);
  }

  @Test
  void unknown_claims_of_any_json_type_are_kept_and_cannot_be_changed() {
    Map<String, Object> address = new HashMap<>();
    address.put("city", "Ulm");
    address.put("none", null);
    Map<String, Object> all = TestTokens.accessClaims(POOL, IssuerType.ORIGINAL);
    all.put("address", address);
    all.put("list", List.of("a", 1, 1.5, true));
    AccessToken token = validator().validateAccessToken(TestTokens.sign(ACCESS, all));
    assertThat(token.claims()).containsEntry("address", address);
    assertThat(token.claims()).containsEntry("list", List.of("a", 1L, 1.5, true));
    assertThatThrownBy(() -> token.claims().put("sub", "eve"))
        .isInstanceOf(UnsupportedOperationException.class);
    @SuppressWarnings("unchecked")
    Map<String, Object> inner = (Map<String, Object>) token.claims().get("address");
    assertThatThrownBy(() -> inner.put("city", "Bonn"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> token.groups().add("root"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> token.scopes().add("api/write"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void to_string_shows_neither_token_nor_who_it_is_about() {
    String jwt = access();
    assertThat(validator().validateAccessToken(jwt).toString())
        .contains("us-east-1_EXAMPLE", "ORIGINAL")
        .doesNotContain("ada", "34c84488", "jti-1", jwt.substring(jwt.length() - 20));
  }

  @Test
  void equal_tokens_are_equal_and_access_and_id_tokens_never() {
    TokenValidator validator = validator();
    assertThat(validator.validateAccessToken(access()))
        .isEqualTo(validator.validateAccessToken(access()))
        .hasSameHashCodeAs(validator.validateAccessToken(access()))
        .isNotEqualTo(validator.validateAccessToken(access("jti", "other")))
        .isNotEqualTo(validator.validateIdToken(id()));
  }

  @Test
  void scopes_may_be_missing_empty_or_oddly_spaced() {
    TokenValidator validator = validator();
    assertThat(validator.validateAccessToken(access("scope", null)).scopes()).isEmpty();
    assertThat(validator.validateAccessToken(access("scope", "")).scopes()).isEmpty();
    assertThat(validator.validateAccessToken(access("scope", "  a  b a ")).scopes())
        .containsExactly("a", "b");
  }

  @Test
  void async_calls_give_the_same_and_fail_unwrapped() {
    TokenValidator validator = validator();
    assertThat(validator.validateAccessTokenAsync(access()).join())
        .isEqualTo(validator.validateAccessToken(access()));
    assertThat(validator.validateIdTokenAsync(id()).join())
        .isEqualTo(validator.validateIdToken(id()));
    Throwable failure =
        validator.validateAccessTokenAsync(id()).handle((token, thrown) -> thrown).join();
    assertThat(failure).isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void null_is_no_token() {
    TokenValidator validator = validator();
    refused(RejectionCode.NOT_A_JWT, 401, () -> validator.validateAccessToken(null));
    assertThat(validator.validateIdTokenAsync(null)).isCompletedExceptionally();
  }

  @Test
  void a_closed_validator_leaves_no_caller_waiting() {
    server.with(FaultyServer.Fault.HANG);
    TokenValidator validator = validator(b -> b.clientId(CLIENT).preload(Preload.NONE));
    var waiting = validator.validateAccessTokenAsync(access());
    validator.close();
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(KeysUnavailableException.class);
    assertThatThrownBy(() -> validator.validateAccessToken(access()))
        .isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void an_interrupted_caller_stops_waiting_and_stays_interrupted() {
    server.with(FaultyServer.Fault.HANG);
    TokenValidator validator = validator(b -> b.clientId(CLIENT).preload(Preload.NONE));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> validator.validateAccessToken(access()))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void times_hold_to_the_second_and_skew_widens_them() {
    long now = NOW.getEpochSecond();
    TokenValidator strict = validator();
    strict.validateAccessToken(access("exp", now + 1));
    strict.validateAccessToken(access("nbf", now));
    strict.validateAccessToken(access("iat", now + 60));
    TokenValidator lenient = validator(b -> b.clientId(CLIENT).clockSkew(Duration.ofSeconds(30)));
    lenient.validateAccessToken(access("exp", now - 29));
    refused(RejectionCode.EXPIRED, 401, () -> lenient.validateAccessToken(access("exp", now - 30)));
    lenient.validateAccessToken(access("nbf", now + 30));
    refused(
        RejectionCode.NOT_YET_VALID,
        401,
        () -> lenient.validateAccessToken(access("nbf", now + 31)));
    lenient.validateAccessToken(access("iat", now + 90));
    refused(
        RejectionCode.ISSUED_IN_FUTURE,
        401,
        () -> lenient.validateAccessToken(access("iat", now + 91)));
  }

  @ParameterizedTest
  @EnumSource(IssuerType.class)
  void one_issuer_can_be_pinned(IssuerType pinned) {
    TokenValidator validator = validator(b -> b.clientId(CLIENT).issuer(pinned));
    validator.validateAccessToken(TestTokens.access(POOL, pinned, ACCESS));
    IssuerType other = pinned == IssuerType.ORIGINAL ? IssuerType.UPDATED : IssuerType.ORIGINAL;
    refused(
        RejectionCode.ISSUER_NOT_TRUSTED,
        401,
        () -> validator.validateAccessToken(TestTokens.access(POOL, other, ACCESS)));
  }

  @Test
  void the_secondary_s_original_issuer_is_accepted_by_choice_and_its_updated_one_never() {
    String original = "https://cognito-idp.us-west-2.amazonaws.com/us-east-1_EXAMPLE";
    String updated = "https://issuer-cognito-idp.us-west-2.amazonaws.com/us-east-1_EXAMPLE";
    TokenValidator validator = validator(b -> b.clientId(CLIENT).acceptSecondaryIssuer(true));
    AccessToken token = validator.validateAccessToken(access("iss", original));
    assertThat(token.issuer()).isEqualTo(original);
    assertThat(token.issuerType()).isEqualTo(IssuerType.ORIGINAL);
    refused(
        RejectionCode.ISSUER_NOT_TRUSTED,
        401,
        () -> validator.validateAccessToken(access("iss", updated)));
  }

  @Test
  void several_clients_or_any_can_be_accepted() {
    TokenValidator two = validator(b -> b.clientId("a", "b"));
    two.validateAccessToken(access("client_id", "b"));
    refused(RejectionCode.WRONG_CLIENT, 401, () -> two.validateAccessToken(access()));
    TokenValidator any = validator(PoolOptions::anyClient);
    any.validateAccessToken(access("client_id", "whatever"));
    any.validateIdToken(id());
    refused(
        RejectionCode.CLAIM_MISSING, 401, () -> any.validateAccessToken(access("client_id", null)));
  }

  @Test
  void required_scopes_must_all_be_granted_or_it_is_a_403() {
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).requireScopes("api/read", "api/write"));
    validator.validateAccessToken(access("scope", "api/write x api/read"));
    refused(RejectionCode.SCOPE_MISSING, 403, () -> validator.validateAccessToken(access()));
    refused(
        RejectionCode.SCOPE_MISSING,
        403,
        () -> validator.validateAccessToken(access("scope", "api/readapi/write")));
  }

  @Test
  void one_of_the_required_groups_is_enough_and_none_is_a_403() {
    TokenValidator validator = validator(b -> b.clientId(CLIENT).requireAnyGroup("root", "staff"));
    validator.validateAccessToken(access());
    validator.validateIdToken(id());
    refused(
        RejectionCode.GROUP_MISSING,
        403,
        () -> validator.validateAccessToken(access("cognito:groups", List.of("Staff"))));
    refused(
        RejectionCode.GROUP_MISSING,
        403,
        () -> validator.validateAccessToken(access("cognito:groups", null)));
  }

  @Test
  void a_resource_bound_token_is_accepted_by_its_resource_only() {
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).requireAudience("https://api.example.com"));
    validator.validateAccessToken(access("aud", "https://api.example.com"));
    validator.validateAccessToken(access("aud", List.of("x", "https://api.example.com")));
    refused(RejectionCode.WRONG_AUDIENCE, 401, () -> validator.validateAccessToken(access()));
    refused(
        RejectionCode.WRONG_AUDIENCE,
        401,
        () -> validator.validateAccessToken(access("aud", "https://api.example.com/")));
  }

  @Test
  void a_nonce_must_be_the_request_s() {
    TokenValidator validator = validator();
    validator.validateIdToken(id(), "n-1");
    refused(RejectionCode.WRONG_NONCE, 401, () -> validator.validateIdToken(id(), "n-2"));
    Map<String, Object> none = TestTokens.idClaims(POOL, IssuerType.UPDATED);
    none.remove("nonce");
    refused(
        RejectionCode.WRONG_NONCE,
        401,
        () -> validator.validateIdToken(TestTokens.sign(ID, none), "n-1"));
    assertThat(validator.validateIdToken(id(), "n-1").nonce()).contains("n-1");
    assertThat(validator.validateIdTokenAsync(id(), "n-1").join().nonce()).contains("n-1");
    assertThat(validator.validateIdTokenAsync(id(), "n-2")).isCompletedExceptionally();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void a_nonce_that_was_lost_with_its_session_is_refused_and_not_skipped(String lost) {
    TokenValidator validator = validator();
    refused(RejectionCode.WRONG_NONCE, 401, () -> validator.validateIdToken(id(), lost));
    Map<String, Object> empty = TestTokens.idClaims(POOL, IssuerType.ORIGINAL);
    empty.put("nonce", "");
    String blank = TestTokens.sign(ID, empty);
    refused(RejectionCode.WRONG_NONCE, 401, () -> validator.validateIdToken(blank, lost));
    assertThatThrownBy(() -> validator.validateIdTokenAsync(id(), lost).join())
        .hasCauseInstanceOf(InvalidTokenException.class)
        .hasMessageContaining("WRONG_NONCE");
  }

  /** Of another type, of the same look, and with more around it. */
  @Test
  void a_nonce_is_compared_as_a_text_and_whole() {
    TokenValidator validator = validator();
    Map<Object, String> posing = new LinkedHashMap<>();
    posing.put(7, "7");
    posing.put(7.0, "7.0");
    posing.put(true, "true");
    posing.put(List.of("n-1"), "n-1");
    posing.put(Map.of("n-1", "n-1"), "n-1");
    posing.put("N-1", "n-1");
    posing.put("n-1 ", "n-1");
    posing.put("n\u20101", "n-1");
    posing.put("\u00e9", "e\u0301");
    posing.put("n-1\u0000", "n-1");
    posing.put("null", null);
    posing.put(" ", "");
    posing.forEach(
        (claim, expected) -> {
          Map<String, Object> claims = TestTokens.idClaims(POOL, IssuerType.ORIGINAL);
          claims.put("nonce", claim);
          String jwt = TestTokens.sign(ID, claims);
          assertThatThrownBy(() -> validator.validateIdToken(jwt, expected))
              .as("%s for %s", claim, expected)
              .isInstanceOf(InvalidTokenException.class);
          assertThat(validator.validateIdTokenAsync(jwt, expected))
              .as("%s for %s", claim, expected)
              .isCompletedExceptionally();
        });
  }

  /** Two members of one name: which one counts would be the reader's choice. */
  @Test
  void a_second_nonce_makes_no_first_one_good() {
    String claims = JSONObjectUtils.toJSONString(TestTokens.idClaims(POOL, IssuerType.ORIGINAL));
    for (String twice :
        List.of(
            claims.replace("{", "{\"nonce\":\"n-2\","),
            claims.substring(0, claims.length() - 1) + ",\"nonce\":\"n-2\"}",
            claims.substring(0, claims.length() - 1) + ",\"nonc\\u0065\":\"n-2\"}")) {
      String jwt = TestTokens.sign(ID, TestTokens.header("id-key"), twice);
      for (String nonce : List.of("n-1", "n-2")) {
        assertThatThrownBy(() -> validator().validateIdToken(jwt, nonce))
            .as(twice)
            .isInstanceOf(InvalidTokenException.class);
      }
    }
  }

  /** The cache keeps the token and not the answer. */
  @Test
  void a_token_that_once_had_the_right_nonce_is_held_against_each_new_one() {
    TokenValidator validator = validator();
    String jwt = id();
    for (int i = 0; i < 2; i++) {
      validator.validateIdToken(jwt, "n-1");
      refused(RejectionCode.WRONG_NONCE, 401, () -> validator.validateIdToken(jwt, null));
      refused(RejectionCode.WRONG_NONCE, 401, () -> validator.validateIdToken(jwt, "n-2"));
      assertThat(validator.validateIdTokenAsync(jwt, null)).isCompletedExceptionally();
    }
  }

  @Test
  void requirements_of_one_pool_neither_bind_nor_free_the_id_tokens_of_another()
      throws IOException {
    UserPool second = UserPool.of("eu-west-1_SECOND");
    try (FaultyServer other = new FaultyServer(TestKeys.jwks(OTHER_POOL))) {
      TokenValidator validator =
          validator(
              b ->
                  b.clientId(CLIENT)
                      .pool(
                          second.toBuilder()
                              .updatedIssuerEndpoint(other.uri())
                              .endpoint(RegionRole.PRIMARY, other.uri())
                              .build(),
                          options -> options.clientId(CLIENT).requireScopes("api/read")));
      assertThat(validator.accessTokenRequirements()).containsExactly("requireScopes");
      assertThat(validator.validateIdToken(id()).username()).contains("ada");
      Map<String, Object> claims = TestTokens.idClaims(second, IssuerType.ORIGINAL);
      claims.put("scope", "api/read");
      String theirs = TestTokens.sign(OTHER_POOL, claims);
      refused(RejectionCode.SCOPE_MISSING, 403, () -> validator.validateIdToken(theirs));
      assertThatThrownBy(() -> validator.validateIdTokenAsync(theirs).join())
          .hasMessageContaining("SCOPE_MISSING");
      assertThat(validator.validateIdToken(theirs, "n-1").username()).contains("ada");
    }
  }

  /** What is neither an access token nor an ID token by its own word is neither. */
  @Test
  void a_token_that_claims_both_uses_is_of_neither() {
    TokenValidator validator = validator();
    for (Object use : List.of("Access", "ID", "access id", "id ", List.of("id", "access"), "")) {
      Map<String, Object> claims = TestTokens.idClaims(POOL, IssuerType.ORIGINAL);
      claims.put("client_id", CLIENT);
      claims.put("scope", "api/read");
      claims.put("token_use", use);
      String jwt = TestTokens.sign(ID, claims);
      assertThatThrownBy(() -> validator.validateAccessToken(jwt))
          .as("%s", use)
          .isInstanceOf(InvalidTokenException.class);
      assertThatThrownBy(() -> validator.validateIdToken(jwt))
          .as("%s", use)
          .isInstanceOf(InvalidTokenException.class);
    }
  }

  @Test
  void the_signature_of_a_signed_address_shows_in_no_text_of_status_or_failure() {
    URI signed = URI.create("http://127.0.0.1:1/keys?X-Amz-Signature=hidden-1&b=hidden-1");
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).fetchKeys(false).keySource(signed));
    await().until(() -> validator.status().pools().get(0).sources().get(0).failure() != null);
    assertThat(validator.status().toString()).contains("127.0.0.1:1/keys").doesNotContain("hidden");
    assertThatThrownBy(() -> validator.validateAccessToken(access()))
        .isInstanceOf(KeysUnavailableException.class)
        .satisfies(
            e ->
                assertThat(e + " " + ((KeysUnavailableException) e).failures())
                    .contains("127.0.0.1:1/keys")
                    .doesNotContain("hidden"));
  }

  @Test
  void the_signature_of_a_signed_address_does_not_show_with_the_key_that_came_from_it() {
    TokenValidator validator =
        validator(
            b ->
                b.clientId(CLIENT)
                    .fetchKeys(false)
                    .keySource(URI.create(server.uri() + "/keys?sig=hidden-1")));
    validator.validateAccessToken(access());
    assertThat(validator.status().pools().get(0).keys()).isNotEmpty();
    assertThat(validator.status().toString()).contains("access-key").doesNotContain("hidden");
  }

  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  /** A check of the application's may ask who is asking. */
  @Test
  void a_check_never_sees_another_callers_tenant() throws Exception {
    Map<String, String> met = new ConcurrentHashMap<>();
    server.hold();
    AtomicReference<TokenValidator> validator = new AtomicReference<>();
    List<CompletableFuture<AccessToken>> calls = new CopyOnWriteArrayList<>();
    for (String tenant : List.of("A", "B", "C")) {
      Thread caller =
          new Thread(
              () -> {
                TENANT.set(tenant);
                if (validator.get() == null) { // The first caller is the one that builds it.
                  validator.set(
                      validator(
                          b ->
                              b.clientId(CLIENT)
                                  .check(
                                      token ->
                                          met.put(
                                                  token.username().orElseThrow(),
                                                  String.valueOf(TENANT.get()))
                                              == null)));
                }
                calls.add(validator.get().validateAccessTokenAsync(access("username", tenant)));
              },
              "caller " + tenant);
      caller.start();
      caller.join();
    }
    server.release();
    for (CompletableFuture<AccessToken> call : calls) {
      assertThat(call).succeedsWithin(Duration.ofSeconds(30));
    }
    assertThat(met).hasSize(3).allSatisfy((who, seen) -> assertThat(seen).isIn("null", who));
  }

  /** Of a pool of threads that is full; the caller can come back. */
  @Test
  void an_executor_that_refuses_a_waiting_call_loses_no_call_and_no_place() throws IOException {
    server.hold();
    AtomicInteger refusals = new AtomicInteger();
    TokenValidator validator =
        validator(
            b ->
                b.clientId(CLIENT)
                    .preload(Preload.NONE)
                    .executor(
                        task -> {
                          refusals.incrementAndGet();
                          throw new RejectedExecutionException("full");
                        }));
    List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(validator.validateAccessTokenAsync(access()));
    }
    server.release();
    for (CompletableFuture<AccessToken> call : calls) {
      assertThat(call)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOf(KeysUnavailableException.class);
    }
    assertThat(refusals).hasPositiveValue();
    assertThat(validator.validateAccessTokenAsync(access()))
        .as("the keys are here")
        .succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void no_id_token_that_a_caller_shows_meets_what_is_required_of_access_tokens() {
    TokenValidator scopes = validator(b -> b.clientId(CLIENT).requireScopes("api/read"));
    TokenValidator bound = validator(b -> b.clientId(CLIENT).requireAudience("https://api"));
    Map<String, Object> posing = TestTokens.idClaims(POOL, IssuerType.ORIGINAL);
    posing.put("scope", "api/read");
    for (String id : List.of(id(), TestTokens.sign(ID, posing))) {
      refused(RejectionCode.SCOPE_MISSING, 403, () -> scopes.validateIdToken(id));
      refused(RejectionCode.WRONG_AUDIENCE, 401, () -> bound.validateIdToken(id));
      assertThatThrownBy(() -> scopes.validateIdTokenAsync(id).join())
          .hasMessageContaining("SCOPE_MISSING");
      assertThatThrownBy(() -> bound.validateIdTokenAsync(id).join())
          .hasMessageContaining("WRONG_AUDIENCE");
    }
  }

  @Test
  void an_id_token_that_answers_one_s_own_request_needs_no_scope_and_no_resource() {
    TokenValidator validator =
        validator(
            b -> b.clientId(CLIENT).requireScopes("api/write").requireAudience("https://api"));
    assertThat(validator.validateIdToken(id(), "n-1").username()).contains("ada");
    assertThat(validator.validateIdTokenAsync(id(), "n-1").join().username()).contains("ada");
  }

  @Test
  void the_application_s_own_checks_see_good_tokens_only_and_decide() {
    List<VerifiedToken> seen = new CopyOnWriteArrayList<>();
    TokenValidator validator =
        validator(
            b ->
                b.clientId(CLIENT)
                    .check(
                        token -> {
                          seen.add(token);
                          return token.username().filter("ada"::equals).isPresent();
                        }));
    validator.validateAccessToken(access());
    validator.validateIdToken(id());
    refused(
        RejectionCode.CHECK_FAILED,
        401,
        () -> validator.validateAccessToken(access("username", "eve")));
    refused(
        RejectionCode.EXPIRED,
        401,
        () -> validator.validateAccessToken(access("exp", NOW.getEpochSecond())));
    assertThat(seen).hasSize(3);
  }

  @Test
  void pools_are_kept_apart() throws IOException {
    UserPool second = UserPool.of("eu-west-1_SECOND");
    try (FaultyServer other = new FaultyServer(TestKeys.jwks(OTHER_POOL))) {
      TokenValidator validator =
          validator(
              b ->
                  b.clientId(CLIENT)
                      .requireAnyGroup("admins")
                      .pool(
                          second.toBuilder()
                              .updatedIssuerEndpoint(other.uri())
                              .endpoint(RegionRole.PRIMARY, other.uri())
                              .build(),
                          options -> options.clientId("second-client").requireAnyGroup("ops")));
      Map<String, Object> claims = TestTokens.accessClaims(second, IssuerType.UPDATED);
      claims.put("client_id", "second-client");
      claims.put("cognito:groups", List.of("ops"));
      AccessToken token = validator.validateAccessToken(TestTokens.sign(OTHER_POOL, claims));
      assertThat(token.userPool().id()).isEqualTo("eu-west-1_SECOND");
      assertThat(validator.validateAccessToken(access()).userPool().id()).isEqualTo(POOL.id());

      // The same kid, the other pool's key: both ways.
      refused(
          RejectionCode.SIGNATURE_INVALID,
          401,
          () -> validator.validateAccessToken(TestTokens.sign(ACCESS, claims)));
      refused(
          RejectionCode.SIGNATURE_INVALID,
          401,
          () ->
              validator.validateAccessToken(
                  TestTokens.access(POOL, IssuerType.ORIGINAL, OTHER_POOL)));
      // One pool's client and group mean nothing in the other.
      refused(
          RejectionCode.WRONG_CLIENT,
          401,
          () -> validator.validateAccessToken(access("client_id", "second-client")));
      refused(
          RejectionCode.GROUP_MISSING,
          403,
          () -> validator.validateAccessToken(access("cognito:groups", List.of("ops"))));
    }
  }

  @Test
  void a_source_of_one_s_own_is_asked_when_the_pool_s_are_down() throws IOException {
    try (FaultyServer mirror = new FaultyServer(TestKeys.jwks(ACCESS, ID))) {
      server.with(FaultyServer.Fault.STATUS_500);
      TokenValidator validator =
          validator(b -> b.clientId(CLIENT).keySource(mirror.uri().resolve("/keys.json")));
      validator.validateAccessToken(access());
      assertThat(mirror.requests.get()).isEqualTo(1);
    }
  }

  @Test
  void a_file_of_one_s_own_is_read_at_every_refresh(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("keys.json"), TestKeys.jwks(ID));
    TokenValidator validator = validator(b -> b.clientId(CLIENT).fetchKeys(false).keyFile(file));
    validator.validateIdToken(id());
    assertThat(server.requests.get()).isZero();
    Files.writeString(file, TestKeys.jwks(ID, ACCESS));
    validator.validateAccessToken(access());
  }

  @Test
  void a_file_that_is_missing_too_large_or_no_key_set_is_a_failed_source(@TempDir Path directory)
      throws IOException {
    Path large = Files.writeString(directory.resolve("large"), " ".repeat(64 * 1024 + 1));
    Path wrong = Files.writeString(directory.resolve("wrong"), "no keys");
    TokenValidator validator =
        validator(
            b ->
                b.clientId(CLIENT)
                    .fetchKeys(false)
                    .keyFile(directory.resolve("missing"))
                    .keyFile(directory)
                    .keyFile(large)
                    .keyFile(wrong));
    assertThatThrownBy(() -> validator.validateAccessToken(access()))
        .isInstanceOfSatisfying(
            KeysUnavailableException.class,
            e ->
                assertThat(e.failures())
                    .extracting(KeySourceFailure::reason)
                    .containsExactly(
                        KeySourceFailure.Reason.UNREADABLE,
                        KeySourceFailure.Reason.NOT_TRUSTED,
                        KeySourceFailure.Reason.TOO_LARGE,
                        KeySourceFailure.Reason.MALFORMED));
  }

  @Test
  void static_keys_alone_need_no_network_and_know_no_others() {
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).fetchKeys(false).staticKeys(TestKeys.jwks(ACCESS)));
    assertThat(validator.isReady()).isTrue();
    validator.validateAccessToken(access());
    refused(RejectionCode.UNKNOWN_KEY, 401, () -> validator.validateIdToken(id()));
    refused(
        RejectionCode.SIGNATURE_INVALID,
        401,
        () ->
            validator.validateAccessToken(
                TestTokens.access(POOL, IssuerType.ORIGINAL, OTHER_POOL)));
    assertThat(server.requests.get()).isZero();
  }

  @Test
  void static_keys_are_accepted_while_no_source_answers() {
    server.with(FaultyServer.Fault.STATUS_500);
    TokenValidator validator = validator(b -> b.clientId(CLIENT).staticKeys(TestKeys.jwks(ACCESS)));
    validator.validateAccessToken(access());
    assertThatThrownBy(() -> validator.validateIdToken(id()))
        .isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void a_wrong_signature_stays_a_401_while_no_source_answers() {
    TokenValidator validator = validator(b -> b.clientId(CLIENT).preload(Preload.BLOCKING));
    server.with(FaultyServer.Fault.STATUS_500);
    String forged = TestTokens.access(POOL, IssuerType.ORIGINAL, OTHER_POOL);
    refused(RejectionCode.SIGNATURE_INVALID, 401, () -> validator.validateAccessToken(forged));
    assertThatThrownBy(() -> validator.validateAccessTokenAsync(forged).join())
        .hasCauseInstanceOf(InvalidTokenException.class);
  }

  @Test
  void listeners_hear_rejections_by_code_and_cannot_break_anything() {
    List<RejectionCode> codes = new CopyOnWriteArrayList<>();
    TokenValidatorListener broken =
        new TokenValidatorListener() {
          @Override
          public void tokenRejected(RejectionCode code) {
            throw new IllegalStateException("broken listener");
          }

          @Override
          public void keysFetched(String poolId, java.net.URI source, int keys, int skipped) {
            throw new IllegalStateException("broken listener");
          }
        };
    TokenValidatorListener counting =
        new TokenValidatorListener() {
          @Override
          public void tokenRejected(RejectionCode code) {
            codes.add(code);
          }
        };
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).listener(broken).listener(counting));
    validator.validateAccessToken(access());
    refused(RejectionCode.NOT_A_JWT, 401, () -> validator.validateAccessToken("x"));
    assertThat(validator.validateAccessTokenAsync(id())).isCompletedExceptionally();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(codes)
                    .containsExactly(RejectionCode.NOT_A_JWT, RejectionCode.WRONG_TOKEN_USE));
    assertThat(validator.status().rejections())
        .isEqualTo(Map.of(RejectionCode.NOT_A_JWT, 1L, RejectionCode.WRONG_TOKEN_USE, 1L));
  }

  @Test
  void no_request_waits_for_a_listener_and_none_is_left_uncounted() {
    CountDownLatch hanging = new CountDownLatch(1);
    Thread request = Thread.currentThread();
    AtomicBoolean waited = new AtomicBoolean();
    TokenValidatorListener slow =
        new TokenValidatorListener() {
          @Override
          public void tokenRejected(RejectionCode code) {
            if (Thread.currentThread() == request) {
              waited.set(true); // And does not hang, so that the test ends.
              return;
            }
            try {
              hanging.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TokenValidator validator = validator(b -> b.clientId(CLIENT).listener(slow));
    for (int i = 0; i < 3_000; i++) {
      refused(RejectionCode.NOT_A_JWT, 401, () -> validator.validateAccessToken("x"));
    }
    assertThat(waited).isFalse();
    assertThat(validator.validateAccessToken(access()).username()).contains("ada");
    assertThat(validator.status().rejections()).isEqualTo(Map.of(RejectionCode.NOT_A_JWT, 3_000L));
    hanging.countDown();
  }

  @Test
  void exceptions_survive_serialization() throws IOException, ClassNotFoundException {
    server.with(FaultyServer.Fault.STATUS_403);
    TokenValidator validator = validator();
    Throwable thrown =
        validator.validateAccessTokenAsync(access()).handle((token, failure) -> failure).join();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      KeysUnavailableException read = (KeysUnavailableException) in.readObject();
      assertThat(read).hasMessage(thrown.getMessage());
      assertThat(read.poolId()).isEqualTo(POOL.id());
      assertThat(read.failures()).isEmpty();
    }
  }
}
