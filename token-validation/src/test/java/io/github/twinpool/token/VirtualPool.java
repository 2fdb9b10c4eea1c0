package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A whole validator in virtual time, and the hosts of its pool's keys. */
final class VirtualPool implements HttpTransport {
  static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");

  final VirtualLoop loop = new VirtualLoop();

  /** When each host was asked, in nanoseconds since the start. */
  final Map<URI, List<Long>> fetches = new TreeMap<>();

  private final long start = loop.nanoTime();
  private String published = TestKeys.jwks(TestKeys.ACCESS, TestKeys.ID);

  void publish(RSAKey... keys) {
    published = TestKeys.jwks(keys);
  }

  void goDown() {
    published = "";
  }

  Duration elapsed() {
    return Duration.ofNanos(loop.nanoTime() - start);
  }

  /** The wall clock starts where the tokens of the tests begin to be good. */
  TokenValidator validator(UnaryOperator<TokenValidator.Builder> options) {
    TokenValidator.Builder builder =
        TokenValidator.builder(POOL)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW.plus(elapsed()))
            .executor(Runnable::run);
    ExecutorService workers = Executors.newSingleThreadExecutor();
    TokenValidator validator =
        new Assembly(options.apply(builder), loop, this, workers, new Random(1)).build();
    loop.run();
    return validator;
  }

  /** A token that is issued now and good for a day. */
  String token(IssuerType type, RSAKey key) {
    long now = TestTokens.NOW.plus(elapsed()).getEpochSecond();
    Map<String, Object> claims = TestTokens.accessClaims(POOL, type);
    claims.put("iat", now);
    claims.put("exp", now + Duration.ofDays(1).toSeconds());
    return TestTokens.sign(key, claims);
  }

  /** Why a token is refused after some time, null if it is accepted. */
  Throwable refusal(TokenValidator validator, String token, Duration patience) {
    CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(token);
    loop.run();
    if (!answer.isDone()) {
      loop.pass(patience);
    }
    return answer
        .handle((good, e) -> e instanceof CompletionException ? e.getCause() : e)
        .getNow(new AssertionError("no answer"));
  }

  @Override
  public CompletableFuture<Response> get(URI uri) {
    fetches.computeIfAbsent(uri, host -> new ArrayList<>()).add(elapsed().toNanos());
    return published.isEmpty()
        ? CompletableFuture.failedFuture(new KeySourceException(Reason.CONNECTION, "down"))
        : CompletableFuture.completedFuture(new Response(200, published.getBytes(UTF_8)));
  }

  @Override
  public void close() {}
}
