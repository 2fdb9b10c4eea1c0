package io.github.twinpool.examples.boot;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** Says what went wrong as RFC 9457 has it, and nothing of what was sent. */
@RestControllerAdvice
class Problems {
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
