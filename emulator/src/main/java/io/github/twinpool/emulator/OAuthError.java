package io.github.twinpool.emulator;

/** An error of the domain's endpoints, by its OAuth 2.0 name. Carries nothing that was sent. */
final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  OAuthError(String error) {
    this(400, error, "");
  }

  /** With an explanation, which may be empty. */
  OAuthError(int status, String error, String description) {
    super(description, null, false, false);
    this.status = status;
    this.error = error;
  }

  static OAuthError invalidRequest() {
    return new OAuthError("invalid_request");
  }

  static OAuthError invalidGrant() {
    return new OAuthError("invalid_grant");
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
