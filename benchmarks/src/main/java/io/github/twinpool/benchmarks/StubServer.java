package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * The least that an SDK client takes for Cognito: every request on a kept connection gets the same
 * answer at once. A thread for each connection.
 */
final class StubServer implements AutoCloseable {
  private static final String BODY = "{\"UserAttributes\":[],\"Username\":\"ada\"}";
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY)
          .getBytes(ISO_8859_1);

  private final ServerSocket server;

  StubServer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "stub-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end of the benchmark.
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (skipRequest(in)) {
        out.write(ANSWER);
      }
    } catch (IOException closed) {
      // The client has left.
    }
  }

  private static boolean skipRequest(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).trim());
      }
    }
    return length > 0 && in.readNBytes(length).length == length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
