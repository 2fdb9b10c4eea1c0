package io.github.twinpool.failover;

import io.github.twinpool.Capability;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * An operation that only the primary Region serves failed, because the primary is down. Most fail
 * at once and were not sent. One that was under way, or that tried whether the primary is back, may
 * have been sent: {@link #requestState()} says so. AWS asks applications to disable such features
 * in the user interface during a failover: see {@link MultiRegionCognito#allows(Capability)}.
 */
public final class PrimaryUnavailableException extends SdkClientException {
  private static final long serialVersionUID = 2L;

  private final String operation;
  private final Capability capability;
  private final RequestState requestState;

  /** Made by the routed client, and by applications in their tests. */
  public PrimaryUnavailableException(
      String operation,
      Capability capability,
      String primaryRegion,
      RequestState requestState,
      @Nullable Throwable cause) {
    super(
        SdkClientException.builder()
            .message(
                operation
                    + " needs the primary Region "
                    + primaryRegion
                    + ", which is down; "
                    + capability
                    + " is off until it is back"
                    + (requestState == RequestState.UNKNOWN
                        ? "; the Region may have acted on this request"
                        : ""))
            .cause(cause));
    this.operation = operation;
    this.capability = capability;
    this.requestState = requestState;
  }

  /** The operation that failed. */
  public String operation() {
    return operation;
  }

  /** What the application cannot offer until the primary is back. */
  public Capability capability() {
    return capability;
  }

  /** Whether the primary can have acted on the request. */
  public RequestState requestState() {
    return requestState;
  }
}
