package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the health details say of sources of keys. */
class ValidatorViewTest {
  private static URI serve(HttpServer server) {
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static HttpServer server(int status, String body) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return server;
  }

  @Test
  void the_host_of_an_issuer_that_the_pool_does_not_use_is_no_failed_source() throws Exception {
    String keys =
        new JWKSet(new RSAKeyGenerator(2048).keyID("k").generate().toPublicJWK()).toString();
    HttpServer updated = server(403, "{}");
    HttpServer primary = server(200, keys);
    UserPool pool =
        UserPool.builder("us-east-1_EXAMPLE")
            .updatedIssuerEndpoint(serve(updated))
            .endpoint(RegionRole.PRIMARY, serve(primary))
            .build();
    try (TokenValidator validator =
        TokenValidator.builder(pool)
            .anyClient()
            .preload(Preload.BLOCKING)
            .keysTimeout(Duration.ofSeconds(30))
            .build()) {
      assertThat(new ValidatorView(List.of(validator), Preload.BLOCKING).details().get("pools"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .singleElement()
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
          .containsAllEntriesOf(Map.of("ready", true, "failedSources", List.of()));
    } finally {
      updated.stop(0);
      primary.stop(0);
    }
  }
}
