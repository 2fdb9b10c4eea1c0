package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How often the log speaks of a trouble that lasts. In virtual time. */
class WarningsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(TokenValidator.class);
  private static final String POOL = "us-east-1_WARNINGS"; // other tests log, too

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final VirtualLoop loop = new VirtualLoop();
  private final ValidatorEvents events =
      new ValidatorEvents(List.of(), Runnable::run, loop::nanoTime);

  @BeforeEach
  void listen() {
    logged.start();
    LOG.addAppender(logged);
    LOG.setLevel(Level.INFO);
    LOG.setAdditive(false);
  }

  @AfterEach
  void stop_listening() {
    LOG.detachAppender(logged);
    LOG.setLevel(null);
    LOG.setAdditive(true);
  }

  private List<String> said(Level level) {
    return logged.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .filter(text -> text.startsWith(POOL))
        .toList();
  }

  @Test
  void an_outage_of_all_sources_is_told_at_once_then_at_growing_intervals_and_when_it_is_over() {
    ScriptedSource source = new ScriptedSource("source", loop).fails(Reason.CONNECTION);
    PoolKeys keys =
        new PoolKeys(
            POOL,
            List.of(source),
            List.of(),
            KeyPolicy.of(
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofDays(3),
                Duration.ofSeconds(5)),
            loop,
            new Random(1),
            events,
            null);
    CompletableFuture<Void> loaded = keys.preload();
    loop.pass(Duration.ofSeconds(50));
    assertThat(loaded).isDone();
    assertThat(source.fetches).isGreaterThan(8);
    assertThat(said(Level.WARN)).singleElement().asString().contains("no source gives keys");
    loop.pass(Duration.ofSeconds(20));
    assertThat(said(Level.WARN)).hasSize(2);
    loop.pass(Duration.ofHours(12));
    assertThat(said(Level.WARN)).hasSizeBetween(14, 20);
    assertThat(said(Level.INFO)).isEmpty();
    source.publishes(ACCESS);
    loop.pass(Duration.ofMinutes(1));
    assertThat(said(Level.INFO))
        .singleElement()
        .asString()
        .contains("a source gives keys again, after PT12H");
    int before = said(Level.WARN).size();
    source.fails(Reason.CONNECTION);
    loop.pass(Duration.ofMinutes(6));
    assertThat(said(Level.WARN)).hasSizeGreaterThan(before).hasSizeLessThan(before + 4);
  }

  @Test
  void entries_that_cannot_be_used_and_a_useless_snapshot_are_not_told_at_every_refresh() {
    URI uri = URI.create("https://source.example");
    for (int i = 0; i < 100; i++) {
      events.fetched(POOL, uri, new Jwks(List.of(), 1));
      events.snapshotFailed(POOL, new KeySourceFailure(uri, Reason.UNWRITABLE, ""));
    }
    assertThat(said(Level.WARN)).hasSize(2);
    events.fetched(POOL, uri, new Jwks(List.of(), 0));
    events.snapshotWritten(POOL);
    assertThat(said(Level.INFO)).singleElement().asString().contains("written again");
    events.fetched(POOL, uri, new Jwks(List.of(), 1));
    assertThat(said(Level.WARN)).hasSize(3);
  }
}
