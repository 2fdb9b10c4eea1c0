package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.Outage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.exception.SdkClientException;

@Isolated("looks at all threads")
class CloseTest {
  @Test
  void closing_ends_calls_and_leaves_no_thread() {
    TwoRegions regions = new TwoRegions();
    regions.primary(Outage.hang());
    CompletableFuture<?> call = regions.cognito.asyncClient().initiateAuth(regions.signIn());
    CompletableFuture<?> blocking =
        CompletableFuture.runAsync(() -> regions.cognito.client().initiateAuth(regions.signIn()));
    await().until(() -> regions.cognito.status().regions().get(PRIMARY).callsInFlight() == 2);
    regions.cognito.close();
    regions.cognito.close();
    assertThatThrownBy(call::join).hasCauseInstanceOf(SdkClientException.class);
    assertThatThrownBy(blocking::join).hasCauseInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn()))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("closed");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(
                        t ->
                            t.getName().startsWith("twinpool-heartbeat")
                                || t.getName().startsWith("twinpool-call")
                                || t.getName().startsWith("twinpool-probe")
                                || t.getName().startsWith("twinpool-listener")));
    regions.close();
  }
}
