package io.github.twinpool.signin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person is signed in. Immutable; {@code toString} shows no token. */
public final class SignedIn implements SignInStep {
  private final TokenSet tokens;
  private final @Nullable NewDevice newDevice;

  SignedIn(TokenSet tokens, @Nullable NewDevice newDevice) {
    this.tokens = tokens;
    this.newDevice = newDevice;
  }

  /** Their tokens, as Cognito sent them over TLS: a resource server still validates them. */
  public TokenSet tokens() {
    return tokens;
  }

  /** The device, if the pool tracks devices and this one is new to it. */
  public Optional<NewDevice> newDevice() {
    return Optional.ofNullable(newDevice);
  }

  @Override
  public String toString() {
    return "SignedIn[" + tokens + "]";
  }
}
