package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;

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
