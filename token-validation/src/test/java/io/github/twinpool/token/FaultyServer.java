package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A JWKS host on a real loopback socket that behaves, or misbehaves, as told. */
final class FaultyServer implements AutoCloseable {
  /** What it does with a connection that has sent a request. */
  enum Fault {
    NONE,
    HANG,
    DRIP,
    DRIP_ERROR,
    RESET,
    TRUNCATED,
    GARBAGE,
    STATUS_403,
    STATUS_500,
    STATUS_204,
    REDIRECT,
    EMPTY_BODY,
    EMPTY_SET,
    NO_KEYS_MEMBER,
    KEYS_NOT_A_LIST,
    NOT_JSON,
    HTML,
    DUPLICATE_NAMES,
    DEEP,
    TOO_LARGE,
    TOO_LARGE_CHUNKED,
    USELESS_KEYS,
    OTHER_KEYS,
    SAME_IDS_OTHER_KEYS
  }

  private static final int LIMIT = 64 * 1024;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger broken = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;
  private volatile String jwks;
  private volatile CountDownLatch held = new CountDownLatch(0);

  FaultyServer(String jwks) throws IOException {
    this.jwks = jwks;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** An address that refuses connections. */
  static URI refusing() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  FaultyServer with(Fault fault) {
    this.fault = fault;
    return this;
  }

  void publish(String jwks) {
    this.jwks = jwks;
  }

  /** Lets requests wait for an answer until {@link #release()}. */
  void hold() {
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      while (readRequest(socket.getInputStream())) {
        requests.incrementAndGet();
        held.await();
        answer(socket, socket.getOutputStream());
      }
    } catch (IOException | InterruptedException gone) {
      broken.incrementAndGet();
    } finally {
      open.remove(socket);
    }
  }

  private static boolean readRequest(InputStream in) throws IOException {
    int newlines = 0;
    int b;
    while ((b = in.read()) >= 0) {
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
      if (newlines == 2) {
        return true;
      }
    }
    return false;
  }

  private void answer(Socket socket, OutputStream out) throws IOException {
    String good = jwks;
    switch (fault) {
      case NONE -> send(out, "200 OK", good);
      case HANG -> until(socket);
      case DRIP -> drip(out, "200 OK", good);
      case DRIP_ERROR -> drip(out, "500 Internal Server Error", "x".repeat(5_000));
      case RESET -> {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case TRUNCATED -> {
        write(out, head("200 OK", good.length()) + good.substring(0, good.length() / 2));
        socket.close();
      }
      case GARBAGE -> {
        write(out, "220 mail.example.com ESMTP\r\n\r\n");
        socket.close();
      }
      case STATUS_403 -> send(out, "403 Forbidden", good);
      case STATUS_500 -> send(out, "500 Internal Server Error", good);
      case STATUS_204 -> write(out, "HTTP/1.1 204 No Content\r\n\r\n");
      case REDIRECT ->
          write(
              out,
              "HTTP/1.1 302 Found\r\nLocation: " + uri() + "/moved\r\nContent-Length: 0\r\n\r\n");
      case EMPTY_BODY -> send(out, "200 OK", "");
      case EMPTY_SET -> send(out, "200 OK", "{\"keys\":[]}");
      case NO_KEYS_MEMBER -> send(out, "200 OK", "{}");
      case KEYS_NOT_A_LIST -> send(out, "200 OK", "{\"keys\":{}}");
      case NOT_JSON -> send(out, "200 OK", good + "}");
      case HTML -> send(out, "200 OK", "<html>captive portal</html>");
      case DUPLICATE_NAMES -> send(out, "200 OK", "{\"keys\":[]," + good.substring(1));
      case DEEP -> send(out, "200 OK", "[".repeat(30_000) + "]".repeat(30_000));
      case TOO_LARGE -> send(out, "200 OK", good + " ".repeat(LIMIT));
      case TOO_LARGE_CHUNKED -> chunks(out);
      case OTHER_KEYS -> send(out, "200 OK", TestKeys.jwks(TestKeys.ROTATED));
      case SAME_IDS_OTHER_KEYS ->
          send(out, "200 OK", TestKeys.jwks(TestKeys.OTHER_POOL, TestKeys.OTHER_POOL_ID));
      case USELESS_KEYS -> send(out, "200 OK", "{\"keys\":[{\"kty\":\"RSA\"},null,7]}");
    }
  }

  private static String head(String status, int length) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void send(OutputStream out, String status, String body) throws IOException {
    write(out, head(status, body.getBytes(UTF_8).length) + body);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  /** Ten bytes at once and then one every 50 ms: no read ever times out. */
  private void drip(OutputStream out, String status, String body) throws IOException {
    write(out, head(status, body.length()) + body.substring(0, 10));
    for (char c : body.substring(10).toCharArray()) {
      pause();
      write(out, String.valueOf(c));
    }
  }

  private void chunks(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (closing.getCount() > 0) {
      write(out, "400\r\n" + " ".repeat(0x400) + "\r\n");
    }
  }

  private void until(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("the client has gone");
    }
  }

  private void pause() throws IOException {
    try {
      if (closing.await(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("closing");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    held.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
