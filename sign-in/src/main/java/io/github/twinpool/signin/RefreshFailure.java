package io.github.twinpool.signin;

import io.github.twinpool.failover.RequestState;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/** What a refresh that failed means for its session. */
final class RefreshFailure {
  private RefreshFailure() {}

  /** What Cognito says of the token or its user, as opposed to this moment. */
  static boolean isFinal(Throwable error) {
    return error instanceof NotAuthorizedException
        || error instanceof RefreshTokenReuseException
        || error instanceof UserNotFoundException
        || (error instanceof OAuthErrorException it && it.is("invalid_grant"));
  }

  /** Whether a rotating token may be used up, though no new one came. */
  static boolean mayHaveUsedTheTokenUp(Throwable error) {
    if (error instanceof ClientSecretUnavailableException) {
      return false;
    }
    if (error instanceof DomainUnavailableException outage) {
      return outage.requestState() == RequestState.UNKNOWN;
    }
    boolean answered =
        error instanceof OAuthErrorException
            || (error instanceof AwsServiceException it && it.statusCode() < 500);
    return !answered && RequestState.of(error) == RequestState.UNKNOWN;
  }
}
