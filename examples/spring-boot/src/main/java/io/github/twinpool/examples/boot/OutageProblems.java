package io.github.twinpool.examples.boot;

import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a client is told in an outage, by Spring MVC and by WebFlux alike. */
// tag::outage-spring[]
@RestControllerAdvice
class OutageProblems {
  /** The secondary cannot stand in: what is off, and that it will come back. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> off(PrimaryUnavailableException error) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            error.capability() + " is off while the primary Region of the user pool is down.");
    problem.setProperty("capability", error.capability());
    return unavailable(problem);
  }

  /** No Region answers, so everything is off. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> out(RegionsUnavailableException error) {
    return unavailable(
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE, "No Region of the user pool answers."));
  }

  private static ResponseEntity<ProblemDetail> unavailable(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .header(HttpHeaders.RETRY_AFTER, "30")
        .body(problem);
  }
}
// end::outage-spring[]
