package io.github.twinpool.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/** Real requests, each with a time-out. */
final class Http {
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  private Http(int port) {
    this.port = port;
  }

  /** To the server of this application. */
  static Http of(ApplicationContext context) {
    WebServer server = ((WebServerApplicationContext) context).getWebServer();
    return new Http(server.getPort());
  }

  HttpResponse<String> get(String path, @Nullable String token) {
    return send("GET", path, token, null);
  }

  CompletableFuture<HttpResponse<String>> getLater(String path, @Nullable String token) {
    return http.sendAsync(request("GET", path, token, null), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String json) {
    try {
      return http.send(request(method, path, token, json), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(
      String method, String path, @Nullable String token, @Nullable String json) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }
}
