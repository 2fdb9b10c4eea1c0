package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** What a caller can tell of a request from what was thrown: UNKNOWN unless it is sure. */
class RequestStateTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(unavailable(), RequestState.NOT_SENT),
        Arguments.of(unavailable(RequestState.NOT_SENT), RequestState.NOT_SENT),
        Arguments.of(
            unavailable(RequestState.NOT_SENT, RequestState.UNKNOWN), RequestState.UNKNOWN),
        Arguments.of(primaryUnavailable(RequestState.NOT_SENT), RequestState.NOT_SENT),
        Arguments.of(primaryUnavailable(RequestState.UNKNOWN), RequestState.UNKNOWN),
        Arguments.of(caused(new ConnectException("refused")), RequestState.NOT_SENT),
        Arguments.of(
            SdkClientException.create("Acquire operation took longer than 10 s"),
            RequestState.NOT_SENT),
        Arguments.of(
            InternalErrorException.builder().statusCode(503).build(), RequestState.REJECTED),
        Arguments.of(
            TooManyRequestsException.builder().statusCode(429).build(), RequestState.REJECTED),
        Arguments.of(
            InternalErrorException.builder().statusCode(500).build(), RequestState.UNKNOWN),
        Arguments.of(caused(new SocketTimeoutException("read")), RequestState.UNKNOWN),
        Arguments.of(AbortedException.create("interrupted"), RequestState.UNKNOWN),
        Arguments.of(new IllegalStateException("who knows"), RequestState.UNKNOWN));
  }

  private static SdkClientException caused(Exception cause) {
    return SdkClientException.create(Objects.requireNonNull(cause.getMessage()), cause);
  }

  private static PrimaryUnavailableException primaryUnavailable(RequestState state) {
    return new PrimaryUnavailableException("SignUp", Capability.SIGN_UP, "us-east-1", state, null);
  }

  private static RegionsUnavailableException unavailable(RequestState... states) {
    List<Attempt> attempts =
        Stream.of(states)
            .map(it -> new Attempt(RegionRole.PRIMARY, "us-east-1", Duration.ZERO, it, "x"))
            .toList();
    return new RegionsUnavailableException(
        "InitiateAuth", "no Region answered", attempts, true, null);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void is_known_by_what_was_thrown(Throwable failure, RequestState state) {
    assertThat(RequestState.of(failure)).isEqualTo(state);
  }
}
