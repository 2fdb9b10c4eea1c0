package io.github.twinpool.failover.internal.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names are looked up without ever holding a caller for long. */
class NameLookupsTest {
  private static final String HOST = "cognito-idp.us-east-1.amazonaws.com";

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile NameLookups.Source source = host -> addresses("192.0.2.1");
  private final NameLookups names =
      new NameLookups(
          host -> {
            asked.incrementAndGet();
            return source.addressesOf(host);
          },
          now::get);

  @AfterEach
  void close() {
    never.countDown();
    names.close();
  }

  private static InetAddress[] addresses(String... texts) throws UnknownHostException {
    InetAddress[] all = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      all[i] = InetAddress.getByName(texts[i]);
    }
    return all;
  }

  private InetAddress[] hangs(String host) throws UnknownHostException {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException(host);
  }

  private static InetAddress[] fails(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  @Test
  void an_answer_is_passed_on() throws Exception {
    assertThat(names.resolve(HOST)).containsExactly(addresses("192.0.2.1"));
  }

  @Test
  void each_connection_asks_anew() throws Exception {
    names.resolve(HOST);
    source = host -> addresses("192.0.2.2");
    await()
        .untilAsserted(
            () -> assertThat(names.resolve(HOST)).containsExactly(addresses("192.0.2.2")));
  }

  @Test
  void a_name_that_is_gone_keeps_its_addresses_for_an_hour() throws Exception {
    names.resolve(HOST);
    source = NameLookupsTest::fails;
    now.addAndGet(Duration.ofMinutes(59).toNanos());
    assertThat(names.resolve(HOST)).containsExactly(addresses("192.0.2.1"));
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThatThrownBy(() -> names.resolve(HOST)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void a_name_that_was_never_known_is_unknown() {
    source = NameLookupsTest::fails;
    assertThatThrownBy(() -> names.resolve(HOST))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining(HOST);
  }

  @Test
  void a_look_up_that_hangs_costs_one_caller_a_moment_and_the_next_one_nothing() throws Exception {
    names.resolve(HOST);
    await().until(() -> !names.isLookingUp(HOST));
    source = this::hangs;
    assertThat(names.resolve(HOST)).containsExactly(addresses("192.0.2.1"));
    now.addAndGet(Duration.ofMillis(600).toNanos());
    for (int i = 0; i < 1_000; i++) {
      // Each would wait half a second, and together they would for minutes.
      assertThat(names.resolve(HOST)).containsExactly(addresses("192.0.2.1"));
    }
    assertThat(asked).as("one look-up at a time").hasValue(2);
  }

  @Test
  void an_interrupted_caller_stays_interrupted() {
    source = this::hangs;
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> names.resolve(HOST)).isInstanceOf(UnknownHostException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void an_address_is_not_looked_up() throws Exception {
    assertThat(names.resolve("127.0.0.1")).containsExactly(addresses("127.0.0.1"));
    assertThat(names.resolve("::1")).containsExactly(addresses("::1"));
    assertThat(asked).hasValue(0);
  }
}
