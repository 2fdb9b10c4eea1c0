package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** A gateway forgets connections that are idle, and tells neither side. */
@Tag("slow")
class ForgottenConnectionTest {
  @Test
  void a_connection_that_was_idle_for_over_20_s_is_not_used_again() {
    try (ScriptedService primary = new ScriptedService();
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(
                    UserPool.builder("us-east-1_EXAMPLE")
                        .endpoint(RegionRole.PRIMARY, URI.create(primary.url()))
                        .build())
                .clients(c -> c.credentialsProvider(AnonymousCredentialsProvider.create()))
                .build()) {
      primary.answers(200, "{}");
      cognito.client().forgotPassword(r -> r.clientId("app").username("ada"));
      long connections = primary.connectionsWithCalls();
      await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ofSeconds(21)).until(() -> true);
      primary.answers(200, "{}");
      cognito.client().forgotPassword(r -> r.clientId("app").username("ada"));
      assertThat(primary.connectionsWithCalls()).isEqualTo(connections + 1);
      assertThat(primary.calls()).isEqualTo(2);
    }
  }
}
