package io.github.twinpool.internal.files;

/** A file or directory is not to be trusted. The message is the rule that it breaks. */
public final class UntrustedPathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UntrustedPathException(String rule) {
    super(rule);
  }
}
