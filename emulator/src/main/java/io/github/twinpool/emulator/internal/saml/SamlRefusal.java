package io.github.twinpool.emulator.internal.saml;

/** A document that is not believed, and why. Carries nothing of the document. */
public final class SamlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean denied;

  private SamlRefusal(String message, boolean denied) {
    super(message, null, false, false);
    this.denied = denied;
  }

  static SamlRefusal of(String message) {
    return new SamlRefusal(message, false);
  }

  /** The identity provider itself reports a failure. */
  static SamlRefusal denied(String message) {
    return new SamlRefusal(message, true);
  }

  /** Whether the identity provider answered, in good form, that the sign-in failed. */
  public boolean isDenied() {
    return denied;
  }

  /** The reason. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
