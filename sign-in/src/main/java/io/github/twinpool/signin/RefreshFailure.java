package io.github.twinpool.signin;

import io.github.twinpool.failover.RequestState;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/** What a refresh that failed means for its session. */
final class RefreshFailure {
  /**
   * What a NotAuthorizedException says of a refresh token or its user, as public reports quote it.
   * The same exception refuses an app client, by a wrong secret for one. That can be mended, so
   * each other text is no end.
   */
  private static final Set<String> OF_THE_TOKEN =
      Set.of(
          "invalid refresh token",
          "refresh token has expired",
          "refresh token has been revoked",
          "user is disabled");

  private RefreshFailure() {}

  /** Whether Cognito says that the token or its user is bad, and not the request or the moment. */
  static boolean isFinal(Throwable error) {
    return (error instanceof NotAuthorizedException refusal
            && OF_THE_TOKEN.contains(Refusals.text(refusal)))
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
