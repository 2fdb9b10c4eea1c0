package io.github.twinpool.operations;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a health check could not be read. Carries no text of the service's. */
public final class HealthSignalProblem {
  private final Kind kind;
  private final String operation;
  private final String detail;

  HealthSignalProblem(Kind kind, String operation, String detail) {
    this.kind = kind;
    this.operation = operation;
    this.detail = detail;
  }

  /** What kind of problem it is. */
  public Kind kind() {
    return kind;
  }

  /** The operation of Route 53 that failed. */
  public String operation() {
    return operation;
  }

  /** The IAM action that this application's identity lacks: {@code route53:GetHealthCheck}. */
  public Optional<String> missingPermission() {
    return kind == Kind.DENIED ? Optional.of("route53:" + operation) : Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HealthSignalProblem it
        && kind == it.kind
        && operation.equals(it.operation);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + operation.hashCode();
  }

  @Override
  public String toString() {
    return operation
        + ": "
        + kind
        + missingPermission().map(action -> ", wants the IAM action " + action).orElse("")
        + (detail.isEmpty() ? "" : ", " + detail);
  }

  /** Kinds of problems. */
  public enum Kind {
    /** Route 53 did not answer, or with a 5xx, or too slowly. */
    UNREACHABLE,
    /** Too many calls: Route 53 allows an account five a second. */
    THROTTLED,
    /** The application's identity may not do this. */
    DENIED,
    /** There is no health check with this ID. */
    NO_SUCH_HEALTH_CHECK,
    /**
     * Checkers report only on checks of an endpoint, and this is none; or none has reported yet.
     */
    NO_OBSERVATIONS,
    /** Anything else: no credentials, for one. */
    OTHER
  }
}
