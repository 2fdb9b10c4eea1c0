package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestKeys.ROTATED;
import static io.github.twinpool.token.TestTokens.CLIENT;
import static io.github.twinpool.token.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.FaultyServer.Fault;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys over real sockets: no single source matters. */
@Execution(ExecutionMode.CONCURRENT)
class KeySourcesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<FaultyServer> servers = new ArrayList<>();
  private final List<TokenValidator> validators = new ArrayList<>();

  @BeforeEach
  void three_sources() throws IOException {
    for (int i = 0; i < 3; i++) {
      servers.add(new FaultyServer(TestKeys.jwks(ACCESS, ID)));
    }
  }

  @AfterEach
  void close() throws IOException {
    validators.forEach(TokenValidator::close);
    for (FaultyServer server : servers) {
      server.close();
    }
  }

  private UserPool pool() {
    return pool(servers.get(0).uri(), servers.get(1).uri(), servers.get(2).uri());
  }

  private static UserPool pool(URI updated, URI primary, URI secondary) {
    return UserPool.builder("us-east-1_EXAMPLE")
        .secondaryRegion("us-west-2")
        .updatedIssuerEndpoint(updated)
        .endpoint(RegionRole.PRIMARY, primary)
        .endpoint(RegionRole.SECONDARY, secondary)
        .build();
  }

  private TokenValidator validator(UserPool pool, Preload preload) {
    // Not what is tested here, and the machine may be busy.
    return validator(pool, preload, PATIENCE);
  }

  private TokenValidator validator(UserPool pool, Preload preload, Duration keysTimeout) {
    TokenValidator validator =
        TokenValidator.builder(pool)
            .clientId(CLIENT)
            .clock(() -> NOW)
            .preload(preload)
            .keysTimeout(keysTimeout)
            // It is the keys that have to be there.
            .tokenCacheBytes(0)
            .build();
    validators.add(validator);
    return validator;
  }

  private static void acceptsTokensOfBothIssuers(TokenValidator validator, UserPool pool) {
    for (IssuerType type : IssuerType.values()) {
      String access = TestTokens.sign(ACCESS, TestTokens.accessClaims(pool, type));
      String id = TestTokens.sign(ID, TestTokens.idClaims(pool, type));
      assertThat(validator.validateAccessToken(access).issuerType()).isEqualTo(type);
      assertThat(validator.validateIdToken(id).issuerType()).isEqualTo(type);
    }
  }

  static Stream<Arguments> everyFaultAtEverySource() {
    return Stream.of(Fault.values())
        .filter(fault -> fault != Fault.NONE)
        .flatMap(fault -> Stream.of(0, 1, 2).map(source -> Arguments.of(fault, source)));
  }

  @ParameterizedTest
  @MethodSource("everyFaultAtEverySource")
  void cold_one_faulty_source_refuses_no_token(Fault fault, int source) {
    servers.get(source).with(fault);
    UserPool pool = pool();
    acceptsTokensOfBothIssuers(validator(pool, Preload.NONE), pool);
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void warm_all_sources_may_fail_at_once(Fault fault) {
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.BLOCKING);
    servers.forEach(server -> server.with(fault));
    acceptsTokensOfBothIssuers(validator, pool);
  }

  @Test
  void cold_two_refusing_sources_refuse_no_token() throws IOException {
    UserPool pool = pool(FaultyServer.refusing(), FaultyServer.refusing(), servers.get(2).uri());
    acceptsTokensOfBothIssuers(validator(pool, Preload.NONE), pool);
  }

  static Stream<Arguments> faultsAndReasons() {
    return Stream.of(
        Arguments.of(Fault.STATUS_403, Reason.HTTP_STATUS),
        Arguments.of(Fault.STATUS_500, Reason.HTTP_STATUS),
        Arguments.of(Fault.STATUS_204, Reason.HTTP_STATUS),
        Arguments.of(Fault.DRIP_ERROR, Reason.HTTP_STATUS),
        Arguments.of(Fault.REDIRECT, Reason.REDIRECT),
        Arguments.of(Fault.RESET, Reason.CONNECTION),
        Arguments.of(Fault.TRUNCATED, Reason.CONNECTION),
        Arguments.of(Fault.GARBAGE, Reason.CONNECTION),
        Arguments.of(Fault.EMPTY_BODY, Reason.MALFORMED),
        Arguments.of(Fault.NO_KEYS_MEMBER, Reason.MALFORMED),
        Arguments.of(Fault.KEYS_NOT_A_LIST, Reason.MALFORMED),
        Arguments.of(Fault.NOT_JSON, Reason.MALFORMED),
        Arguments.of(Fault.HTML, Reason.MALFORMED),
        Arguments.of(Fault.DUPLICATE_NAMES, Reason.MALFORMED),
        Arguments.of(Fault.DEEP, Reason.MALFORMED),
        Arguments.of(Fault.TOO_LARGE, Reason.TOO_LARGE),
        Arguments.of(Fault.TOO_LARGE_CHUNKED, Reason.TOO_LARGE),
        Arguments.of(Fault.EMPTY_SET, Reason.NO_USABLE_KEYS),
        Arguments.of(Fault.USELESS_KEYS, Reason.NO_USABLE_KEYS),
        Arguments.of(Fault.HANG, Reason.TIMEOUT),
        Arguments.of(Fault.DRIP, Reason.TIMEOUT));
  }

  @ParameterizedTest
  @MethodSource("faultsAndReasons")
  void with_all_sources_failing_the_exception_says_how_each_failed(Fault fault, Reason reason) {
    servers.forEach(server -> server.with(fault));
    UserPool pool = pool();
    // A source that does not end its answer is given up with the round.
    Duration keysTimeout = reason == Reason.TIMEOUT ? Duration.ofSeconds(1) : PATIENCE;
    TokenValidator validator = validator(pool, Preload.NONE, keysTimeout);
    String token = TestTokens.access(pool, IssuerType.UPDATED, ACCESS);
    KeysUnavailableException e =
        catchThrowableOfType(
            KeysUnavailableException.class, () -> validator.validateAccessToken(token));
    assertThat(e.httpStatus()).isEqualTo(503);
    assertThat(e.retryable()).isTrue();
    assertThat(e.failures()).hasSize(3);
    assertThat(e.failures().subList(1, 3)).allMatch(failure -> failure.reason() == reason);
    // The first is the host of the UPDATED issuer.
    assertThat(e.failures().get(0).reason())
        .isEqualTo(fault == Fault.STATUS_403 ? Reason.ISSUER_NOT_IN_USE : reason);
    assertThat(e).hasMessageContaining(servers.get(1).uri().toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"HANG", "DRIP", "DRIP_ERROR", "TOO_LARGE_CHUNKED"})
  void an_answer_that_does_not_end_is_given_up_and_its_connection_closed(Fault fault) {
    servers.get(0).with(fault);
    UserPool pool = pool();
    acceptsTokensOfBothIssuers(validator(pool, Preload.NONE), pool);
    await().atMost(PATIENCE).until(() -> servers.get(0).broken.get() > 0);
  }

  @Test
  void a_redirect_is_not_followed() {
    servers.forEach(server -> server.with(Fault.REDIRECT));
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.BLOCKING);
    assertThat(validator.isReady()).isFalse();
    assertThat(servers).allSatisfy(server -> assertThat(server.requests.get()).isEqualTo(1));
  }

  @Test
  void good_keys_beside_useless_ones_are_used() {
    List<Object> entries = new ArrayList<>();
    entries.add("no object");
    entries.add(Map.of());
    entries.add(TestKeys.jwk(ROTATED, Map.of("n", 7)));
    entries.add(TestKeys.jwk(ROTATED, Map.of("n", "****", "kid", "bad-modulus")));
    entries.add(TestKeys.jwk(ROTATED, Map.of("key_ops", "verify", "kid", "bad-ops")));
    entries.add(TestKeys.jwk(ACCESS, Map.of()));
    entries.add(TestKeys.jwk(ID, Map.of("x5c", "rubbish", "unknown", List.of())));
    servers.forEach(server -> server.publish(TestKeys.jwksOf(entries)));
    UserPool pool = pool();
    acceptsTokensOfBothIssuers(validator(pool, Preload.NONE), pool);
  }

  @Test
  void two_hundred_blocked_threads_without_keys_cause_one_fetch_per_source()
      throws InterruptedException {
    servers.forEach(FaultyServer::hold);
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.NONE);
    String token = TestTokens.access(pool, IssuerType.UPDATED, ACCESS);
    AtomicInteger accepted = new AtomicInteger();
    List<Thread> threads =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          if (validator.validateAccessToken(token).clientId().equals(CLIENT)) {
                            accepted.incrementAndGet();
                          }
                        }))
            .limit(200)
            .toList();
    threads.forEach(Thread::start);
    await()
        .atMost(PATIENCE)
        .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
    servers.forEach(FaultyServer::release);
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
    assertThat(accepted).hasValue(200);
    assertThat(servers).allSatisfy(server -> assertThat(server.requests.get()).isLessThan(2));
    assertThat(servers.get(0).requests.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"PT30S, PT15S", "PT5S, PT2.5S", "PT1S, PT2S"})
  void a_connection_may_take_half_of_the_keys_timeout_and_at_least_2_s(
      Duration keysTimeout, Duration connection) {
    Assembly assembly =
        Assembly.production(
            TokenValidator.builder(UserPool.of("us-east-1_EXAMPLE")).keysTimeout(keysTimeout));
    try {
      assertThat(assembly.transport())
          .isInstanceOfSatisfying(
              JdkHttpTransport.class, it -> assertThat(it.connectTimeout()).hasValue(connection));
    } finally {
      assembly.loop().close();
      assembly.transport().close();
      assembly.workers().shutdownNow();
    }
  }

  @Test
  void a_rotated_key_is_accepted_with_its_first_token() {
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.BLOCKING);
    servers.forEach(server -> server.publish(TestKeys.jwks(ACCESS, ID, ROTATED)));
    String token = TestTokens.access(pool, IssuerType.ORIGINAL, ROTATED);
    assertThat(validator.validateAccessToken(token).clientId()).isEqualTo(CLIENT);
    assertThat(validator.validateAccessToken(TestTokens.access(pool, IssuerType.UPDATED, ACCESS)))
        .isNotNull();
  }

  @Test
  void a_stranger_s_issuer_causes_no_fetch() {
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.NONE);
    String token = TestTokens.access(UserPool.of("us-east-1_STRANGER"), IssuerType.UPDATED, ACCESS);
    assertThatThrownBy(() -> validator.validateAccessToken(token))
        .isInstanceOfSatisfying(
            InvalidTokenException.class,
            e -> assertThat(e.code()).isEqualTo(RejectionCode.ISSUER_NOT_TRUSTED));
    assertThat(servers).allSatisfy(server -> assertThat(server.requests.get()).isZero());
  }

  @Test
  void build_does_not_fail_while_all_sources_are_down_and_recovers_with_them() throws IOException {
    servers.forEach(server -> server.with(Fault.STATUS_500));
    UserPool pool = pool();
    TokenValidator validator = validator(pool, Preload.BLOCKING);
    assertThat(validator.isReady()).isFalse();
    servers.forEach(server -> server.with(Fault.NONE));
    await().atMost(PATIENCE).until(validator::isReady);
    acceptsTokensOfBothIssuers(validator, pool);
  }
}
