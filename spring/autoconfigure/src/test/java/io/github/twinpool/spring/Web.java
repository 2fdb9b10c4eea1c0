package io.github.twinpool.spring;

import java.net.http.HttpResponse;
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
  private final Http http;

  private Web(ConfigurableApplicationContext context) {
    this.context = context;
    this.http = Http.of(context);
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
    return http.get(path, token);
  }

  CompletableFuture<HttpResponse<String>> getLater(String path, @Nullable String token) {
    return http.getLater(path, token);
  }

  HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String json) {
    return http.send(method, path, token, json);
  }

  @Override
  public void close() {
    context.close();
  }
}
