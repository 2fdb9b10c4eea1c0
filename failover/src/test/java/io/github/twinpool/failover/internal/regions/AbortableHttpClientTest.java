package io.github.twinpool.failover.internal.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The hand-over of attempts to HTTP, over an HTTP client that a test plays. */
class AbortableHttpClientTest {
  private final HttpAttempt.Current current = new HttpAttempt.Current();
  private final AtomicInteger inside = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<HttpExecuteRequest> prepared = new CopyOnWriteArrayList<>();

  /** Has one connection, and says so; an exchange takes until the test lets it go. */
  private final class OneConnection implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      prepared.add(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          request.metricCollector().ifPresent(it -> it.reportMetric(HttpMetric.MAX_CONCURRENCY, 1));
          request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
          inside.incrementAndGet();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          } finally {
            inside.decrementAndGet();
          }
          return HttpExecuteResponse.builder()
              .response(SdkHttpFullResponse.builder().statusCode(200).build())
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private final AbortableHttpClient client =
      new AbortableHttpClient(new OneConnection(), current, 0);

  private static HttpAttempt attempt(AtomicInteger handedOver) {
    return new HttpAttempt(
        RegionRole.PRIMARY,
        1,
        Reason.FIRST,
        false,
        false,
        Long.MAX_VALUE,
        new HttpAttempt.Watcher() {
          @Override
          public void handedOver() {
            handedOver.incrementAndGet();
          }

          @Override
          public void answering(int status) {}
        });
  }

  private CompletableFuture<HttpExecuteResponse> call(HttpAttempt attempt) {
    CompletableFuture<HttpExecuteResponse> result = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              HttpAttempt outer = current.enter(attempt);
              try {
                result.complete(client.prepareRequest(request()).call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              } finally {
                attempt.end();
                current.leave(outer);
              }
            });
    caller.setDaemon(true);
    caller.start();
    return result;
  }

  private static HttpExecuteRequest request() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return HttpExecuteRequest.builder()
        .request(
            SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://127.0.0.1/"))
                .build())
        .contentStreamProvider(() -> new ByteArrayInputStream(body))
        .build();
  }

  /** The first exchange tells how many connections there are. */
  private CompletableFuture<HttpExecuteResponse> learn() {
    CompletableFuture<HttpExecuteResponse> first = call(attempt(new AtomicInteger()));
    await().until(() -> inside.get() == 1);
    return first;
  }

  @Test
  void an_attempt_that_finds_no_connection_waits_before_it_is_handed_over() throws Exception {
    learn();
    AtomicInteger second = new AtomicInteger();
    AtomicInteger third = new AtomicInteger();
    CompletableFuture<HttpExecuteResponse> has = call(attempt(second));
    await().until(() -> inside.get() == 2);
    HttpAttempt waiting = attempt(third);
    CompletableFuture<HttpExecuteResponse> waits = call(waiting);
    await().until(() -> prepared.size() == 3);
    assertThat(third).as("its age has not begun").hasValue(0);
    go.countDown();
    has.get(20, TimeUnit.SECONDS);
    waits.get(20, TimeUnit.SECONDS);
    assertThat(third).hasValue(1);
  }

  @Test
  void an_attempt_that_waits_can_be_given_up() {
    learn();
    call(attempt(new AtomicInteger()));
    await().until(() -> inside.get() == 2);
    HttpAttempt waiting = attempt(new AtomicInteger());
    CompletableFuture<HttpExecuteResponse> waits = call(waiting);
    await().until(() -> prepared.size() == 3);
    waiting.giveUp();
    assertThatThrownBy(() -> waits.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AbortedException.class);
    assertThat(waiting.wasHandedOver()).isFalse();
    go.countDown();
  }

  @Test
  void it_knows_when_bytes_of_the_request_were_taken() {
    HttpAttempt attempt = attempt(new AtomicInteger());
    assertThat(attempt.stateWhenAborted())
        .isEqualTo(io.github.twinpool.failover.RequestState.NOT_SENT);
    call(attempt);
    await().until(() -> inside.get() == 1);
    assertThat(attempt.stateWhenAborted())
        .isEqualTo(io.github.twinpool.failover.RequestState.UNKNOWN);
    go.countDown();
  }

  @Test
  void what_is_no_attempt_is_passed_on_as_it_is() {
    HttpExecuteRequest request = request();
    client.prepareRequest(request);
    assertThat(prepared).singleElement().isSameAs(request);
  }
}
