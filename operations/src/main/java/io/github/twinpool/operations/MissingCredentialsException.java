package io.github.twinpool.operations;

/** The AWS SDK found no credentials, so nothing was sent. */
public final class MissingCredentialsException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final String action;

  MissingCredentialsException(String action, Throwable cause) {
    super(
        "Wants AWS credentials for "
            + action
            + ", and the SDK finds none: environment, profile, role",
        cause);
    this.action = action;
  }

  /** What was to be asked, named as its IAM action: {@code kms:DescribeKey}. */
  public String action() {
    return action;
  }
}
