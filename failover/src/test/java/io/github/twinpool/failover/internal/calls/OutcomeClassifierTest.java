package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static io.github.twinpool.failover.AttemptOutcome.ANSWER;
import static io.github.twinpool.failover.AttemptOutcome.LOCAL_FAILURE;
import static io.github.twinpool.failover.AttemptOutcome.NOT_SERVING;
import static io.github.twinpool.failover.AttemptOutcome.REGIONAL_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.regions.Causes;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

class OutcomeClassifierTest {
  private static final OperationSupport SIGN_IN = OperationSupport.of("InitiateAuth");
  private final OutcomeClassifier classifier = new OutcomeClassifier("us-east-1_EXAMPLE");

  private AttemptOutcome classify(
      RegionRole role, OperationSupport operation, @Nullable Throwable error) {
    return classifier.classify(role, operation, error, id -> false);
  }

  private static Throwable sdk(Throwable cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }

  private static AwsServiceException error(int status, String code, String message) {
    return CognitoIdentityProviderException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(sdk(new ConnectException()), REGIONAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(sdk(new UnknownHostException()), REGIONAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(sdk(new NoRouteToHostException()), REGIONAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(sdk(new SSLHandshakeException("")), REGIONAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(sdk(new ConnectTimeoutException()), REGIONAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(sdk(new SocketTimeoutException()), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(sdk(new SocketException("reset")), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(sdk(new TimeoutException()), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(ApiCallTimeoutException.create(1), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(
            ApiCallAttemptTimeoutException.create(1), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(
            error(500, "InternalErrorException", ""), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(error(502, "x", ""), REGIONAL_FAILURE, RequestState.UNKNOWN),
        Arguments.of(error(503, "x", ""), REGIONAL_FAILURE, RequestState.REJECTED),
        Arguments.of(error(499, "x", ""), ANSWER, RequestState.UNKNOWN),
        Arguments.of(error(400, "TooManyRequestsException", ""), ANSWER, RequestState.REJECTED),
        Arguments.of(
            sdk(new ConnectionRequestTimeoutException()), LOCAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(
            sdk(new IOException("Acquire operation took longer than the configured maximum")),
            LOCAL_FAILURE,
            RequestState.NOT_SENT),
        Arguments.of(sdk(new IllegalStateException()), LOCAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(AbortedException.create(""), LOCAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(
            new LocalFailure(new ConnectException()), LOCAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(
            sdk(new LocalFailure(new ConnectException())), LOCAL_FAILURE, RequestState.NOT_SENT),
        Arguments.of(
            AwsServiceException.builder().statusCode(500).build(),
            LOCAL_FAILURE,
            RequestState.NOT_SENT));
  }

  /** As the HTTP clients name theirs. */
  private static final class ConnectTimeoutException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;
  }

  private static final class ConnectionRequestTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_has_its_meaning(Throwable error, AttemptOutcome outcome, RequestState state) {
    assertThat(classify(PRIMARY, SIGN_IN, error)).isEqualTo(outcome);
    assertThat(classify(SECONDARY, SIGN_IN, error)).isEqualTo(outcome);
    assertThat(classifier.requestState(outcome, error)).isEqualTo(state);
  }

  @Test
  void no_failure_is_an_answer() {
    assertThat(classify(PRIMARY, SIGN_IN, null)).isEqualTo(ANSWER);
    assertThat(classifier.requestState(REGIONAL_FAILURE, null)).isEqualTo(RequestState.UNKNOWN);
  }

  @Test
  void a_secondary_that_declines_what_it_should_serve_does_not_serve() {
    AwsServiceException declined = error(400, "OperationNotEnabledException", "");
    assertThat(classify(SECONDARY, SIGN_IN, declined)).isEqualTo(NOT_SERVING);
    assertThat(classifier.requestState(NOT_SERVING, declined)).isEqualTo(RequestState.REJECTED);
    assertThat(classify(PRIMARY, SIGN_IN, declined)).isEqualTo(ANSWER);
    assertThat(classify(SECONDARY, OperationSupport.of("SignUp"), declined)).isEqualTo(ANSWER);
    assertThat(classify(SECONDARY, OperationSupport.of("AdminRespondToAuthChallenge"), declined))
        .isEqualTo(ANSWER);
  }

  @Test
  void an_unknown_pool_does_not_serve_and_an_unknown_client_is_an_answer() {
    String code = "ResourceNotFoundException";
    assertThat(classify(SECONDARY, SIGN_IN, unknownPool())).isEqualTo(NOT_SERVING);
    assertThat(
            classify(SECONDARY, SIGN_IN, error(400, code, "User pool client app does not exist.")))
        .isEqualTo(ANSWER);
    assertThat(classify(SECONDARY, SIGN_IN, error(400, code, null))).isEqualTo(ANSWER);
    assertThat(
            classify(SECONDARY, SIGN_IN, error(400, "NotAuthorizedException", "us-east-1_EXAMPLE")))
        .isEqualTo(ANSWER);
    assertThat(
            classify(
                SECONDARY,
                SIGN_IN,
                CognitoIdentityProviderException.builder().statusCode(400).build()))
        .isEqualTo(ANSWER);
  }

  private static AwsServiceException unknownPool() {
    return error(400, "ResourceNotFoundException", "User pool us-east-1_EXAMPLE does not exist.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User pool client us-east-1_EXAMPLE does not exist.",
        "User pool us-east-1_EXAMPLE does not exist. User pool us-east-1_EXAMPLE does not exist.",
        "Group us-east-1_EXAMPLE not found.",
        "Resource server User pool us-east-1_EXAMPLE does not exist. does not exist.",
        "User pool us-east-1_EXAMPLEx does not exist.",
        "user pool us-east-1_EXAMPLE does not exist.",
        "User pool us-east-1_EXAMPLE does not exist.\u200b",
        "\ufeffUser pool us-east-1_EXAMPLE does not exist.",
        " User pool us-east-1_EXAMPLE does not exist.",
        "User pool us-east-1_EXAMPLE does not exist.\n",
        "User pool us-east-1_EXAMPLE does not exist",
        "User\u00a0pool us-east-1_EXAMPLE does not exist.",
        "User pool us\u2010east\u20101_EXAMPLE does not exist.",
        "User p\u043eol us-east-1_EXAMPLE does not exist.",
        "User pool us-east-1_example does not exist.",
        "User pool arn:aws:cognito-idp:us-west-2:1:userpool/us-east-1_EXAMPLE does not exist."
      })
  void a_text_that_quotes_the_pool_is_an_answer(String text) {
    assertThat(
            classify(
                SECONDARY,
                OperationSupport.of("GetGroup"),
                error(400, "ResourceNotFoundException", text)))
        .isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operationNotEnabledException",
        "OperationNotEnabledException ",
        "OperationNotEnabled",
        "com.amazonaws.OperationNotEnabledException",
        "UnsupportedOperationException",
        "InvalidParameterException",
        "UserNotFoundException",
        "resourceNotFoundException",
        ""
      })
  void another_error_with_the_very_sentence_is_an_answer(String code) {
    assertThat(
            classify(
                SECONDARY,
                SIGN_IN,
                error(400, code, "User pool us-east-1_EXAMPLE does not exist.")))
        .isEqualTo(ANSWER);
  }

  @Test
  void the_sentence_about_another_pool_says_nothing_about_this_one() {
    for (String other : List.of("us-east-1_EXAMPL", "us-west-2_EXAMPLE", "us-east-1_EXAMPLE2")) {
      String text = "User pool " + other + " does not exist.";
      assertThat(classify(SECONDARY, SIGN_IN, error(400, "ResourceNotFoundException", text)))
          .isEqualTo(ANSWER);
    }
  }

  @Test
  void the_sentence_proves_nothing_where_the_caller_sent_the_pools_id() {
    assertThat(classifier.classify(SECONDARY, SIGN_IN, unknownPool(), "us-east-1_EXAMPLE"::equals))
        .isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SignUp",
        "TagResource",
        "UpdateUserPool",
        "RespondToAuthChallenge",
        "AdminRespondToAuthChallenge"
      })
  void only_sign_ins_and_reads_tell_that_the_secondary_does_not_serve(String operation) {
    OperationSupport it = OperationSupport.of(operation);
    assertThat(classify(SECONDARY, it, unknownPool())).isEqualTo(ANSWER);
    assertThat(classify(SECONDARY, it, error(400, "OperationNotEnabledException", "")))
        .isEqualTo(ANSWER);
  }

  @Test
  void descriptions_repeat_nothing_that_was_sent() {
    assertThat(OutcomeClassifier.describe(error(500, "InternalErrorException", "secret")))
        .isEqualTo("500 InternalErrorException");
    assertThat(OutcomeClassifier.describe(sdk(new IOException("secret")))).isEqualTo("IOException");
  }

  @Test
  void wrappers_are_taken_off_and_nothing_else() {
    Throwable sdk = sdk(new IOException());
    assertThat(Causes.unwrapped(sdk)).isSameAs(sdk);
    assertThat(Causes.unwrapped(new CompletionException(sdk))).isSameAs(sdk);
    assertThat(Causes.unwrapped(new CompletionException(new LocalFailure(sdk)))).isSameAs(sdk);
    assertThat(Causes.unwrapped(sdk(new LocalFailure(sdk)))).isSameAs(sdk);
  }

  @Test
  void causes_that_go_in_a_circle_do_not_hold_it_up() {
    Exception one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertThat(classify(PRIMARY, SIGN_IN, one)).isEqualTo(LOCAL_FAILURE);
    assertThat(Causes.unwrapped(one)).isSameAs(one);
  }
}
