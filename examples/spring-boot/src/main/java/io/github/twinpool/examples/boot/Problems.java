package io.github.twinpool.examples.boot;

import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** Says what went wrong as RFC 9457 has it, and nothing of what was sent. */
@RestControllerAdvice
class Problems {
  /** An outage that the secondary cannot stand in for: what is off, and that it will come back. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> off(PrimaryUnavailableException error) {
    return unavailable(
        error.capability() + " is off while the primary Region of the user pool is down.");
  }

  /** An outage of both. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> out(RegionsUnavailableException error) {
    return unavailable("No Region of the user pool answers.");
  }

  private static ResponseEntity<ProblemDetail> unavailable(String why) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "30")
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, why));
  }

  /** One answer for both, or else strangers could find out who has an account. */
  @ExceptionHandler({NotAuthorizedException.class, UserNotFoundException.class})
  ProblemDetail wrong() {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.UNAUTHORIZED, "Incorrect username or password.");
  }

  @ExceptionHandler
  ProblemDetail weak(InvalidPasswordException error) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, "The password does not meet the pool's policy.");
  }

  @ExceptionHandler
  ProblemDetail taken(UsernameExistsException error) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "This name is taken.");
  }
}
