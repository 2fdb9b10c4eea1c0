package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A device that a user has confirmed. Immutable.
 *
 * @param remembered whether it may stand in for a second factor
 */
record Device(
    String key,
    String username,
    String name,
    Srp.Verifier verifier,
    boolean remembered,
    Instant created,
    Instant modified,
    Instant lastAuthenticated) {

  Device withRemembered(boolean newRemembered, Instant now) {
    return new Device(
        key, username, name, verifier, newRemembered, created, now, lastAuthenticated);
  }

  Device authenticated(Instant now) {
    return new Device(key, username, name, verifier, remembered, created, modified, now);
  }

  ObjectNode describe() {
    ObjectNode description = WireJson.object().put("DeviceKey", key);
    ArrayNode attributes = description.putArray("DeviceAttributes");
    attributes.addObject().put("Name", "device_status").put("Value", "valid");
    attributes.addObject().put("Name", "device_name").put("Value", name);
    attributes
        .addObject()
        .put("Name", "dev:device_remembered_status")
        .put("Value", remembered ? "remembered" : "not_remembered");
    return description
        .put("DeviceCreateDate", WireJson.seconds(created))
        .put("DeviceLastModifiedDate", WireJson.seconds(modified))
        .put("DeviceLastAuthenticatedDate", WireJson.seconds(lastAuthenticated));
  }
}
