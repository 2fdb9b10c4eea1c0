package io.github.twinpool.failover;

import io.github.twinpool.Capability;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * An operation that only the primary Region serves was refused at once, because the primary is
 * down. It was not sent. AWS asks applications to disable such features in the user interface
 * during a failover: see {@link MultiRegionCognito#allows(Capability)}.
 */
public final class PrimaryUnavailableException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final Capability capability;

  /** Made by the routed client, and by applications in their tests. */
  public PrimaryUnavailableException(
      String operation, Capability capability, String primaryRegion) {
    super(
        SdkClientException.builder()
            .message(
                operation
                    + " needs the primary Region "
                    + primaryRegion
                    + ", which is down; "
                    + capability
                    + " is off until it is back"));
    this.operation = operation;
    this.capability = capability;
  }

  /** The operation that was refused. */
  public String operation() {
    return operation;
  }

  /** What the application cannot offer until the primary is back. */
  public Capability capability() {
    return capability;
  }

  /** Always {@link RequestState#NOT_SENT}. */
  public RequestState requestState() {
    return RequestState.NOT_SENT;
  }
}
