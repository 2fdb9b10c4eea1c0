package io.github.twinpool.signin;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserContextDataType;

/**
 * What goes with every request of one conversation.
 *
 * @param admin whether its requests are signed with AWS credentials
 * @param context for threat protection; empty for none
 */
record Person(
    boolean admin,
    @Nullable RememberedDevice device,
    DeviceUse deviceUse,
    Map<String, String> metadata,
    @Nullable UserContextDataType context) {
  static final Person UNKNOWN = new Person(false, null, DeviceUse.NAMED, Map.of(), null);

  Person {
    metadata = Map.copyOf(metadata);
  }

  /** What becomes of the device that the application names. */
  enum DeviceUse {
    /** Each request names it, if there is one. */
    NAMED,
    /** The secondary does not know it. Its replication may lag, so that says little. */
    LEFT_OUT,
    /** The primary does not know it. */
    FORGOTTEN
  }

  Person asAdministrator() {
    return new Person(true, device, deviceUse, metadata, context);
  }

  /** A conversation that goes on without a device stays so. */
  Person withDevice(RememberedDevice other) {
    return deviceUse == DeviceUse.NAMED
        ? new Person(admin, other, deviceUse, metadata, context)
        : this;
  }

  Person withoutDevice(DeviceUse why) {
    return new Person(admin, null, why, metadata, context);
  }

  Person withMetadata(Map<String, String> other) {
    return new Person(admin, device, deviceUse, other, context);
  }

  Person withContext(UserContextDataType other) {
    return new Person(admin, device, deviceUse, metadata, other);
  }

  @Override
  public String toString() {
    return "Person[…]";
  }
}
