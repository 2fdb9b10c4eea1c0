package io.github.twinpool.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

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

  private final GateLoop loop;
  private final GatePort port;
  private final InetSocketAddress backend;

  /** Touched by the loop's thread only. */
  private final Set<GateConnection> connections = new LinkedHashSet<>();

  private volatile Mode mode = Mode.OPEN;
  private volatile Pace pace = Pace.UNHINDERED;

  private NetworkGate(GateLoop loop, int port, int backendPort) throws IOException {
    this.loop = loop;
    this.port = new GatePort(loop.selector(), port, this::add);
    this.backend = GatePort.loopback(backendPort);
  }

  /**
   * An OPEN gate.
   *
   * @param port the public port on 127.0.0.1, or 0 for any that is free
   * @throws UncheckedIOException naming the port, if it cannot be had
   */
  static NetworkGate open(int port, int backendPort, LongSupplier nanoTime) {
    try {
      GateLoop loop = new GateLoop(nanoTime);
      try {
        NetworkGate gate = new NetworkGate(loop, port, backendPort);
        loop.start("twinpool-gate-" + gate.port());
        return gate;
      } catch (IOException e) {
        loop.selector().close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage(), e);
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
   * @throws UncheckedIOException if somebody else took the port while it was refused
   * @throws IllegalStateException if the gate is closed
   */
  void mode(Mode next) {
    loop.call(
        () -> {
          if (next != mode) {
            enter(next);
          }
        });
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
    loop.call(
        () -> {
          pace = next;
          List.copyOf(connections).forEach(GateConnection::proceed);
        });
  }

  /** Resets all connections and gives the port back. Closing again does nothing. */
  @Override
  public void close() {
    loop.end(
        () -> {
          List.copyOf(connections).forEach(GateConnection::reset);
          port.close();
        });
  }

  private void enter(Mode next) throws IOException {
    switch (next) {
      case REFUSED -> port.refuse();
      case BLACKHOLE -> port.leaveUnanswered();
      // Adds the clients that were caught in the queue, in the mode in which they were caught.
      case OPEN, HANG, RESET, HOLDING -> port.answer();
    }
    mode = next;
    List.copyOf(connections).forEach(GateConnection::modeChanged);
  }

  private void add(SocketChannel client) {
    GateConnection connection = new GateConnection(this, client);
    connections.add(connection);
    connection.start();
  }

  // For the connections, on the loop's thread.

  GateLoop loop() {
    return loop;
  }

  InetSocketAddress backend() {
    return backend;
  }

  Pace pace() {
    return pace;
  }

  void closed(GateConnection connection) {
    connections.remove(connection);
  }

  /** How slowly answers pass, in nanoseconds. */
  record Pace(long latency, long bytePause) {
    static final Pace UNHINDERED = new Pace(0, 0);
  }
}
