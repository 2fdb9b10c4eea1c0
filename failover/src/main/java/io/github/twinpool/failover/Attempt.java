package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/**
 * One attempt of a call that did not end with an answer.
 *
 * @param role the role of the Region that was tried
 * @param region its name
 * @param elapsed how long the attempt took
 * @param requestState whether the Region can have acted on the request
 * @param failure what went wrong: the exception's class or the error code, never a message that
 *     could carry what the caller sent
 */
public record Attempt(
    RegionRole role, String region, Duration elapsed, RequestState requestState, String failure) {
  /** In the execution attributes of each attempt: the role of its Region. */
  public static final ExecutionAttribute<RegionRole> ROLE =
      new ExecutionAttribute<>("TwinpoolRole");

  /** In the execution attributes of each attempt: which attempt of its call it is, from 1. */
  public static final ExecutionAttribute<Integer> NUMBER =
      new ExecutionAttribute<>("TwinpoolAttempt");

  /** In the execution attributes of each attempt: why it is made. */
  public static final ExecutionAttribute<CallReport.Reason> REASON =
      new ExecutionAttribute<>("TwinpoolReason");

  @Override
  public String toString() {
    return role
        + " "
        + region
        + ": "
        + failure
        + " after "
        + elapsed.toMillis()
        + " ms, "
        + requestState;
  }
}
