package io.github.twinpool.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a loopback port that does the same with each connection, and counts its bytes. */
final class RawBackend implements AutoCloseable {
  interface Behaviour {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "raw-backend");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesSeen = new AtomicLong();

  private RawBackend(Behaviour behaviour) throws IOException {
    threads.execute(() -> accept(behaviour));
  }

  static RawBackend of(Behaviour behaviour) throws IOException {
    return new RawBackend(behaviour);
  }

  /** Sends back what it gets, as it gets it, and ends when the client does. */
  static RawBackend echo() throws IOException {
    AtomicLong[] seen = new AtomicLong[1];
    RawBackend backend =
        new RawBackend(
            socket -> {
              byte[] buffer = new byte[8 * 1024];
              for (int n = read(socket, buffer); n >= 0; n = read(socket, buffer)) {
                seen[0].addAndGet(n);
                socket.getOutputStream().write(buffer, 0, n);
              }
            });
    seen[0] = backend.bytesSeen;
    return backend;
  }

  private static int read(Socket socket, byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> serve(behaviour, socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.serve(socket);
    } catch (IOException e) {
      // the other side is gone, which is what these tests are about
    } finally {
      sockets.remove(socket);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  int openConnections() {
    return sockets.size();
  }

  long bytesSeen() {
    return bytesSeen.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
