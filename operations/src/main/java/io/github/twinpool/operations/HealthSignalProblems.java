package io.github.twinpool.operations;

import io.github.twinpool.operations.HealthSignalProblem.Kind;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** What the exceptions of the SDK mean for a health check that is read. */
final class HealthSignalProblems {
  private static final int FORBIDDEN = 403;

  private HealthSignalProblems() {}

  static HealthSignalProblem of(String operation, Throwable error) {
    return new HealthSignalProblem(kind(error), operation, detail(error));
  }

  private static Kind kind(Throwable error) {
    if (error instanceof NoSuchHealthCheckException) {
      return Kind.NO_SUCH_HEALTH_CHECK;
    }
    if (error instanceof SdkException sdk && RetryUtils.isThrottlingException(sdk)) {
      return Kind.THROTTLED;
    }
    if (error instanceof Route53Exception answer) {
      if (answer.statusCode() == FORBIDDEN) {
        return Kind.DENIED;
      }
      return answer.statusCode() >= 500 ? Kind.UNREACHABLE : Kind.OTHER;
    }
    return AwsCalls.isTransport(error) ? Kind.UNREACHABLE : Kind.OTHER;
  }

  /** A status, or the class of an exception: never a message, which may quote anything. */
  private static String detail(Throwable error) {
    return error instanceof Route53Exception answer
        ? "status " + answer.statusCode()
        : error.getClass().getSimpleName();
  }
}
