package io.github.twinpool.token;

import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A source that answers as a test says, in virtual time. */
final class ScriptedSource implements KeySource {
  private final URI uri;
  private final VirtualLoop loop;
  private Supplier<Jwks> answer = () -> fail(Reason.CONNECTION);
  private Duration delay = Duration.ofMillis(20);
  private boolean hangs;
  int fetches;
  int cancelled;

  ScriptedSource(String name, VirtualLoop loop) {
    this.uri = URI.create("https://" + name + ".example");
    this.loop = loop;
  }

  ScriptedSource publishes(RSAKey... keys) {
    List<SigningKey> list = Arrays.stream(keys).map(TestKeys::signingKey).toList();
    answer = () -> new Jwks(list, 0);
    hangs = false;
    return this;
  }

  ScriptedSource fails(Reason reason) {
    answer = () -> fail(reason);
    hangs = false;
    return this;
  }

  ScriptedSource hangs() {
    hangs = true;
    return this;
  }

  ScriptedSource after(Duration delay) {
    this.delay = delay;
    return this;
  }

  private static Jwks fail(Reason reason) {
    throw new KeySourceException(reason, "");
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public CompletableFuture<Jwks> fetch() {
    fetches++;
    CompletableFuture<Jwks> result = new CompletableFuture<>();
    var unused =
        result.whenComplete(
            (jwks, failure) -> {
              if (result.isCancelled()) {
                cancelled++;
              }
            });
    if (!hangs) {
      Supplier<Jwks> now = answer;
      loop.schedule(delay, () -> complete(result, now));
    }
    return result;
  }

  private static void complete(CompletableFuture<Jwks> result, Supplier<Jwks> answer) {
    try {
      result.complete(answer.get());
    } catch (KeySourceException e) {
      result.completeExceptionally(e);
    }
  }
}
