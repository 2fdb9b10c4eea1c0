package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.servlet.RawHttp.Answer;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When nobody can tell whether a token is good. */
@ExtendWith(TestPool.Provider.class)
class OutageTest {
  @Test
  void without_keys_a_token_is_a_503_and_never_a_401(TestPool shared) throws IOException {
    URI dead = refusing();
    UserPool pool =
        UserPool.builder(shared.userPool().id())
            .endpoint(RegionRole.PRIMARY, dead)
            .updatedIssuerEndpoint(dead)
            .build();
    try (TokenValidator validator =
            TokenValidator.builder(pool)
                .clientId(shared.clientId())
                .keysTimeout(Duration.ofMillis(100))
                .build();
        TestServer server =
            TestServer.start(
                CognitoTokenFilter.builder(validator)
                    .acceptIdTokens(true)
                    .publicPaths("/open")
                    .build())) {
      Answer answer = server.get("/x", bearer(shared.accessToken()));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).containsExactly("5");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
      assertThat(answer.header("Cache-Control")).containsExactly("no-store");
      assertThat(answer.body())
          .contains("Service Unavailable", "KEYS_UNAVAILABLE")
          .doesNotContain(pool.id(), dead.toString());
      assertThat(server.get("/x").status()).isEqualTo(401);
      assertThat(server.get("/x", bearer("a.b.c")).status()).isEqualTo(401);
      assertThat(server.get("/open", bearer(shared.accessToken())).status()).isEqualTo(200);
    }
  }

  /** An address that refuses connections. */
  static URI refusing() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
