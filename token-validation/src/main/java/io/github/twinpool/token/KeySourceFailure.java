package io.github.twinpool.token;

import java.net.URI;

/**
 * How one source of a pool's keys failed. Nothing of what the source answered is in here, but for
 * its HTTP status.
 *
 * @param source where the keys were asked for
 * @param reason what went wrong
 * @param detail a few words more, such as the HTTP status
 */
public record KeySourceFailure(URI source, Reason reason, String detail) {
  /** What went wrong. */
  public enum Reason {
    /** No connection: refused, unknown host, TLS. */
    CONNECTION,
    /** The file cannot be read. */
    UNREADABLE,
    /** The file cannot be written. */
    UNWRITABLE,
    /** The file is not to be trusted: others may write it, or it is not what it should be. */
    NOT_TRUSTED,
    /** No whole answer in time. */
    TIMEOUT,
    /** Given up because another source had answered. */
    SLOWER_THAN_OTHERS,
    /** An HTTP status other than 200. */
    HTTP_STATUS,
    /**
     * The host of the UPDATED issuer answered 403, as it does for a pool that has not switched to
     * that issuer: no fault (source: awslabs/aws-jwt-verify issue 279).
     */
    ISSUER_NOT_IN_USE,
    /** A redirect, which is never followed. */
    REDIRECT,
    /** An answer over the size limit. */
    TOO_LARGE,
    /** Not a JSON Web Key Set. */
    MALFORMED,
    /** A key set in which no key can be used. */
    NO_USABLE_KEYS
  }

  /** The source without its query, the reason, the detail. */
  @Override
  public String toString() {
    return Checks.withoutQuery(source)
        + " "
        + reason
        + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
