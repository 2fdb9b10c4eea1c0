package io.github.twinpool.operations;

/** A service answered that it does not do this, or the SDK did not send it. */
public final class OperationRefusedException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final String action;
  private final String code;

  OperationRefusedException(String action, String region, String code, Throwable cause) {
    super(action + " was refused in " + region + ": " + code + ": " + cause.getMessage(), cause);
    this.action = action;
    this.code = code;
  }

  /** What was asked, named as its IAM action: {@code cognito-idp:CreateUserPoolReplica}. */
  public String action() {
    return action;
  }

  /** The service's error code, or the simple name of an exception that is not the service's. */
  public String code() {
    return code;
  }
}
