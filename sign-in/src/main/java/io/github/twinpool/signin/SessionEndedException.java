package io.github.twinpool.signin;

import org.jspecify.annotations.Nullable;

/** A {@link TokenSession} is over: the person signs in again. Never thrown for an outage. */
public final class SessionEndedException extends SignInException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  SessionEndedException(Reason reason, @Nullable Throwable cause) {
    super("The session is over: " + reason, cause);
    this.reason = reason;
  }

  /** Why it is over. */
  public Reason reason() {
    return reason;
  }

  /** Why a session is over. */
  public enum Reason {
    /** The application signed the person out. */
    SIGNED_OUT,
    /**
     * Cognito refused the refresh token: expired, revoked, or of a user who is disabled or gone. A
     * refusal of the app client, by a wrong secret for one, ends no session.
     */
    REFUSED,
    /** There was no refresh token, and the access token has expired. */
    NO_REFRESH_TOKEN,
    /**
     * A rotating refresh token was sent and no answer came back. Whether it is used up nobody
     * knows, so it is not sent again.
     */
    ROTATION_OUTCOME_UNKNOWN
  }
}
