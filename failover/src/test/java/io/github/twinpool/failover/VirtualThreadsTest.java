package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;

/** Callers on virtual threads, where the JDK has them. */
@Tag("slow")
class VirtualThreadsTest {
  /** The project's language is Java 17, which does not know them. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static AdminGetUserRequest read(TwoRegions regions) {
    return AdminGetUserRequest.builder()
        .userPoolId(regions.emulator.userPool().id())
        .username(TwoRegions.USER)
        .build();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void four_hundred_callers_outlive_a_hang_and_pin_no_carrier(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("pinned.jfr");
    ExecutorService callers = virtualThreads();
    try (Recording recording = new Recording();
        TwoRegions regions = new TwoRegions()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20));
      // Warm, and of an operation that costs the emulator little: this is about the callers.
      regions.cognito.client().adminGetUser(read(regions));
      regions.cognito.client(SECONDARY).adminGetUser(read(regions));
      recording.start();
      regions.primary(Outage.hang());
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> regions.cognito.client().adminGetUser(read(regions)), callers));
      }
      for (CompletableFuture<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
      recording.stop();
      recording.dump(file);
      assertThat(regions.mode()).isEqualTo(FailoverMode.SECONDARY);
    } finally {
      callers.shutdownNow();
    }
    assertThat(Files.size(file)).isPositive();
    assertThat(RecordingFile.readAllEvents(file)).extracting(RecordedEvent::toString).isEmpty();
  }
}
