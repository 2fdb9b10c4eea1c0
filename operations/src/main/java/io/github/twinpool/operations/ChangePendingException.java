package io.github.twinpool.operations;

import java.time.Duration;

/**
 * Route 53 accepted a change, and within the patience not all of its servers had it. Nothing
 * failed: the change completes by itself, and running the command again finds nothing to change.
 */
public final class ChangePendingException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final String changeId;
  private final String status;

  ChangePendingException(String changeId, String status, Duration waited) {
    super(
        "The change "
            + changeId
            + " of Route 53 is made, and is still "
            + status
            + " after "
            + waited.toSeconds()
            + " s: not all of its servers have it yet",
        null);
    this.changeId = changeId;
    this.status = status;
  }

  /** The change's ID, by which {@code route53:GetChange} tells how far it is. */
  public String changeId() {
    return changeId;
  }

  /** Its status, as Route 53 spells it: {@code PENDING}. */
  public String status() {
    return status;
  }
}
