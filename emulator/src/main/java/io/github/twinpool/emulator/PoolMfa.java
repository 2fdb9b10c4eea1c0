package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which second factors a pool has, and whether it wants one. Immutable.
 *
 * @param mode OFF, OPTIONAL or ON
 * @param types the ones that are set up
 * @param shown the members of SetUserPoolMfaConfig as they were given
 */
record PoolMfa(String mode, Set<MfaType> types, ObjectNode shown) {

  PoolMfa {
    types = Set.copyOf(types);
  }

  /**
   * Refuses a pool that insists on a second factor, or allows one, and has none.
   *
   * @throws WireError an InvalidParameterException
   */
  PoolMfa checked() {
    if (!mode.equals("OFF") && types.isEmpty()) {
      throw WireError.invalidParameter(
          "SMS configuration and Auto verification for phone_number are required when MFA is"
              + " required/optional");
    }
    return this;
  }

  /** What a CreateUserPool or UpdateUserPool says: of the factors, SMS only. */
  static PoolMfa of(JsonRequest request) {
    ObjectNode shown = WireJson.object();
    Set<MfaType> types = EnumSet.noneOf(MfaType.class);
    if (request.has("SmsConfiguration")) {
      types.add(MfaType.SMS_MFA);
      shown.putObject("SmsMfaConfiguration").setAll(request.copy("SmsConfiguration"));
    }
    return new PoolMfa(request.text("MfaConfiguration").orElse("OFF"), types, shown);
  }

  /** This with the factors that UpdateUserPool does not speak of. */
  PoolMfa withOthersOf(PoolMfa before) {
    Set<MfaType> kept = EnumSet.noneOf(MfaType.class);
    kept.addAll(types);
    ObjectNode merged = shown.deepCopy();
    before.types.stream().filter(type -> type != MfaType.SMS_MFA).forEach(kept::add);
    before
        .shown
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("SmsMfaConfiguration")) {
                merged.set(member.getKey(), member.getValue());
              }
            });
    return new PoolMfa(mode, kept, merged);
  }

  /**
   * What a SetUserPoolMfaConfig says, which replaces all.
   *
   * @throws WireError an InvalidParameterException if a second factor is wanted and none is set up
   */
  PoolMfa replaced(JsonRequest request) {
    Set<MfaType> set = EnumSet.noneOf(MfaType.class);
    if (request.has("SmsMfaConfiguration.SmsConfiguration")) {
      set.add(MfaType.SMS_MFA);
    }
    if (request.flag("SoftwareTokenMfaConfiguration.Enabled", false)) {
      set.add(MfaType.SOFTWARE_TOKEN_MFA);
    }
    if (request.has("EmailMfaConfiguration")) {
      set.add(MfaType.EMAIL_OTP);
    }
    String newMode = request.text("MfaConfiguration").orElse(mode);
    if (!newMode.equals("OFF") && set.isEmpty()) {
      throw WireError.invalidParameter(
          "Invalid MFA configuration given, at least one MFA method should be provided.");
    }
    return new PoolMfa(
        newMode,
        set,
        request.copy(
            "SmsMfaConfiguration",
            "SoftwareTokenMfaConfiguration",
            "EmailMfaConfiguration",
            "WebAuthnConfiguration"));
  }

  /** For whom the pool's passkeys are made. */
  RelyingParty relyingParty() {
    return RelyingParty.of(shown.path("WebAuthnConfiguration"));
  }

  ObjectNode describe() {
    return shown.deepCopy().put("MfaConfiguration", mode);
  }
}
