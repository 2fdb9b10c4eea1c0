package io.github.twinpool.signin;

import java.util.Objects;

/**
 * A device that Cognito remembers, with the password by which it proves itself instead of a second
 * factor. The application keeps all three values as it keeps a person's refresh token. Immutable;
 * {@code toString} shows no password.
 */
public final class RememberedDevice {
  private final String key;
  private final String groupKey;
  private final String password;

  private RememberedDevice(String key, String groupKey, String password) {
    this.key = Objects.requireNonNull(key, "key");
    this.groupKey = Objects.requireNonNull(groupKey, "groupKey");
    this.password = Objects.requireNonNull(password, "password");
  }

  /** A device that the application kept. */
  public static RememberedDevice of(String key, String groupKey, String password) {
    return new RememberedDevice(key, groupKey, password);
  }

  /** DEVICE_KEY. */
  public String key() {
    return key;
  }

  /** DEVICE_GROUP_KEY. */
  public String groupKey() {
    return groupKey;
  }

  /** The device's password, a secret. */
  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "RememberedDevice[" + key + "]";
  }
}
