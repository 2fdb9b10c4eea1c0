package io.github.twinpool.examples.boot;

import io.github.twinpool.signin.MachineTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Another service, which calls this application in its own name. */
final class MachineClient {
  private final URI server;
  private final HttpClient http;

  /**
   * A client.
   *
   * @param server the origin that gets the tokens, and the only one
   */
  MachineClient(MachineTokens machine, URI server, String... scopes) {
    this.server = server;
    http = machine.httpClient(HttpClient.newHttpClient(), List.of(server), scopes);
  }

  HttpResponse<String> orders() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/orders")).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
