package io.github.twinpool.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP gate on a public loopback port, in front of a server's own port: it relays bytes, or fails
 * the way a network fails. One daemon thread does everything; all methods may be called from any
 * thread, and a change is in force when the method that asks for it returns.
 *
 * <p>{@link Mode#BLACKHOLE} and the reserved port of {@link Mode#REFUSED} rest on Linux: a full
 * accept queue leaves connects unanswered, and a bound socket that does not listen keeps a port.
 * Where a full queue refuses or where it has no limit, BLACKHOLE behaves like {@link Mode#HANG} to
 * all who get a connection.
 */
final class NetworkGate implements AutoCloseable {
  /** What the gate does with connections and their bytes. */
  enum Mode {
    /** Bytes are relayed both ways. */
    OPEN,
    /** Connects are refused, open connections are reset. */
    REFUSED,
    /** Connects stay unanswered, open connections fall silent. */
    BLACKHOLE,
    /**
     * Connects succeed, and all connections are silent: requests are swallowed. Those that lost
     * bytes are reset when the mode ends, so that nothing is ever answered late.
     */
    HANG,
    /** Connects succeed, the first byte of a request or an answer gets a reset. */
    RESET,
    /**
     * As OPEN, but if the server hangs up on a request, its client keeps waiting and is reset when
     * the mode ends.
     */
    HOLDING;

    boolean silent() {
      return this == BLACKHOLE || this == HANG;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(NetworkGate.class);

  private final Selector selector;
  private final GatePort port;
  private final InetSocketAddress backend;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private volatile Mode mode = Mode.OPEN;
  private volatile Pace pace = Pace.UNHINDERED;
  private volatile boolean terminated;

  // From here on: the gate's thread only.
  private final Set<GateConnection> connections = new LinkedHashSet<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();

  private NetworkGate(int port, int backendPort, LongSupplier nanoTime) throws IOException {
    this.backend = GatePort.loopback(backendPort);
    this.nanoTime = nanoTime;
    this.selector = Selector.open();
    try {
      this.port = new GatePort(selector, port);
    } catch (IOException e) {
      selector.close();
      throw e;
    }
    this.thread = new Thread(this::run, "twinpool-gate-" + this.port.number());
    thread.setDaemon(true);
  }

  /**
   * An OPEN gate.
   *
   * @param port the public port on 127.0.0.1, or 0 for any that is free
   * @throws UncheckedIOException naming the port, if it cannot be had
   */
  static NetworkGate open(int port, int backendPort) {
    return open(port, backendPort, System::nanoTime);
  }

  static NetworkGate open(int port, int backendPort, LongSupplier nanoTime) {
    try {
      NetworkGate gate = new NetworkGate(port, backendPort, nanoTime);
      gate.thread.start();
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be had", e);
    }
  }

  int port() {
    return port.number();
  }

  Mode mode() {
    return mode;
  }

  /**
   * Switches the mode. Connections that were idle during an outage work again after it.
   *
   * @throws UncheckedIOException if the port was lost while it was refused
   * @throws IllegalStateException if the gate is closed
   */
  void mode(Mode next) {
    onGateThread(() -> enter(next));
  }

  /**
   * Slows answers down. A pause makes them drip: the header of an HTTP answer passes at once, then
   * a byte after each pause.
   *
   * @param latency waited for before each answer's first byte, zero for none
   * @param bytePause zero for none
   * @throws IllegalStateException if the gate is closed
   */
  void pace(Duration latency, Duration bytePause) {
    Pace next = new Pace(latency.toNanos(), bytePause.toNanos());
    onGateThread(
        () -> {
          pace = next;
          List.copyOf(connections).forEach(GateConnection::proceed);
        });
  }

  /** Resets all connections and gives the port back. Closing again does nothing. */
  @Override
  public void close() {
    if (!terminated) {
      try {
        onGateThread(() -> terminated = true);
      } catch (IllegalStateException e) {
        LOG.debug("closed by two at once", e);
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void onGateThread(GateTask task) {
    Command command = new Command(task, new CompletableFuture<>());
    commands.add(command);
    selector.wakeup();
    if (terminated) {
      refuseCommands();
    }
    try {
      command.done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io
          ? new UncheckedIOException(io)
          : new IllegalStateException("the gate of port " + port() + " could not", cause);
    }
  }

  private void refuseCommands() {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      command.done.completeExceptionally(new IllegalStateException("the gate is closed"));
    }
  }

  private void run() {
    try {
      while (!terminated) {
        selector.select(untilNextWake());
        serveReady();
        runCommands();
        wakeDue();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the gate of port {} broke down", port(), e);
    } finally {
      shutDown();
    }
  }

  private void serveReady() {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      try {
        if (key.attachment() instanceof GateConnection connection) {
          connection.ready(key);
        } else if (key.isAcceptable()) {
          port.accept().forEach(this::add);
        }
      } catch (CancelledKeyException e) {
        LOG.trace("closed by an event before this one", e);
      } catch (IOException e) {
        LOG.warn("port {} could not accept", port(), e);
      }
    }
  }

  private GateConnection add(SocketChannel client) {
    GateConnection connection = new GateConnection(this, client);
    connections.add(connection);
    connection.start();
    return connection;
  }

  private void enter(Mode next) throws IOException {
    if (next == mode) {
      return;
    }
    List<SocketChannel> caught = List.of();
    switch (next) {
      case REFUSED -> port.refuse();
      case BLACKHOLE -> port.leaveUnanswered();
      default -> caught = port.answer();
    }
    caught.forEach(this::add); // silent ones: the mode is still BLACKHOLE
    mode = next;
    List.copyOf(connections).forEach(GateConnection::modeChanged);
  }

  private void runCommands() throws IOException {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      try {
        command.task.run();
        selector.selectNow(); // a closed channel lets go of its socket only now
        command.done.complete(null);
      } catch (IOException | RuntimeException e) {
        command.done.completeExceptionally(e);
      }
    }
  }

  private long untilNextWake() {
    Wake next = wakes.peek();
    if (next == null) {
      return 0; // for ever
    }
    long nanos = next.at - nanoTime.getAsLong();
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
  }

  private void wakeDue() {
    long now = nanoTime.getAsLong();
    for (Wake next = wakes.peek(); next != null && next.at - now <= 0; next = wakes.peek()) {
      wakes.poll();
      next.connection.wake();
    }
  }

  private void shutDown() {
    terminated = true;
    List.copyOf(connections).forEach(GateConnection::reset);
    try {
      port.refuse();
      port.close();
      selector.close();
    } catch (IOException e) {
      LOG.warn("port {} could not be closed", port(), e);
    }
    refuseCommands();
  }

  // What connections ask of their gate, on its thread.

  Selector selector() {
    return selector;
  }

  InetSocketAddress backend() {
    return backend;
  }

  Pace pace() {
    return pace;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  void wake(GateConnection connection, long at) {
    wakes.add(new Wake(at, connection));
  }

  void closed(GateConnection connection) {
    connections.remove(connection);
  }

  /** How slowly answers pass, in nanoseconds. */
  record Pace(long latency, long bytePause) {
    static final Pace UNHINDERED = new Pace(0, 0);
  }

  private interface GateTask {
    void run() throws IOException;
  }

  private record Command(GateTask task, CompletableFuture<@Nullable Void> done) {}

  private record Wake(long at, GateConnection connection) implements Comparable<Wake> {
    @Override
    public int compareTo(Wake that) {
      return Long.signum(at - that.at);
    }
  }
}
