package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What users and administrators do with devices. */
final class DeviceOperations {
  private static final int LARGEST_PAGE = 60;
  private static final int LONGEST_SALT = 64;
  private static final int LONGEST_VERIFIER = 385;
  private static final String PAGE = "devices-page";

  private DeviceOperations() {}

  static Map<String, Operation> all() {
    Map<String, Operation> operations = new HashMap<>();
    operations.put("ConfirmDevice", DeviceOperations::confirm);
    operations.put("GetDevice", call -> get(call, signedIn(call)));
    operations.put("AdminGetDevice", call -> get(call, named(call)));
    operations.put("ListDevices", call -> list(call, signedIn(call)));
    operations.put("AdminListDevices", call -> list(call, named(call)));
    operations.put("UpdateDeviceStatus", call -> update(call, signedIn(call)));
    operations.put("AdminUpdateDeviceStatus", call -> update(call, named(call)));
    operations.put("ForgetDevice", call -> forget(call, signedIn(call)));
    operations.put("AdminForgetDevice", call -> forget(call, named(call)));
    return operations;
  }

  private record Owner(Pool pool, String username) {}

  private static Owner signedIn(Call call) {
    if (!call.request().has("AccessToken")) {
      throw WireError.invalidParameter("Missing required parameter AccessToken");
    }
    SignedInUser signedIn = SignedInUser.of(call);
    return new Owner(signedIn.pool(), signedIn.user().username());
  }

  private static Owner named(Call call) {
    Pool pool = call.pool();
    return new Owner(pool, call.user(pool).username());
  }

  /** The key must be the one that the sign-in was given, which its access token carries. */
  private static ObjectNode confirm(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    String key = call.request().required("DeviceKey");
    if (!key.equals(signedIn.device())) {
      throw WireError.invalidParameter("Invalid device key given.");
    }
    PoolSettings.Tracking tracking =
        signedIn
            .pool()
            .settings(call.role())
            .devices()
            .orElseThrow(
                () ->
                    WireError.of(
                        "InvalidUserPoolConfigurationException",
                        "Device tracking is not enabled for the user pool."));
    Srp.Verifier verifier = verifier(call);
    boolean asks = tracking.onlyWhenAsked();
    signedIn
        .pool()
        .devices()
        .add(
            Devices.confirmed(
                key,
                signedIn.user().username(),
                call.request().text("DeviceName").orElse(""),
                verifier,
                !asks,
                call.now()),
            call.cognito().log());
    return WireJson.object().put("UserConfirmationNecessary", asks);
  }

  private static Srp.Verifier verifier(Call call) {
    String in = "DeviceSecretVerifierConfig.";
    BigInteger salt = number(call, in + "Salt", LONGEST_SALT);
    BigInteger value = number(call, in + "PasswordVerifier", LONGEST_VERIFIER);
    if (value.mod(Srp.N).signum() == 0) {
      throw invalidVerifier();
    }
    return new Srp.Verifier(salt, value);
  }

  private static BigInteger number(Call call, String member, int longest) {
    String text = call.request().text(member).orElseThrow(DeviceOperations::invalidVerifier);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length > 0 && bytes.length <= longest) {
        return new BigInteger(1, bytes);
      }
    } catch (IllegalArgumentException e) {
      throw invalidVerifier();
    }
    throw invalidVerifier();
  }

  private static WireError invalidVerifier() {
    return WireError.invalidParameter("Invalid device secret verifier config.");
  }

  private static ObjectNode get(Call call, Owner owner) {
    Device device =
        owner
            .pool()
            .devices()
            .get(call.role(), owner.username(), call.request().required("DeviceKey"));
    return WireJson.object().set("Device", device.describe());
  }

  private static ObjectNode list(Call call, Owner owner) {
    int asked = call.request().number("Limit").orElse(LARGEST_PAGE);
    int limit = asked == 0 ? LARGEST_PAGE : asked;
    String scope = owner.username();
    String after =
        call.request()
            .text("PaginationToken")
            .map(token -> PageToken.open(call, owner.pool(), PAGE, scope, token))
            .orElse("");
    List<Device> found =
        owner.pool().devices().after(call.role(), owner.username(), after, limit + 1);
    ObjectNode answer = WireJson.object();
    ArrayNode devices = answer.putArray("Devices");
    found.stream().limit(limit).map(Device::describe).forEach(devices::add);
    if (found.size() > limit) {
      String last = found.get(limit - 1).key();
      answer.put("PaginationToken", PageToken.seal(call, owner.pool(), PAGE, scope, last));
    }
    return answer;
  }

  private static ObjectNode update(Call call, Owner owner) {
    boolean remembered =
        call.request()
            .text("DeviceRememberedStatus")
            .map("remembered"::equals)
            .orElseThrow(
                () ->
                    WireError.invalidParameter(
                        "Missing required parameter DeviceRememberedStatus"));
    owner
        .pool()
        .devices()
        .update(
            owner.username(),
            call.request().required("DeviceKey"),
            device -> device.withRemembered(remembered, call.now()));
    return WireJson.object();
  }

  private static ObjectNode forget(Call call, Owner owner) {
    owner.pool().devices().remove(owner.username(), call.request().required("DeviceKey"));
    return WireJson.object();
  }
}
