package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** Which refusals of a refresh end a session. */
class RefreshFailureTest {

  @ParameterizedTest
  @CsvSource({
    "Invalid Refresh Token, true",
    "Invalid Refresh Token., true",
    "Refresh Token has expired, true",
    "Refresh Token has been revoked, true",
    "User is disabled., true",
    "Unable to verify secret hash for client abc, false",
    "Unable to verify secret for client abc, false",
    "SecretHash does not match for the client: abc, false",
    "Client abc is configured for secret but secret was not received, false",
    "Client abc: Invalid Refresh Token is disabled, false",
    "Refresh Token has been revoked for client abc, false",
    "Incorrect username or password., false",
    "Something new, false",
    "'', false",
    ", false"
  })
  void only_what_says_that_the_token_or_its_user_is_bad_is_final(String text, boolean isFinal) {
    assertThat(
            RefreshFailure.isFinal(
                NotAuthorizedException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder().errorMessage(text).build())
                    .build()))
        .isEqualTo(isFinal);
    assertThat(RefreshFailure.isFinal(NotAuthorizedException.builder().message(text).build()))
        .as("without details")
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant, true",
    "invalid_client, false",
    "unauthorized_client, false",
    "invalid_request, false",
    "unsupported_grant_type, false",
    ", false"
  })
  void at_the_domain_only_invalid_grant_is_final(String error, boolean isFinal) {
    assertThat(RefreshFailure.isFinal(new OAuthErrorException("/oauth2/token", 400, error)))
        .isEqualTo(isFinal);
  }
}
