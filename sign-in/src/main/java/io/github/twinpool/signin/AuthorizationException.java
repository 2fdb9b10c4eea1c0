package io.github.twinpool.signin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser's sign-in did not succeed. {@link #reason()} says why; {@link Reason#restartable()}
 * whether sending the browser to {@link AuthorizationCodeFlow#start} again is a remedy. Carries
 * nothing that the browser sent.
 */
public final class AuthorizationException extends SignInException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable String error;

  AuthorizationException(Reason reason) {
    this(reason, null, null);
  }

  AuthorizationException(Reason reason, @Nullable Throwable cause) {
    this(reason, null, cause);
  }

  private AuthorizationException(Reason reason, @Nullable String error, @Nullable Throwable cause) {
    super("The browser's sign-in failed: " + reason + (error == null ? "" : ", " + error), cause);
    this.reason = reason;
    this.error = error;
  }

  static AuthorizationException refused(@Nullable String error) {
    return new AuthorizationException(Reason.REFUSED, OAuthErrorException.known(error), null);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The error code of the authorization response, for {@link Reason#REFUSED}. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Why a browser's sign-in failed. */
  public enum Reason {
    /** Where to return to is neither relative nor at an allowed origin. Nothing was started. */
    RETURN_TARGET(false),
    /** The query is no authorization response: parameters are missing, doubled or too long. */
    MALFORMED(false),
    /**
     * This browser did not start the sign-in, or another one since: its state is missing, forged,
     * for another client, or does not match.
     */
    STATE(true),
    /** The sign-in took too long. */
    EXPIRED(true),
    /** This authorization response was brought before. */
    REPLAYED(true),
    /** The response names another issuer than this pool's (RFC 9207). */
    ISSUER(false),
    /** The domain answered with an {@link #error()}: the person declined, for one. */
    REFUSED(true),
    /** The token endpoint refused the code; the cause says how. */
    CODE(true),
    /** The ID token is not good, for this client, of this pool and of this sign-in. */
    ID_TOKEN(false),
    /**
     * The Region that issued the code did not answer. Whether the code is used up nobody knows, so
     * it is not sent again; the cause is the outage.
     */
    INTERRUPTED(true);

    private final boolean restartable;

    Reason(boolean restartable) {
      this.restartable = restartable;
    }

    /** Whether starting again is a remedy: the person may not even notice. */
    public boolean restartable() {
      return restartable;
    }
  }
}
