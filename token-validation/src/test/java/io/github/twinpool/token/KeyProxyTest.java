package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that are fetched with the application's own HTTP client, through a proxy on loopback. */
class KeyProxyTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket proxy;
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer(TestKeys.jwks(ACCESS));
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::forward, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  /** A forward proxy (RFC 9110 section 3.7) for one GET a connection. */
  private void forward() {
    while (!proxy.isClosed()) {
      try (Socket client = proxy.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        String request = in.readLine();
        requests.add(request);
        URI target = URI.create(request.split(" ", -1)[1]);
        try (Socket origin = new Socket(target.getHost(), target.getPort())) {
          String get = "GET " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority();
          origin.getOutputStream().write((get + "\r\n\r\n").getBytes(ISO_8859_1));
          origin.setSoTimeout(200); // the origin keeps its connection open
          origin.getInputStream().transferTo(client.getOutputStream());
        } catch (java.net.SocketTimeoutException allOfIt) {
          client.getOutputStream().flush();
        }
      } catch (IOException closed) {
        // the next connection, or the end
      }
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .proxy(
            ProxySelector.of(new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort())))
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  @Test
  void keys_are_fetched_through_the_client_s_proxy_and_the_client_stays_open() throws Exception {
    UserPool pool =
        UserPool.builder("us-east-1_EXAMPLE")
            .updatedIssuerEndpoint(server.uri())
            .endpoint(RegionRole.PRIMARY, server.uri())
            .build();
    HttpClient client = client();
    try (TokenValidator validator =
        TokenValidator.builder(pool)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW)
            .keysTimeout(Duration.ofSeconds(30))
            .httpClient(client)
            .build()) {
      String token = TestTokens.access(pool, IssuerType.UPDATED, ACCESS);
      assertThat(validator.validateAccessToken(token).username()).contains("ada");
    }
    assertThat(requests)
        .allMatch(it -> it.startsWith("GET " + server.uri() + "/us-east-1_EXAMPLE/.well-known/"))
        .isNotEmpty();
    assertThat(
            client
                .send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(value = HttpClient.Redirect.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void a_client_that_follows_redirects_is_refused(HttpClient.Redirect redirects) {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirects).build();
    assertThatThrownBy(
            () -> TokenValidator.builder(UserPool.of("us-east-1_EXAMPLE")).httpClient(client))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("httpClient '" + redirects + "'");
  }
}
