package io.github.twinpool;

/**
 * A user pool was described in a way that cannot be right. The message names the field, the value
 * and the rule; none of them is secret. Not retryable: the configuration must change.
 */
public final class InvalidUserPoolException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;

  InvalidUserPoolException(String field, String value, String rule) {
    super(field + " '" + value + "': " + rule);
    this.field = field;
    this.value = value;
  }

  /** The field that was refused, as its builder method is called. */
  public String field() {
    return field;
  }

  /** The value that was refused. */
  public String value() {
    return value;
  }
}
