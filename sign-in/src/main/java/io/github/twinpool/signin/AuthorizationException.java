package io.github.twinpool.signin;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A browser's sign-in did not succeed. {@link #reason()} says why; {@link Reason#restartable()}
 * whether sending the browser to {@link AuthorizationCodeFlow#start} again is a remedy. Carries
 * nothing that the browser sent.
 */
public final class AuthorizationException extends SignInException {
  private static final long serialVersionUID = 1L;

  /** What only an operator can mend. */
  private static final Set<String> OF_CLIENTS =
      Set.of("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_response_type");

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
    String known = OAuthErrorException.known(error);
    Reason reason = known != null && OF_CLIENTS.contains(known) ? Reason.CLIENT : Reason.REFUSED;
    return new AuthorizationException(reason, known, null);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The error code of the authorization response, if it had one. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Why a browser's sign-in failed. */
  public enum Reason {
    /**
     * Where to return to is neither a path nor at an allowed origin, or its path has more than one
     * reading: see {@link AuthorizationRequest#returningTo}. Nothing was started.
     */
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
    /**
     * The domain refused this app client or what it asks for: its secret, its scopes, its flows. An
     * operator has to mend that; the cause, or {@link #error()}, says what.
     */
    CLIENT(false),
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

    /**
     * Whether starting again may be a remedy. Offer it, as a link: a redirect by itself could go
     * round in circles without anybody noticing.
     */
    public boolean restartable() {
      return restartable;
    }
  }
}
