package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.EnumMap;
import java.util.Map;

/** Second factors as pools and users set them, and GetUserAuthFactors. */
final class MfaOperations {
  private static final Map<MfaType, String> MEMBERS =
      new EnumMap<>(
          Map.of(
              MfaType.SMS_MFA, "SMSMfaSettings",
              MfaType.SOFTWARE_TOKEN_MFA, "SoftwareTokenMfaSettings",
              MfaType.EMAIL_OTP, "EmailMfaSettings"));

  private MfaOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "SetUserPoolMfaConfig", MfaOperations::setPool,
        "GetUserPoolMfaConfig", MfaOperations::getPool,
        "SetUserMFAPreference", MfaOperations::setOwn,
        "AdminSetUserMFAPreference", MfaOperations::setUser,
        "GetUserAuthFactors", MfaOperations::getFactors);
  }

  /**
   * Sets the second factors of a pool. The secondary has its own messages and senders only, of
   * which the emulator has none: there it changes nothing.
   */
  private static ObjectNode setPool(Call call) {
    Pool pool = call.pool();
    if (call.role() == RegionRole.PRIMARY) {
      pool.updateSettings(
          settings -> settings.withMfa(settings.mfa().replaced(call.request()), call.now()));
    }
    return pool.settings(call.role()).mfa().describe();
  }

  private static ObjectNode getPool(Call call) {
    return call.pool().settings(call.role()).mfa().describe();
  }

  private static ObjectNode setOwn(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    return set(call, signedIn.pool(), signedIn.user().username());
  }

  private static ObjectNode setUser(Call call) {
    Pool pool = call.pool();
    return set(call, pool, call.user(pool).username());
  }

  private static ObjectNode set(Call call, Pool pool, String username) {
    pool.update(
        username,
        user -> {
          MfaSettings changed = user.mfa();
          int preferred = 0;
          for (Map.Entry<MfaType, String> member : MEMBERS.entrySet()) {
            if (call.request().has(member.getValue())) {
              boolean on = call.request().flag(member.getValue() + ".Enabled", false);
              boolean prefer = call.request().flag(member.getValue() + ".PreferredMfa", false);
              preferred += prefer ? 1 : 0;
              checkPossible(user, member.getKey(), on, prefer);
              changed = changed.with(member.getKey(), on, prefer);
            }
          }
          if (preferred > 1) {
            throw WireError.invalidParameter("Only one MFA method can be preferred.");
          }
          return user.withMfa(changed, call.now());
        });
    return WireJson.object();
  }

  private static void checkPossible(UserRecord user, MfaType type, boolean on, boolean prefer) {
    if (prefer && !on) {
      throw WireError.invalidParameter(type + " must be enabled to be preferred.");
    }
    if (!on) {
      return;
    }
    String attribute = type == MfaType.SMS_MFA ? "phone_number" : "email";
    if (type == MfaType.SOFTWARE_TOKEN_MFA && user.mfa().secret().isEmpty()) {
      throw WireError.invalidParameter("User has not verified software token mfa");
    }
    if (type != MfaType.SOFTWARE_TOKEN_MFA && user.attribute(attribute).isEmpty()) {
      throw WireError.invalidParameter("User does not have delivery config set to turn on " + type);
    }
  }

  private static ObjectNode getFactors(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    UserRecord user = signedIn.user();
    ObjectNode answer = WireJson.object().put("Username", user.username());
    user.mfa().describe(answer);
    ArrayNode factors = answer.putArray("ConfiguredUserAuthFactors");
    for (String factor : signedIn.pool().settings(call.role()).firstFactors()) {
      boolean configured =
          switch (factor) {
            case "PASSWORD" -> user.password().exists();
            case "EMAIL_OTP" -> user.attribute("email_verified").equals("true");
            case "SMS_OTP" -> user.attribute("phone_number_verified").equals("true");
            case WebAuthnChallenge.NAME ->
                !signedIn.pool().webAuthn().after(call.role(), user.username(), "", 1).isEmpty();
            default -> false;
          };
      if (configured) {
        factors.add(factor);
      }
    }
    return answer;
  }
}
