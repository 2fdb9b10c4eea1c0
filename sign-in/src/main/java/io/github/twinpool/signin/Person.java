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
    Map<String, String> metadata,
    @Nullable UserContextDataType context) {
  static final Person UNKNOWN = new Person(false, null, Map.of(), null);

  Person {
    metadata = Map.copyOf(metadata);
  }

  Person asAdministrator() {
    return new Person(true, device, metadata, context);
  }

  Person withDevice(@Nullable RememberedDevice other) {
    return new Person(admin, other, metadata, context);
  }

  Person withMetadata(Map<String, String> other) {
    return new Person(admin, device, other, context);
  }

  Person withContext(UserContextDataType other) {
    return new Person(admin, device, metadata, other);
  }

  @Override
  public String toString() {
    return "Person[…]";
  }
}
