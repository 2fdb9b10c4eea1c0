package io.github.twinpool.failover.internal.regions;

import static io.github.twinpool.failover.RequestState.NOT_SENT;
import static io.github.twinpool.failover.RequestState.REJECTED;
import static io.github.twinpool.failover.RequestState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport.Reason;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/** What is known of a request, and what an abort reaches. */
class HttpAttemptTest {
  private final AtomicInteger handedOver = new AtomicInteger();
  private final AtomicInteger aborts = new AtomicInteger();
  private final HttpAttempt it =
      new HttpAttempt(
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

  private static SdkClientException reset() {
    return SdkClientException.create("x", new SocketException("Connection reset"));
  }

  private static SdkClientException refused() {
    return SdkClientException.create("x", new ConnectException("Connection refused"));
  }

  private static CognitoIdentityProviderException answer(int status) {
    return (CognitoIdentityProviderException)
        CognitoIdentityProviderException.builder().statusCode(status).build();
  }

  @Test
  void a_reset_before_anything_was_written_was_not_sent() {
    it.handOver(aborts::incrementAndGet);
    assertThat(it.stateAfter(reset())).isEqualTo(NOT_SENT);
  }

  @Test
  void a_reset_after_a_byte_was_written_leaves_all_open() {
    it.handOver(aborts::incrementAndGet);
    it.writes();
    assertThat(it.stateAfter(reset())).isEqualTo(UNKNOWN);
    assertThat(it.stateWhenAborted()).isEqualTo(UNKNOWN);
  }

  @Test
  void what_was_written_once_stays_written_whatever_a_retry_meets() {
    it.handOver(aborts::incrementAndGet);
    it.writes();
    it.failed(reset());
    it.handOver(aborts::incrementAndGet);
    assertThat(it.stateAfter(refused())).isEqualTo(UNKNOWN);
    assertThat(it.stateWhenAborted()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_refused_connection_was_not_sent() {
    it.handOver(aborts::incrementAndGet);
    assertThat(it.stateAfter(refused())).isEqualTo(NOT_SENT);
    assertThat(it.stateWhenAborted()).isEqualTo(NOT_SENT);
  }

  @Test
  void what_a_region_says_of_the_request_counts() {
    it.handOver(aborts::incrementAndGet);
    it.writes();
    assertThat(it.stateAfter(answer(503))).isEqualTo(REJECTED);
    assertThat(it.stateAfter(answer(500))).isEqualTo(UNKNOWN);
    it.failed(answer(500));
    assertThat(it.stateAfter(answer(503))).isEqualTo(UNKNOWN);
  }

  @Test
  void an_abort_reaches_the_exchange_until_the_call_has_returned() {
    it.handOver(aborts::incrementAndGet);
    it.giveUp();
    it.abort();
    assertThat(aborts).hasValue(1);
    it.end();
    it.abort();
    assertThat(aborts).hasValue(1);
  }

  @Test
  void an_attempt_that_was_given_up_begins_no_exchange() {
    it.giveUp();
    assertThat(it.handOver(aborts::incrementAndGet)).isFalse();
    assertThat(handedOver).hasValue(0);
    assertThat(it.wasHandedOver()).isFalse();
  }

  @Test
  void attempts_inside_attempts_have_contexts_of_their_own() {
    HttpAttempt.Current current = new HttpAttempt.Current();
    HttpAttempt outer = current.enter(it);
    assertThat(outer).isNull();
    HttpAttempt inner =
        new HttpAttempt(
            RegionRole.SECONDARY,
            1,
            Reason.FIRST,
            true,
            false,
            0,
            new HttpAttempt.Watcher() {
              @Override
              public void handedOver() {}

              @Override
              public void answering(int status) {}
            });
    HttpAttempt before = current.enter(inner);
    assertThat(current.get()).isSameAs(inner);
    current.leave(before);
    assertThat(current.get()).isSameAs(it);
    current.leave(outer);
    assertThat(current.get()).isNull();
  }
}
