package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host behind a gateway that forgets connections: the next request on one of them is reset. */
final class ForgetfulGateway implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final String TOKEN =
      "{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"sub\":\"ada\"}";

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Connections reset = Connections.NONE;
  private volatile boolean afterTheHead;
  private volatile CountDownLatch together = new CountDownLatch(0);

  private enum Connections {
    NONE,
    THAT_STOOD,
    ALL
  }

  ForgetfulGateway() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Forgets the connections that stand; a new one works. */
  void forgets() {
    reset = Connections.THAT_STOOD;
  }

  /** No connection works. */
  void resetsEverything() {
    reset = Connections.ALL;
  }

  /** The next requests are answered once this many are here: each on a connection of its own. */
  void answersTogether(int many) {
    together = new CountDownLatch(many);
  }

  /** Resets come after the head of an answer. */
  void answersInPart() {
    afterTheHead = true;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      boolean first = true;
      while (readRequest(socket.getInputStream())) {
        requests.incrementAndGet();
        together.countDown();
        together.await();
        boolean resets = reset == Connections.ALL || (reset == Connections.THAT_STOOD && !first);
        first = false;
        if (resets) {
          if (afterTheHead) {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
          }
          socket.setSoLinger(true, 0);
          return;
        }
        write(
            socket,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + TOKEN.length()
                + "\r\n\r\n"
                + TOKEN);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // The client has closed its side, or the test is over.
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Whether there was one more request. */
  private static boolean readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.write(next);
    }
    Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
    return !length.find()
        || in.readNBytes(Integer.parseInt(length.group(1))).length
            == Integer.parseInt(length.group(1));
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
