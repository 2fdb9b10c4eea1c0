package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The devices of one pool's users, and what they mean to a sign-in. They replicate. Thread-safe.
 */
final class Devices {
  private static final int MAX_DEVICES = 100_000;

  /** Comes in no user name and sorts before all that does. */
  private static final char END = '\0';

  private final String group;
  private final ReplicatedMap<Device> devices;

  /**
   * No devices yet.
   *
   * @param group the DeviceGroupKey of all of them
   */
  Devices(String group, ReplicationLog log) {
    this.group = group;
    this.devices = new ReplicatedMap<>(log);
  }

  /** The DeviceGroupKey, which stands in for the pool's name when a device proves itself. */
  String group() {
    return group;
  }

  /**
   * A user's device.
   *
   * @throws WireError a ResourceNotFoundException
   */
  Device get(RegionRole role, String username, String key) {
    return find(role, username, key).orElseThrow(Devices::unknown);
  }

  Optional<Device> find(RegionRole role, String username, String key) {
    return devices.get(role, username + END + key);
  }

  /** Up to {@code limit} devices of a user whose keys come after one. */
  List<Device> after(RegionRole role, String username, String key, int limit) {
    return devices.after(role, username + END + key, limit).stream()
        .filter(device -> device.username().equals(username))
        .toList();
  }

  /**
   * Adds a device.
   *
   * @throws WireError a DeviceKeyExistsException, a LimitExceededException
   */
  void add(Device device, ReplicationLog log) {
    log.atomically(
        () -> {
          if (find(RegionRole.PRIMARY, device.username(), device.key()).isPresent()) {
            throw WireError.of("DeviceKeyExistsException", "Device key already exists.");
          }
          if (devices.size(RegionRole.PRIMARY) >= MAX_DEVICES) {
            throw WireError.limitExceeded(
                "The emulator keeps at most " + MAX_DEVICES + " devices.");
          }
          devices.put(device.username() + END + device.key(), device);
          return device;
        });
  }

  void update(String username, String key, UnaryOperator<Device> change) {
    if (devices.update(username + END + key, change).isEmpty()) {
      throw unknown();
    }
  }

  void remove(String username, String key) {
    if (!devices.remove(username + END + key)) {
      throw unknown();
    }
  }

  /** Removes the devices of a user who is deleted. */
  void removeAll(String username) {
    after(RegionRole.PRIMARY, username, "", MAX_DEVICES)
        .forEach(device -> devices.remove(username + END + device.key()));
  }

  static WireError unknown() {
    return WireError.of("ResourceNotFoundException", "Device does not exist.");
  }

  /**
   * Refuses a sign-in that names a device which the user does not have, once the user is known.
   *
   * @throws WireError a ResourceNotFoundException
   */
  static void check(SignInAttempt attempt) {
    of(attempt);
  }

  /** The device that a sign-in names, in a pool that tracks devices. */
  static Optional<Device> of(SignInAttempt attempt) {
    String key = attempt.notes().device();
    RegionRole role = attempt.call().role();
    if (key == null || attempt.pool().settings(role).devices().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(attempt.pool().devices().get(role, attempt.username(), key));
  }

  /** Whether a sign-in's device stands in for the second factor. */
  static boolean replaceMfa(SignInAttempt attempt) {
    boolean may =
        attempt
            .pool()
            .settings(attempt.call().role())
            .devices()
            .filter(PoolSettings.Tracking::insteadOfMfa)
            .isPresent();
    return may && of(attempt).filter(Device::remembered).isPresent();
  }

  /**
   * The NewDeviceMetadata of a sign-in that came without a device. The secondary gives none, since
   * ConfirmDevice is not to be had there: an assumption, which the emulator's builder can switch.
   */
  static Optional<ObjectNode> begin(SignInAttempt attempt) {
    Call call = attempt.call();
    boolean tracked = attempt.pool().settings(call.role()).devices().isPresent();
    boolean confirmable =
        call.role() == RegionRole.PRIMARY
            || call.cognito().assumptions().hold(Unpublished.NEW_DEVICES_ON_SECONDARY);
    if (!tracked || !confirmable || attempt.notes().device() != null) {
      return Optional.empty();
    }
    String key = call.cognito().region(RegionRole.PRIMARY) + "_" + call.cognito().names().uuid();
    return Optional.of(
        WireJson.object()
            .put("DeviceKey", key)
            .put("DeviceGroupKey", attempt.pool().devices().group()));
  }

  /**
   * Checks the device of a refresh: tokens of a confirmed device are refreshed with its key. What
   * Cognito does once the device was forgotten is unpublished; here the tokens are then refused.
   *
   * @throws WireError a NotAuthorizedException
   */
  static void checkRefresh(Call call, Pool pool, RefreshToken token, Optional<String> claimedKey) {
    String key = token.device();
    if (key == null) {
      return;
    }
    boolean known = pool.devices().find(call.role(), token.username(), key).isPresent();
    boolean needed = known || token.deviceProved();
    boolean good =
        needed
            ? known && claimedKey.filter(key::equals).isPresent()
            : claimedKey.map(key::equals).orElse(true);
    if (!good) {
      throw WireError.notAuthorized("Invalid Refresh Token");
    }
  }

  /** A new device, as ConfirmDevice makes it. */
  static Device confirmed(
      String key,
      String username,
      String name,
      Srp.Verifier verifier,
      boolean remembered,
      Instant now) {
    return new Device(key, username, name, verifier, remembered, now, now, now);
  }
}
