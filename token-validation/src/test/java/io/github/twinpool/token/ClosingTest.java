package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a closed validator leaves behind. Alone, because it looks at all threads of the JVM. */
@Isolated
class ClosingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void closing_leaves_no_thread() throws IOException {
    try (FaultyServer server = new FaultyServer(TestKeys.jwks(ACCESS))) {
      UserPool pool =
          UserPool.builder("us-east-1_EXAMPLE")
              .updatedIssuerEndpoint(server.uri())
              .endpoint(RegionRole.PRIMARY, server.uri())
              .build();
      TokenValidator validator =
          TokenValidator.builder(pool)
              .anyClient()
              .preload(Preload.BLOCKING)
              .keysTimeout(PATIENCE)
              .build();
      assertThat(validator.isReady()).isTrue();
      assertThat(threads()).isNotEmpty();
      validator.close();
      validator.close();
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              System.gc(); // Java 17 ends the thread of an HTTP client when it is garbage
              return threads().isEmpty();
            });
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("twinpool-token") || name.startsWith("HttpClient-"))
        .toList();
  }
}
