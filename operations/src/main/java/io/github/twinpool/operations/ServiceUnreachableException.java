package io.github.twinpool.operations;

/**
 * A service did not answer, or with a 5xx. Whether a change was made is unknown: run the command
 * again, it looks before it changes anything.
 */
public final class ServiceUnreachableException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final String action;
  private final String region;

  ServiceUnreachableException(String action, String region, Throwable cause) {
    super(action + " got no answer in " + region, cause);
    this.action = action;
    this.region = region;
  }

  /** What was asked, named as its IAM action: {@code kms:DescribeKey}. */
  public String action() {
    return action;
  }

  /** The Region that was asked; of a global service, its pseudo-Region. */
  public String region() {
    return region;
  }
}
