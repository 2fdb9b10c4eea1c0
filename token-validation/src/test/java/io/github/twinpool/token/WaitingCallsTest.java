package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What strangers cost who send tokens with invented keys. Alone, because it counts threads. */
@Isolated
class WaitingCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STRANGERS = 5_000;
  private static final int LIMIT = 4_096;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private FaultyServer server;
  private TokenValidator validator;
  private String good;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer(TestKeys.jwks(ACCESS));
    UserPool pool =
        UserPool.builder("us-east-1_EXAMPLE")
            .updatedIssuerEndpoint(server.uri())
            .endpoint(RegionRole.PRIMARY, server.uri())
            .build();
    good = TestTokens.access(pool, IssuerType.UPDATED, ACCESS);
    validator =
        TokenValidator.builder(pool)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW)
            .keysTimeout(PATIENCE)
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    validator.close();
    server.close();
  }

  private CompletableFuture<AccessToken> stranger(int i) {
    String header = TestTokens.base64(TestTokens.header("invented-" + i));
    return validator.validateAccessTokenAsync(header + good.substring(good.indexOf('.')));
  }

  @Test
  void five_thousand_tokens_with_invented_keys_start_no_thread_for_each() {
    server.hold();
    long before = threads.getTotalStartedThreadCount();
    List<CompletableFuture<AccessToken>> answers = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      answers.add(stranger(i));
    }
    server.release();
    await().atMost(PATIENCE).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
    assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(100);
    assertThat(validator.validateAccessToken(good).username()).contains("ada");
  }

  @Test
  void more_calls_than_may_wait_are_told_at_once_to_come_back() {
    server.hold();
    List<CompletableFuture<AccessToken>> answers = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      answers.add(stranger(i));
    }
    assertThat(answers.subList(0, LIMIT)).noneMatch(CompletableFuture::isDone);
    assertThat(answers.subList(LIMIT, STRANGERS))
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(KeysUnavailableException.class)
                    .withMessageContaining("4096 calls wait"));
    server.release();
    await().atMost(PATIENCE).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
    CompletableFuture<AccessToken> later = stranger(STRANGERS);
    await().atMost(PATIENCE).until(later::isDone);
    assertThat(later)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(InvalidTokenException.class);
  }
}
