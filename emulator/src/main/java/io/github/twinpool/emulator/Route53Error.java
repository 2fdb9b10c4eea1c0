package io.github.twinpool.emulator;

/** An error of Route 53, as it goes over the wire. */
final class Route53Error extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Route53Error(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Route53Error invalidInput(String message) {
    return new Route53Error(400, "InvalidInput", message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
