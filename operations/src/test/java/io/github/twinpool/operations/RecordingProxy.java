package io.github.twinpool.operations;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A proxy that hears one request, and reaches nothing. */
final class RecordingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final CompletableFuture<String> first = new CompletableFuture<>();

  RecordingProxy() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::answer, "recording-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void answer() {
    try (Socket socket = server.accept()) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      first.complete(String.valueOf(request.readLine()));
      socket
          .getOutputStream()
          .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      first.completeExceptionally(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** The first line of the first request. */
  CompletableFuture<String> heard() {
    return first;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
