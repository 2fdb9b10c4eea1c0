package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.NetworkGate.Mode;
import io.github.twinpool.emulator.NetworkGate.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class NetworkGateTest {
  private static final String EXCHANGE = "are you there?";
  private static final int PATIENT_MILLIS = 60_000;

  /** How long a test listens to a silence. */
  private static final int SILENCE_MILLIS = 300;

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private RawBackend backend;
  private NetworkGate gate;

  @BeforeEach
  void openGateToAnEcho() throws IOException {
    openGateTo(RawBackend.echo());
  }

  private void openGateTo(RawBackend server) {
    backend = server;
    toClose.add(server);
    gate = NetworkGate.open(0, server.port(), System::nanoTime);
    toClose.add(gate);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = toClose.size() - 1; i >= 0; i--) {
      toClose.get(i).close();
    }
  }

  @Test
  void an_open_gate_relays_megabytes_exactly_to_a_slow_reader_and_the_end_of_the_stream()
      throws Exception {
    byte[] sent = random(8_000_000, 1);
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4096);
      client.connect(address(), PATIENT_MILLIS);
      CompletableFuture<Void> writing =
          inBackground(
              () -> {
                client.getOutputStream().write(sent);
                client.shutdownOutput();
              });

      assertThat(Arrays.equals(readSlowly(client.getInputStream()), sent)).isTrue();
      writing.get();
    }
    await().until(() -> backend.openConnections() == 0);
  }

  private static byte[] readSlowly(InputStream in) throws IOException {
    Random random = new Random(2);
    var received = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[2000];
    for (int n = 0; n >= 0; n = in.read(buffer, 0, 1 + random.nextInt(buffer.length))) {
      received.write(buffer, 0, n);
    }
    return received.toByteArray();
  }

  @Test
  void a_client_that_has_ended_its_side_still_gets_its_answer() throws Exception {
    openGateTo(
        RawBackend.of(
            socket -> {
              byte[] all = socket.getInputStream().readAllBytes();
              socket.getOutputStream().write(all);
            }));
    try (Socket client = connect()) {
      client.getOutputStream().write(random(100_000, 3));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(random(100_000, 3));
    }
  }

  @Test
  void a_server_that_hangs_up_is_passed_on() throws Exception {
    openGateTo(RawBackend.of(socket -> socket.getInputStream().read()));
    try (Socket client = connect()) {
      say(client, "x");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_server_that_is_gone_becomes_a_reset() throws Exception {
    try (Socket notListening = new Socket()) {
      notListening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      gate = NetworkGate.open(0, notListening.getLocalPort(), System::nanoTime);
      toClose.add(gate);
      Socket client = connect();
      say(client, "x");
      assertReset(client);
    }
  }

  @Test
  void five_hundred_connections_work_at_once() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clients.add(connect());
    }
    for (int round = 0; round < 3; round++) {
      for (Socket client : clients) {
        say(client, "round " + round + " of " + client.getLocalPort());
      }
      for (Socket client : clients) {
        hear(client, "round " + round + " of " + client.getLocalPort());
      }
    }
    assertThat(backend.openConnections()).isEqualTo(500);
    for (Socket client : clients) {
      client.close();
    }
    await().until(() -> backend.openConnections() == 0);
  }

  @Test
  void refused_resets_open_connections_and_refuses_new_ones_until_it_ends() throws Exception {
    try (Socket idle = connect();
        Socket used = connect()) {
      exchange(used);

      gate.mode(Mode.REFUSED);

      assertReset(idle);
      assertReset(used);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      }
    }
    gate.mode(Mode.OPEN);
    assertServed();
    gate.mode(Mode.REFUSED);
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void a_refused_port_stays_ours() throws Exception {
    gate.mode(Mode.REFUSED);
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      assertThatThrownBy(() -> other.bind(address())).isInstanceOf(BindException.class);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_blackhole_leaves_connects_unanswered_until_it_ends() throws Exception {
    gate.mode(Mode.BLACKHOLE);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> new Socket().connect(address(), SILENCE_MILLIS))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("onnect");
    }
    CompletableFuture<Void> patient = inBackground(this::assertServed);
    List<CompletableFuture<Void>> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(inBackground(this::assertServed));
    }
    assertThatThrownBy(() -> new Socket().connect(address(), SILENCE_MILLIS))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(patient).isNotDone();

    gate.mode(Mode.OPEN);

    patient.get(); // its SYN is sent again by the kernel
    for (CompletableFuture<Void> each : many) {
      each.get();
    }
    assertServed();
  }

  @Test
  void only_refused_refuses_also_while_modes_change() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger connects = new AtomicInteger();
    CompletableFuture<Void> connecting =
        inBackground(
            () -> {
              while (!over.get()) {
                try (Socket client = new Socket()) {
                  client.connect(address(), 20);
                } catch (SocketTimeoutException e) {
                  // a blackhole
                }
                connects.incrementAndGet();
              }
            });
    for (int i = 0; i < 2; i++) {
      for (Mode mode :
          List.of(
              Mode.BLACKHOLE, Mode.OPEN, Mode.BLACKHOLE, Mode.HANG, Mode.BLACKHOLE, Mode.RESET)) {
        gate.mode(mode);
        int before = connects.get();
        await().until(() -> connects.get() > before + 1 || connecting.isDone());
      }
    }
    over.set(true);
    connecting.get();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"BLACKHOLE", "HANG"})
  void open_connections_fall_silent_and_what_they_sent_is_lost(Mode silence) throws Exception {
    try (Socket idle = connect();
        Socket used = connect();
        Socket asking = connect()) {
      exchange(idle);
      exchange(used);
      long before = backend.bytesSeen();

      gate.mode(silence);
      say(used, "lost");
      say(asking, "lost");
      assertSilent(used);
      assertSilent(asking);
      assertSilent(idle);
      gate.mode(Mode.OPEN);

      assertReset(used);
      assertReset(asking);
      exchange(idle);
      assertServed();
      assertThat(backend.bytesSeen()).isEqualTo(before + 2L * EXCHANGE.length());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"BLACKHOLE", "HANG"})
  void an_answer_on_its_way_stops_and_does_not_come_late(Mode silence) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    openGateTo(
        RawBackend.of(
            socket -> {
              socket.getInputStream().read();
              asked.countDown();
              awaitQuietly(mayAnswer);
              socket.getOutputStream().write('y');
              socket.getInputStream().read();
            }));
    try (Socket client = connect()) {
      say(client, "x");
      asked.await();
      gate.mode(silence);
      mayAnswer.countDown();
      assertSilent(client);
      gate.mode(Mode.OPEN);
      assertReset(client);
    }
  }

  @Test
  void a_hang_accepts_and_swallows_megabytes() throws Exception {
    gate.mode(Mode.HANG);
    try (Socket client = connect();
        Socket silentSoFar = connect()) {
      client.getOutputStream().write(random(20_000_000, 4));
      assertSilent(client);
      assertThat(backend.openConnections()).isZero();

      gate.mode(Mode.OPEN);

      assertReset(client);
      exchange(silentSoFar);
    }
    assertThat(backend.bytesSeen()).isEqualTo(EXCHANGE.length());
  }

  @Test
  void a_client_that_leaves_during_a_hang_leaves_nothing_behind() throws Exception {
    Socket client = connect();
    exchange(client);
    gate.mode(Mode.HANG);
    client.close();
    await().until(() -> backend.openConnections() == 0);
  }

  @Test
  void one_silence_after_another_is_one_silence() throws Exception {
    try (Socket idle = connect();
        Socket used = connect()) {
      gate.mode(Mode.HANG);
      say(used, "lost");
      gate.mode(Mode.BLACKHOLE);
      gate.mode(Mode.BLACKHOLE);
      assertSilent(used);
      gate.mode(Mode.HANG);
      assertSilent(used);
      gate.mode(Mode.HOLDING);
      assertReset(used);
      exchange(idle);
    }
  }

  @Test
  void reset_answers_the_first_byte_of_a_request_with_a_reset() throws Exception {
    try (Socket idle = connect();
        Socket used = connect()) {
      exchange(idle);
      exchange(used);
      long before = backend.bytesSeen();

      gate.mode(Mode.RESET);

      say(used, "x");
      assertReset(used);
      try (Socket fresh = connect()) {
        assertSilent(fresh);
        say(fresh, "x");
        assertReset(fresh);
      }
      gate.mode(Mode.OPEN);
      exchange(idle);
      assertThat(backend.bytesSeen()).isEqualTo(before + EXCHANGE.length());
    }
  }

  @Test
  void holding_keeps_a_client_waiting_whose_server_hung_up_and_resets_it_in_the_end()
      throws Exception {
    openGateTo(
        RawBackend.of(
            socket -> {
              if (socket.getInputStream().read() == 'a') {
                socket.getOutputStream().write('b');
              }
            }));
    gate.mode(Mode.HOLDING);
    try (Socket held = connect();
        Socket answered = connect()) {
      say(held, "x");
      say(answered, "a");
      hear(answered, "b");
      assertThat(answered.getInputStream().read()).isEqualTo(-1);
      assertSilent(held);
      gate.mode(Mode.OPEN);
      assertReset(held);
    }
  }

  @Test
  void an_answer_waits_for_the_latency() throws Exception {
    gate.pace(Pace.of(Duration.ofMillis(200), Duration.ZERO));
    try (Socket client = connect()) {
      for (int i = 0; i < 3; i++) {
        long started = System.nanoTime();
        exchange(client);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isGreaterThan(Duration.ofMillis(199));
      }
      gate.pace(Pace.of(Duration.ofMinutes(10), Duration.ZERO));
      say(client, "x");
      assertSilent(client);
      gate.mode(Mode.HANG);
      gate.mode(Mode.OPEN);
      assertReset(client);
    }
  }

  @Test
  void a_dripping_answer_shows_its_header_at_once_and_its_body_byte_by_byte() throws Exception {
    String header = "HTTP/1.1 200 OK\r\nX: \r\r\n\r\n";
    gate.pace(Pace.of(Duration.ZERO, Duration.ofMinutes(10)));
    try (Socket client = connect()) {
      say(client, header + "body");
      hear(client, header);
      assertSilent(client);

      gate.pace(Pace.of(Duration.ZERO, Duration.ofMillis(50)));
    }
    try (Socket client = connect()) {
      say(client, header.substring(0, 20));
      hear(client, header.substring(0, 20));
      long started = System.nanoTime();
      say(client, "\r\n\r\nbody");
      hear(client, "\r\n\r\nbody");
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isGreaterThan(Duration.ofMillis(4 * 50));
      gate.pace(Pace.of(Duration.ZERO, Duration.ZERO));
      exchange(client);
    }
  }

  @Test
  void what_waits_for_a_pace_goes_on_at_once_when_the_pace_ends() throws Exception {
    String header = "HTTP/1.1 200 OK\r\n\r\n";
    gate.pace(Pace.of(Duration.ZERO, Duration.ofMinutes(10)));
    try (Socket dripping = connect()) {
      say(dripping, header + "body");
      hear(dripping, header);
      assertSilent(dripping);
      gate.pace(Pace.of(Duration.ofMinutes(10), Duration.ZERO));
      hear(dripping, "body");
      say(dripping, "x");
      assertSilent(dripping);
      gate.pace(new Pace(Duration.ofMinutes(10).toNanos(), 0, 0, PacketLoss.none()));
      hear(dripping, "x");
      long before = backend.bytesSeen();
      say(dripping, "y");
      assertSilent(dripping);
      assertThat(backend.bytesSeen()).isEqualTo(before);
      gate.pace(Pace.unhindered());
      hear(dripping, "y");
      exchange(dripping);
    }
  }

  @Test
  void a_request_waits_for_its_latency_before_it_reaches_the_server() throws Exception {
    gate.pace(new Pace(Duration.ofMillis(200).toNanos(), 0, 0, PacketLoss.none()));
    try (Socket client = connect()) {
      for (int i = 0; i < 3; i++) {
        long started = System.nanoTime();
        exchange(client);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isGreaterThan(Duration.ofMillis(199));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_late_request_reaches_the_server_although_its_client_is_gone(boolean withReset)
      throws Exception {
    gate.pace(new Pace(Duration.ofMillis(300).toNanos(), 0, 0, PacketLoss.none()));
    Socket client = connect();
    say(client, EXCHANGE);
    if (withReset) {
      client.setSoLinger(true, 0);
    }
    client.close();
    await().until(() -> backend.bytesSeen() == EXCHANGE.length());
    await().until(() -> backend.openConnections() == 0);
  }

  @Test
  void packets_that_are_lost_again_and_again_keep_both_sides_waiting_until_the_loss_ends()
      throws Exception {
    gate.pace(new Pace(0, 0, 0, new PacketLoss(1, new Random(1))));
    try (Socket client = connect()) {
      say(client, EXCHANGE);
      assertSilent(client);
      assertThat(backend.bytesSeen()).isZero();
      gate.pace(Pace.unhindered());
      hear(client, EXCHANGE);
    }
  }

  @Test
  void thirty_percent_of_lost_packets_change_no_byte() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Socket client = connect();
      exchange(client);
      clients.add(client);
    }
    gate.pace(new Pace(0, 0, 0, new PacketLoss(0.3, new Random(1))));
    byte[] sent = random(5_000, 5);
    for (Socket client : clients) {
      client.getOutputStream().write(sent);
    }
    for (Socket client : clients) {
      assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void closing_in_any_mode_leaves_no_thread_no_connection_and_no_port(Mode mode) throws Exception {
    Socket client = connect();
    exchange(client);
    gate.mode(mode);

    gate.close();
    gate.close();

    assertReset(client);
    client.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("twinpool-gate-" + gate.port());
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(false);
      again.bind(address());
    }
    await().until(() -> backend.openConnections() == 0);
    assertThatThrownBy(() -> gate.mode(Mode.OPEN)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void modes_are_switched_under_load_and_no_answer_is_wrong() throws Exception {
    long seed = System.nanoTime();
    System.out.println("modes_are_switched_under_load: seed " + seed);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    List<CompletableFuture<Void>> loads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Random random = new Random(seed + i);
      loads.add(
          inBackground(
              () -> {
                while (!over.get()) {
                  askUntilItFails(random, over, answers);
                }
              }));
    }
    Random random = new Random(seed);
    List<Mode> modes = List.of(Mode.values());
    for (int i = 0; i < 40; i++) {
      gate.mode(modes.get(random.nextInt(modes.size())));
      gate.mode(Mode.OPEN);
      int before = answers.get();
      await().atMost(Duration.ofSeconds(60)).until(() -> answers.get() > before);
    }
    over.set(true);
    for (CompletableFuture<Void> load : loads) {
      load.get();
    }
    await().until(() -> backend.openConnections() == 0);
    assertServed();
  }

  private void askUntilItFails(Random random, AtomicBoolean over, AtomicInteger answers) {
    try (Socket client = new Socket()) {
      client.connect(address(), 500);
      client.setSoTimeout(500);
      while (!over.get()) {
        byte[] question = random(1 + random.nextInt(50_000), random.nextLong());
        client.getOutputStream().write(question);
        byte[] answer = client.getInputStream().readNBytes(question.length);
        if (answer.length < question.length) {
          return;
        }
        assertThat(Arrays.equals(answer, question)).as("the answer is the question").isTrue();
        answers.incrementAndGet();
      }
    } catch (IOException e) {
      // an outage, and the next connection is tried
    }
  }

  private void exchange(Socket client) throws IOException {
    say(client, EXCHANGE);
    hear(client, EXCHANGE);
  }

  private void assertServed() throws IOException {
    try (Socket client = connect()) {
      exchange(client);
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static void hear(Socket client, String text) throws IOException {
    assertThat(client.getInputStream().readNBytes(text.length()))
        .asString(US_ASCII)
        .isEqualTo(text);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(PATIENT_MILLIS);
  }

  private static void assertReset(Socket client) {
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private Socket connect() throws IOException {
    Socket client = new Socket();
    toClose.add(client);
    client.connect(address(), PATIENT_MILLIS);
    client.setSoTimeout(PATIENT_MILLIS);
    client.setTcpNoDelay(true);
    return client;
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port());
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> inBackground(Action action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
                done.complete(null);
              } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
