package io.github.twinpool.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application and a client of it, over real HTTP. */
final class Web implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private Web(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static Web start(WebApplicationType type, TestPool pool, Class<?> app, String... properties) {
    List<String> all = new ArrayList<>(List.of(pool.properties()));
    all.addAll(List.of("server.address=127.0.0.1", "server.port=0", "spring.main.banner-mode=off"));
    all.addAll(List.of(properties));
    return new Web(
        new SpringApplicationBuilder(app)
            .web(type)
            .run(all.stream().map(it -> "--" + it).toArray(String[]::new)));
  }

  ConfigurableApplicationContext context() {
    return context;
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
    URI uri =
        URI.create(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
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

  @Override
  public void close() {
    context.close();
  }
}
