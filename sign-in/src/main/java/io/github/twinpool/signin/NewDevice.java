package io.github.twinpool.signin;

import java.util.concurrent.CompletableFuture;

/** A device that Cognito has seen for the first time (NewDeviceMetadata). Immutable. */
public final class NewDevice {
  private final SignIn signIn;
  private final String accessToken;
  private final String key;
  private final String groupKey;

  NewDevice(SignIn signIn, String accessToken, String key, String groupKey) {
    this.signIn = signIn;
    this.accessToken = accessToken;
    this.key = key;
    this.groupKey = groupKey;
  }

  /** DEVICE_KEY. */
  public String key() {
    return key;
  }

  /** DEVICE_GROUP_KEY. */
  public String groupKey() {
    return groupKey;
  }

  String accessToken() {
    return accessToken;
  }

  /**
   * Confirms the device with a fresh password of its own (ConfirmDevice). The application keeps
   * what it gets, and signs in with {@link SignInRequest#device}.
   *
   * @param name what the person calls the device
   * @param remember whether it is to be remembered where the pool leaves that to the person
   *     (UpdateDeviceStatus); without meaning where it does not
   * @throws CapabilityUnavailableException while the primary is down; the sign-in itself stands
   */
  public RememberedDevice confirm(String name, boolean remember) {
    return Calls.join(signIn.blocking().confirm(this, name, remember));
  }

  /** Confirms the device. */
  public CompletableFuture<RememberedDevice> confirmAsync(String name, boolean remember) {
    return signIn.async().confirm(this, name, remember);
  }

  @Override
  public String toString() {
    return "NewDevice[" + key + "]";
  }
}
