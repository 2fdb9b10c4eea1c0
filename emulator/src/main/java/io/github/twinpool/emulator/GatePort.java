package io.github.twinpool.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public port of a {@link NetworkGate}: it answers connects, refuses them, or leaves them
 * unanswered. Only the gate's thread uses it.
 *
 * <p>A socket that is bound and never listens keeps the port while nobody answers there. To leave
 * connects unanswered, the gate stops accepting and fills the accept queue with connections of its
 * own, the fillers: the kernel then drops each further SYN.
 */
final class GatePort {
  private static final Logger LOG = LoggerFactory.getLogger(GatePort.class);
  private static final int BACKLOG = 256;

  /** Where a full queue does not leave connects unanswered, the filling must end all the same. */
  private static final int FILLERS_MAX = 2 * BACKLOG;

  private static final int FILLER_CONNECT_MILLIS = 100;

  private final Selector selector;
  private final Consumer<SocketChannel> clients;
  private final SocketChannel holder;
  private final InetSocketAddress address;
  private @Nullable ServerSocketChannel listener;

  /** By their local ports, which are their remote ports where they are accepted. */
  private final Map<Integer, SocketChannel> fillers = new HashMap<>();

  /** A port that answers, and hands over the clients that it accepts. */
  GatePort(Selector selector, InetSocketAddress wanted, Consumer<SocketChannel> clients)
      throws IOException {
    this.selector = selector;
    this.clients = clients;
    this.holder = SocketChannel.open(StandardProtocolFamily.INET);
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.bind(wanted);
      address = (InetSocketAddress) holder.getLocalAddress();
      listener = listen();
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  int number() {
    return address.getPort();
  }

  /** Connects get a reset, those in the queue as well. The port stays ours. */
  void refuse() throws IOException {
    if (listener != null) {
      listener.close();
      selector.selectNow(); // lets go of the socket
      listener = null;
    }
    closeFillers();
  }

  /** Connects time out. */
  void leaveUnanswered() throws IOException {
    if (listener == null) {
      listener = listen();
    }
    listener.keyFor(selector).interestOps(0);
    int unanswered = 0;
    while (unanswered < 2 && fillers.size() < FILLERS_MAX) {
      unanswered = fill() ? 0 : unanswered + 1;
    }
  }

  /**
   * Connects succeed. Clients that got a place in the queue while connects were left unanswered are
   * handed over before this returns.
   */
  void answer() throws IOException {
    if (listener == null) {
      listener = listen();
    }
    // Whoever comes after the last filler has come after the queue had room again.
    while (!fillers.isEmpty()) {
      SocketChannel next = listener.accept();
      if (next == null) {
        break;
      }
      SocketChannel filler = fillers.remove(next.socket().getPort());
      if (filler == null) {
        clients.accept(next);
      } else {
        abort(next);
        abort(filler);
      }
    }
    closeFillers();
    listener.keyFor(selector).interestOps(SelectionKey.OP_ACCEPT);
  }

  /** Gives the port back. */
  void close() throws IOException {
    refuse();
    holder.close();
  }

  /** Closes with a reset instead of a farewell, if it is still open. */
  static void abort(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.trace("gone already", e);
    }
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.configureBlocking(false);
      channel.bind(address, BACKLOG);
      GateLoop.Listener accepting = key -> accept(channel);
      channel.register(selector, SelectionKey.OP_ACCEPT, accepting);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void accept(ServerSocketChannel channel) throws IOException {
    for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
      clients.accept(next);
    }
  }

  private boolean fill() throws IOException {
    SocketChannel filler = SocketChannel.open(StandardProtocolFamily.INET);
    try {
      filler.socket().connect(address, FILLER_CONNECT_MILLIS);
      fillers.put(filler.socket().getLocalPort(), filler);
      return true;
    } catch (IOException full) {
      filler.close();
      return false;
    }
  }

  private void closeFillers() {
    fillers.values().forEach(GatePort::abort);
    fillers.clear();
  }
}
