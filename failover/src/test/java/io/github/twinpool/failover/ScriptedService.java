package io.github.twinpool.failover;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A service whose API calls get what a test says, one reply after the other, on connections that
 * stay open; without a reply to give it closes the connection. Probes get an empty key set, or are
 * told that the token is bad.
 */
final class ScriptedService implements AutoCloseable {
  private record Reply(int status, String body, @Nullable Instant date) {}

  private static final Reply RESET = new Reply(0, "", null);

  private final ServerSocket server;
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Set<Socket> used = ConcurrentHashMap.newKeySet();

  ScriptedService() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "scripted-service");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  void answers(int status, String body) {
    replies.add(new Reply(status, body, null));
  }

  void answers(int status, String body, Instant date) {
    replies.add(new Reply(status, body, date));
  }

  /** The next call's connection is reset instead of an answer. */
  void resets() {
    replies.add(RESET);
  }

  int calls() {
    return calls.size();
  }

  /** On how many connections calls came, probes not counted. */
  int connectionsWithCalls() {
    return used.size();
  }

  String header(int call, String name) {
    return calls
        .get(call)
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1)
        .trim();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        thread(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
        body(socket, head);
        boolean probe = head.startsWith("GET") || head.contains("Provider" + "Service.GetUser\r");
        if (!probe) {
          used.add(socket);
        }
        Reply reply = probe ? probed(head) : next(head);
        if (reply == null) {
          return;
        }
        if (reply.equals(RESET)) {
          socket.setSoLinger(true, 0);
          return;
        }
        send(socket, reply);
      }
    } catch (IOException gone) {
      // So is the client.
    }
  }

  private static Reply probed(String head) {
    return head.startsWith("GET")
        ? new Reply(200, "{\"keys\":[]}", null)
        : new Reply(400, "{\"__type\":\"NotAuthorizedException\"}", null);
  }

  private @Nullable Reply next(String head) {
    calls.add(head);
    return replies.poll();
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void body(Socket socket, String head) throws IOException {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        socket.getInputStream().readNBytes(Integer.parseInt(line.substring(15).trim()));
      }
    }
  }

  private static void send(Socket socket, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    String date =
        reply.date() == null
            ? ""
            : "Date: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(reply.date().atOffset(ZoneOffset.UTC))
                + "\r\n";
    String head =
        "HTTP/1.1 %d OK\r\n%sContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n"
            .formatted(reply.status(), date, body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
