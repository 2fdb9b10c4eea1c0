package io.github.twinpool.emulator.internal.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks one name server as the resolver of a Linux system does, and fails with the exceptions that a
 * JVM makes of its failures. It remembers nothing. Thread-safe if its randomness is.
 */
public final class StubResolver {
  private static final int TRIES = 2;

  private final InetSocketAddress server;
  private final RandomGenerator random;

  /** A resolver that asks this server only. */
  public StubResolver(InetSocketAddress server, RandomGenerator random) {
    this.server = server;
    this.random = random;
  }

  /**
   * The address of a name.
   *
   * @param patience how long to wait for an answer before it asks once more, and then gives up
   * @throws UnknownHostException "Name or service not known" if there is no such name or it has no
   *     address, "Temporary failure in name resolution" if the server fails or does not answer
   */
  public InetAddress resolve(String host, Duration patience) throws UnknownHostException {
    byte[] query =
        DnsMessage.question(random.nextInt(0x10000), host).orElseThrow(() -> unknown(host));
    for (int i = 0; i < TRIES; i++) {
      Optional<DnsMessage.Answer> answer = ask(query, patience);
      int code = answer.map(DnsMessage.Answer::code).orElse(DnsMessage.SERVER_FAILURE);
      if (answer.isPresent() && code == DnsMessage.NO_ERROR && answer.get().address().length > 0) {
        return InetAddress.getByAddress(host, answer.get().address());
      }
      if (code != DnsMessage.SERVER_FAILURE) {
        throw unknown(host);
      }
    }
    throw new UnknownHostException(host + ": Temporary failure in name resolution");
  }

  private static UnknownHostException unknown(String host) {
    return new UnknownHostException(host + ": Name or service not known");
  }

  private Optional<DnsMessage.Answer> ask(byte[] query, Duration patience) {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(NameServer.loopback(), 0))) {
      socket.connect(server);
      socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
      socket.send(new DatagramPacket(query, query.length));
      byte[] buffer = new byte[DnsMessage.LONGEST];
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      return DnsMessage.parseAnswer(query, ByteBuffer.wrap(buffer, 0, packet.getLength()));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // The server is gone.
    }
  }
}
