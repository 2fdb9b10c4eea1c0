package io.github.twinpool.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The validator of a filter that init parameters have configured. */
@Isolated("looks at all threads")
class ClosingTest {
  @Test
  void destroy_ends_the_threads_that_init_started() throws ServletException {
    Set<Thread> before = threads();
    CognitoTokenFilter filter = new CognitoTokenFilter();
    filter.init(
        new TestConfig(
            Map.of(
                "userPoolId", "us-east-1_EXAMPLE",
                "anyClient", "true",
                "primaryEndpoint", "http://127.0.0.1:1",
                "updatedIssuerEndpoint", "http://127.0.0.1:1")));
    Set<Thread> started = threads();
    started.removeAll(before);
    assertThat(started).isNotEmpty();

    filter.destroy();
    await().until(() -> started.stream().noneMatch(Thread::isAlive));
    filter.destroy();
  }

  @Test
  void a_filter_that_failed_to_start_leaves_no_thread_and_serves_nothing() {
    Set<Thread> before = threads();
    CognitoTokenFilter filter = new CognitoTokenFilter();

    assertThatThrownBy(
            () ->
                filter.init(
                    new TestConfig(
                        Map.of(
                            "userPoolId", "us-east-1_EXAMPLE",
                            "anyClient", "true",
                            "allowedOrigins", "https://a.example"))))
        .isInstanceOf(ServletException.class);
    assertThatThrownBy(() -> filter.doFilter(null, null, null))
        .isInstanceOf(ServletException.class);
    Set<Thread> started = threads();
    started.removeAll(before);
    assertThat(started).isEmpty();
  }

  /** Those of this library. */
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("twinpool"));
    return threads;
  }
}
