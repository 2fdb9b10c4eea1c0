package io.github.twinpool.emulator;

import io.github.twinpool.emulator.NetworkGate.Mode;
import io.github.twinpool.emulator.NetworkGate.Pace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection through a {@link NetworkGate}, and the one to the server that is opened
 * at the client's first byte. Only the gate's thread uses it.
 */
final class GateConnection implements GateLoop.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(GateConnection.class);

  private final NetworkGate gate;
  private final SocketChannel client;
  private @Nullable SocketChannel backend;
  private final ByteStream requests = new ByteStream();
  private final ByteStream answers = new ByteStream();
  private final AnswerPacer pacer = new AnswerPacer();
  private boolean wakeSet;
  private boolean requestWakeSet;

  /** Until when bytes of the client are kept, on the gate's clock. */
  private long requestsNotBefore;

  private Mode mode;

  /** Whether bytes were sent into a silence: the two sides disagree on what was said. */
  private boolean lostBytes;

  GateConnection(NetworkGate gate, SocketChannel client) {
    this.gate = gate;
    this.client = client;
    this.mode = gate.mode();
    this.requestsNotBefore = gate.loop().now();
  }

  void start() {
    attempt(
        () -> {
          client.configureBlocking(false);
          client.setOption(StandardSocketOptions.TCP_NODELAY, true);
          client.register(gate.loop().selector(), 0, this);
        });
  }

  /** The gate has a new mode. */
  void modeChanged() {
    Mode last = mode;
    mode = gate.mode();
    attempt(
        () -> {
          if (last.silent() && !requests.hasEnded()) {
            lostBytes |= discard(client) > 0; // what came and was not read
          }
          boolean underWay = requests.hasBytes() || answers.hasBytes() || pacer.awaitingAnswer();
          lostBytes |= mode.silent() && underWay;
          resetIf(
              mode == Mode.REFUSED
                  || (mode == Mode.RESET && underWay)
                  || (lostBytes && !mode.silent()));
        });
  }

  /** A socket of this connection can be read, written, or has connected. */
  @Override
  public void ready(SelectionKey key) {
    attempt(
        () -> {
          if (key.channel() == client) {
            if (key.isReadable()) {
              readClient();
            }
          } else if (backend != null) {
            if (key.isConnectable()) {
              backend.finishConnect();
            } else if (key.isReadable()) {
              readBackend(backend);
            }
          }
        });
  }

  /** The gate has a new pace. Its wake-ups of before come to nothing. */
  void paceChanged() {
    attempt(
        () -> {
          long now = gate.loop().now();
          pacer.paceChanged(now);
          requestsNotBefore = now;
          wakeSet = false;
          requestWakeSet = false;
        });
  }

  /** Passes on what may be passed on by now. */
  private void proceed() {
    attempt(() -> {});
  }

  /** Ends both connections, the client's with a reset. */
  void reset() {
    GatePort.abort(client);
    close();
  }

  private void resetIf(boolean due) {
    if (due) {
      reset();
    }
  }

  private void close() {
    gate.closed(this);
    try {
      client.close();
      if (backend != null) {
        backend.close();
      }
    } catch (IOException e) {
      LOG.trace("closed already", e);
    }
  }

  /** Does something, then passes on what can be passed on. A broken connection is reset. */
  private void attempt(GateLoop.Task step) {
    try {
      if (client.isOpen()) {
        step.run();
      }
      if (client.isOpen()) {
        passOn();
      }
      if (client.isOpen()) {
        listen();
      }
    } catch (IOException e) {
      LOG.trace("connection broken", e);
      reset();
    }
  }

  private void readClient() throws IOException {
    if (mode == Mode.RESET) {
      resetIf(discard(client) > 0);
    } else if (mode.silent() || lostBytes) {
      lostBytes |= discard(client) > 0;
    } else {
      readRequest();
    }
  }

  private void readRequest() throws IOException {
    int bytes;
    try {
      bytes = requests.readFrom(client);
    } catch (IOException e) {
      if (!requests.hasBytes()) {
        throw e;
      }
      LOG.trace("the client is gone, and what it sent is still on its way", e);
      requests.end();
      return;
    }
    if (bytes > 0) {
      delayRequest(bytes);
      pacer.requested();
      if (backend == null) {
        connect();
      }
    }
  }

  private void delayRequest(int bytes) {
    long now = gate.loop().now();
    Pace pace = gate.pace();
    boolean keeping = requestsNotBefore - now > 0;
    if (!pacer.awaitingAnswer() && !keeping) {
      requestsNotBefore = now + pace.requestLatency();
    }
    long loss = (backend == null ? pace.loss().ofHandshake() : 0) + pace.loss().of(bytes);
    if (loss > 0) {
      requestsNotBefore = (requestsNotBefore - now > 0 ? requestsNotBefore : now) + loss;
    }
  }

  private void readBackend(SocketChannel source) throws IOException {
    if (mode == Mode.RESET) {
      resetIf(discard(source) > 0);
      return;
    }
    // TLS has the server say something after each of its client's flights.
    boolean holds = mode == Mode.HOLDING && (gate.opaque() || pacer.awaitingAnswer());
    int bytes;
    try {
      bytes = answers.readFrom(source);
    } catch (IOException e) {
      if (!holds) {
        throw e;
      }
      bytes = -1;
    }
    if (bytes > 0) {
      pacer.answered(answers.last(bytes), gate.loop().now(), gate.pace());
    } else if (bytes < 0 && holds) {
      lostBytes = true;
      source.close();
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
    backend = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(gate.backend());
    channel.register(gate.loop().selector(), 0, this);
  }

  /** Reads and forgets, and closes at the end: the number of bytes, or -1. */
  private int discard(SocketChannel source) throws IOException {
    int bytes = source.read(ByteBuffer.allocate(ByteStream.CAPACITY));
    if (bytes < 0) {
      close();
    }
    return bytes;
  }

  private boolean relays() {
    return !mode.silent() && !lostBytes;
  }

  private void passOn() throws IOException {
    if (!relays()) {
      return;
    }
    if (backend == null) {
      if (requests.hasEnded()) {
        close();
      }
      return;
    }
    if (backend.isConnected()) {
      passRequestsOn(backend);
    }
    passAnswersOn();
    if (requests.isOver() && answers.isOver()) {
      close();
    }
  }

  private void passRequestsOn(SocketChannel target) throws IOException {
    if (requestsNotBefore - gate.loop().now() <= 0) {
      requests.writeTo(target, Integer.MAX_VALUE);
    } else if (!requestWakeSet) {
      requestWakeSet = true;
      gate.loop().at(requestsNotBefore, this::requestsMayGo);
    }
  }

  private void requestsMayGo() {
    requestWakeSet = false;
    proceed();
  }

  private void pauseEnded() {
    wakeSet = false;
    proceed();
  }

  private void passAnswersOn() throws IOException {
    long now = gate.loop().now();
    Pace pace = gate.pace();
    pacer.passedOn(answers.writeTo(client, pacer.allowed(now, pace)), now, pace);
    if (answers.hasBytes() && pacer.pausing(now) && !wakeSet) {
      wakeSet = true;
      gate.loop().at(pacer.notBefore(), this::pauseEnded);
    }
  }

  /** Tells the selector what this connection waits for. */
  private void listen() {
    boolean relays = relays();
    boolean swallows = mode == Mode.HANG || (lostBytes && mode != Mode.BLACKHOLE);
    int clientOps = 0;
    if (!requests.hasEnded() && (swallows || (relays && requests.wantsBytes()))) {
      clientOps |= SelectionKey.OP_READ;
    }
    if (relays && answers.hasBytes() && !wakeSet) {
      clientOps |= SelectionKey.OP_WRITE;
    }
    client.keyFor(gate.loop().selector()).interestOps(clientOps);
    if (backend == null || !backend.isOpen()) {
      return;
    }
    int backendOps = 0;
    if (!backend.isConnected()) {
      backendOps = SelectionKey.OP_CONNECT;
    } else if (relays) {
      backendOps |= answers.wantsBytes() ? SelectionKey.OP_READ : 0;
      backendOps |= requests.hasBytes() && !requestWakeSet ? SelectionKey.OP_WRITE : 0;
    }
    backend.keyFor(gate.loop().selector()).interestOps(backendOps);
  }
}
