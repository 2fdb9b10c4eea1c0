package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import io.github.twinpool.spring.Effects.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each property does, in a running application; a new property wants a row here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1) // long: first, so that nobody waits for it alone
class PropertyEffectsTest {
  /** Those that no row uses now: never more than threads that run rows. */
  private final BlockingDeque<TestPool> idle = new LinkedBlockingDeque<>();

  @AfterAll
  void stop() {
    idle.forEach(TestPool::close);
  }

  static Stream<Row> rows() {
    return Stream.of(
            PoolEffects.rows(),
            FailoverEffects.rows(),
            HealthCheckEffects.rows(),
            TokenEffects.rows(),
            OAuthEffects.rows())
        .flatMap(rows -> rows);
  }

  /** Most of the time goes into waiting: several at a time, each with an emulator to itself. */
  @ParameterizedTest
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void a_property_has_its_effect(Row row) throws Exception {
    TestPool last = idle.poll();
    TestPool pool = last == null ? new TestPool() : last;
    try {
      row.effect().show(new Effects(pool));
    } finally {
      pool.outage(Outage.none());
      idle.push(pool);
    }
  }

  @Test
  void every_property_of_the_metadata_has_a_row() throws IOException {
    Set<String> properties = new TreeSet<>();
    try (InputStream in =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
        properties.add(property.get("name").asString());
      }
    }
    properties.removeIf(it -> !it.startsWith("twinpool."));

    assertThat(properties).hasSizeGreaterThan(70);
    assertThat(rows().map(Row::property)).containsExactlyInAnyOrderElementsOf(properties);
  }
}
