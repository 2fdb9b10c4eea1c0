package io.github.twinpool.emulator.internal.dns;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A name server on a UDP port of loopback, with one daemon thread. It asks no other server. A
 * message that is not a question gets no answer.
 */
public final class NameServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Function<String, Answer> names;
  private final DatagramSocket socket;
  private final Thread thread;

  /** What a name server says about a name. */
  public enum Answer {
    /** The name's address, which is 127.0.0.1. */
    LOOPBACK,
    /** There is no such name: NXDOMAIN. */
    NO_SUCH_NAME,
    /** SERVFAIL. */
    SERVER_FAILURE,
    /** Nothing at all. */
    NONE
  }

  private NameServer(Function<String, Answer> names, DatagramSocket socket) {
    this.names = names;
    this.socket = socket;
    thread = TwinpoolThreads.thread("twinpool-emulator-dns", this::serve);
  }

  /**
   * Starts one.
   *
   * @param names what to say about a name, which is in lower case and has no dot at its end
   */
  public static NameServer start(Function<String, Answer> names) {
    try {
      NameServer server =
          new NameServer(names, new DatagramSocket(new InetSocketAddress(loopback(), 0)));
      server.thread.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no UDP port of 127.0.0.1 can be had", e);
    }
  }

  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(LOOPBACK);
  }

  /** Where it answers. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void serve() {
    byte[] buffer = new byte[DnsMessage.LONGEST];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Optional<byte[]> answer =
            DnsMessage.parse(ByteBuffer.wrap(buffer, 0, packet.getLength()).slice())
                .flatMap(this::answer);
        if (answer.isPresent()) {
          byte[] bytes = answer.get();
          socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        LOG.trace("closed, or the asker is gone", e);
      }
    }
  }

  private Optional<byte[]> answer(DnsMessage.Question question) {
    return switch (names.apply(question.name())) {
      case LOOPBACK ->
          Optional.of(DnsMessage.answer(question, DnsMessage.NO_ERROR, LOOPBACK.clone()));
      case NO_SUCH_NAME -> Optional.of(DnsMessage.answer(question, DnsMessage.NO_SUCH_NAME));
      case SERVER_FAILURE -> Optional.of(DnsMessage.answer(question, DnsMessage.SERVER_FAILURE));
      case NONE -> Optional.empty();
    };
  }

  /** Gives the port back and ends the thread. */
  @Override
  public void close() {
    socket.close();
  }
}
