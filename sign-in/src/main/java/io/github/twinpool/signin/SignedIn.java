package io.github.twinpool.signin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person is signed in. Immutable; {@code toString} shows no token. */
public final class SignedIn implements SignInStep {
  private final TokenSet tokens;
  private final @Nullable NewDevice newDevice;
  private final boolean deviceForgotten;

  SignedIn(TokenSet tokens, @Nullable NewDevice newDevice, boolean deviceForgotten) {
    this.tokens = tokens;
    this.newDevice = newDevice;
    this.deviceForgotten = deviceForgotten;
  }

  /** Their tokens, as Cognito sent them over TLS: a resource server still validates them. */
  public TokenSet tokens() {
    return tokens;
  }

  /** The device, if the pool tracks devices and this one is new to it. */
  public Optional<NewDevice> newDevice() {
    return Optional.ofNullable(newDevice);
  }

  /**
   * Whether the user no longer has the device of {@link SignInRequest#device}: it was forgotten
   * (ForgetDevice, AdminForgetDevice). The sign-in then began again without it, and the application
   * drops what it kept of it; {@link #newDevice} may be its successor.
   *
   * <p>False while the secondary serves: it may not know a device yet that was just confirmed. A
   * sign-in there goes on without the device as well, and the application keeps it.
   */
  public boolean deviceForgotten() {
    return deviceForgotten;
  }

  @Override
  public String toString() {
    return "SignedIn[" + tokens + "]";
  }
}
