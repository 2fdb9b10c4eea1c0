package io.github.twinpool.signin;

import io.github.twinpool.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The step needs the primary Region: the secondary, where this sign-in began, cannot do it, or the
 * primary is down. Nothing that the person entered was found wrong. Signing in again helps once the
 * primary serves.
 */
public final class CapabilityUnavailableException extends SignInException {
  private static final long serialVersionUID = 1L;

  private final Capability capability;

  CapabilityUnavailableException(
      String challenge, Capability capability, @Nullable Throwable cause) {
    super(challenge + " needs the primary Region; " + capability + " is off for now", cause);
    this.capability = capability;
  }

  /** What the application cannot offer until the primary serves again. */
  public Capability capability() {
    return capability;
  }
}
