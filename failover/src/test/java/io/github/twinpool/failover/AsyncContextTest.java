package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** What an async call owes its caller, and what the caller's callbacks must not cost others. */
class AsyncContextTest {
  @Test
  void callbacks_that_block_hold_up_no_call_and_switch_nothing() throws Exception {
    CountDownLatch slowDatabase = new CountDownLatch(1);
    try (TwoRegions regions = new TwoRegions()) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      CountDownLatch blocked = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        calls.add(
            regions
                .cognito
                .asyncClient()
                .initiateAuth(regions.signIn())
                .thenAccept(
                    answer -> {
                      blocked.countDown();
                      await(slowDatabase);
                    }));
      }
      // All are answered although none of the callbacks has returned.
      assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(
              regions
                  .cognito
                  .asyncClient()
                  .initiateAuth(regions.signIn())
                  .get(30, TimeUnit.SECONDS)
                  .authenticationResult())
          .isNotNull();
      slowDatabase.countDown();
      for (CompletableFuture<?> call : calls) {
        call.get(30, TimeUnit.SECONDS);
      }
      assertThat(regions.mode()).isEqualTo(FailoverMode.PRIMARY);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
      assertThat(regions.transitions).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void the_logging_context_is_there_in_the_second_attempt_too() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ExecutionInterceptor sees =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            seen.add(attributes.getAttribute(Attempt.NUMBER) + " " + MDC.get("request"));
          }
        };
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .asyncClients(c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(sees)))
                .build()) {
      regions.primary(Outage.internalErrors());
      MDC.put("request", "42");
      CompletableFuture<?> call = cognito.asyncClient().initiateAuth(regions.signIn());
      MDC.clear();
      call.get(30, TimeUnit.SECONDS);
    } finally {
      MDC.clear();
    }
    assertThat(seen).containsExactly("1 42", "2 42");
  }

  @Test
  void a_report_comes_before_the_callers_own_stages() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .listener(
                    new FailoverListener() {
                      @Override
                      public void onCall(CallReport report) {
                        order.add("report on " + Thread.currentThread().getName());
                      }
                    })
                .build()) {
      cognito
          .asyncClient()
          .initiateAuth(regions.signIn())
          .thenAccept(answer -> order.add("stage on " + Thread.currentThread().getName()))
          .get(30, TimeUnit.SECONDS);
    }
    assertThat(order).hasSize(2);
    assertThat(order.get(0)).startsWith("report on twinpool-callback");
  }
}
