package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What tokens are made of, and what clients send, turns up nowhere. */
@ExtendWith(TestPool.Provider.class)
class SecretsTest {
  @Test
  void neither_answers_nor_logs_have_anything_of_a_request(TestPool pool) {
    List<String> tokens =
        List.of(
            pool.expired(),
            pool.idToken(),
            pool.accessToken() + "x",
            pool.accessToken().replace('.', '~'),
            "confidential token");
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
          }
        };
    Logger logger = (Logger) LoggerFactory.getLogger("io.github.twinpool.servlet");
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.TRACE);
    try (TestServer server =
        TestServer.start(CognitoTokenFilter.builder(pool.validator()).cookie("token").build())) {
      for (String token : tokens) {
        RawHttp.Answer answer =
            server.get("/confidential?confidential=1", bearer(token), "X-A: confidential");
        assertThat(answer.status()).isIn(400, 401);
        assertNothingOf(token, answer.headers() + answer.body());
        assertNothingOf(
            token, server.get("/confidential", "Cookie: token=" + token, "A: b").toString());
      }
    } finally {
      logger.setLevel(null);
      logger.detachAppender(appender);
    }
    assertThat(logged).anyMatch(line -> line.contains("EXPIRED"));
    tokens.forEach(token -> assertNothingOf(token, String.join("\n", logged)));
  }

  private static void assertNothingOf(String token, String text) {
    assertThat(text).doesNotContain("confidential");
    for (String part : token.split("[.~]", -1)) {
      assertThat(text).doesNotContain(part.substring(0, Math.min(20, part.length())));
    }
  }
}
