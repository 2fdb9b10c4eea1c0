package io.github.twinpool.spring;

/** The starters do not work with this version of Spring Boot. */
final class UnsupportedBootException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedBootException(String version) {
    super("Twinpool's Spring Boot starters need Spring Boot 4, and this is " + version);
  }
}
