package io.github.twinpool.operations;

/** The identity in use may not do what was to be done. */
public final class MissingPermissionException extends OperationsException {
  private static final long serialVersionUID = 1L;

  private final String action;
  private final String region;

  MissingPermissionException(String action, String region, Throwable cause) {
    super("Wants the IAM action " + action + " in " + region, cause);
    this.action = action;
    this.region = region;
  }

  /** The IAM action that is missing: {@code cognito-idp:UpdateUserPool}. */
  public String action() {
    return action;
  }

  /** The Region in which it is missing; of a global service, its pseudo-Region. */
  public String region() {
    return region;
  }
}
