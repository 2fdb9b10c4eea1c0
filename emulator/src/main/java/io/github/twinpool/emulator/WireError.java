package io.github.twinpool.emulator;

/**
 * An error of the service, as it goes over the wire. The message never carries a password, a token
 * or a code.
 */
final class WireError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private WireError(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  /** An error with status 400, which is what Cognito's client errors have without exception. */
  static WireError of(String type, String message) {
    return new WireError(400, type, message);
  }

  static WireError notAuthorized(String message) {
    return of("NotAuthorizedException", message);
  }

  static WireError invalidParameter(String message) {
    return of("InvalidParameterException", message);
  }

  static WireError serialization(String message) {
    return of("SerializationException", message);
  }

  static WireError noSuchPool(String id) {
    return of("ResourceNotFoundException", "User pool " + id + " does not exist.");
  }

  static WireError noSuchClient(String id) {
    return of("ResourceNotFoundException", "User pool client " + id + " does not exist.");
  }

  static WireError noSuchUser() {
    return of("UserNotFoundException", "User does not exist.");
  }

  static WireError limitExceeded(String message) {
    return of("LimitExceededException", message);
  }

  /** A real operation, or a part of one, that this emulator does not have yet. */
  static WireError notEmulated(String what) {
    return of("NotEmulatedException", "The emulator does not emulate " + what + ".");
  }

  static WireError notFound(String message) {
    return new WireError(404, "ResourceNotFoundException", message);
  }

  static WireError forbidden(String message) {
    return new WireError(403, "ForbiddenException", message);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
