package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * What a pool asks of new passwords. Cognito's default wants eight characters of four kinds.
 *
 * @param temporaryDays how long a temporary password is good
 * @param history how many old passwords are refused, which the emulator only shows again; 0 for
 *     none
 */
record PasswordPolicy(
    int minimumLength,
    boolean uppercase,
    boolean lowercase,
    boolean numbers,
    boolean symbols,
    int temporaryDays,
    int history) {
  private static final String SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
  private static final String IN_REQUEST = "Policies.PasswordPolicy";

  static PasswordPolicy of(JsonRequest request) {
    if (!request.has(IN_REQUEST)) {
      return new PasswordPolicy(8, true, true, true, true, 7, 0);
    }
    return new PasswordPolicy(
        request.number(IN_REQUEST + ".MinimumLength").orElse(6),
        request.flag(IN_REQUEST + ".RequireUppercase", false),
        request.flag(IN_REQUEST + ".RequireLowercase", false),
        request.flag(IN_REQUEST + ".RequireNumbers", false),
        request.flag(IN_REQUEST + ".RequireSymbols", false),
        temporaryDays(request),
        request.number(IN_REQUEST + ".PasswordHistorySize").orElse(0));
  }

  /** Cognito takes 0 for the default. (Source: API reference, PasswordPolicyType.) */
  private static int temporaryDays(JsonRequest request) {
    int given = request.number(IN_REQUEST + ".TemporaryPasswordValidityDays").orElse(0);
    return given == 0 ? 7 : given;
  }

  Duration temporaryValidity() {
    return Duration.ofDays(temporaryDays);
  }

  /**
   * Refuses a password that is too simple.
   *
   * @throws WireError an InvalidPasswordException that says what is missing
   */
  void check(String password) {
    require(password.length() >= minimumLength, "Password not long enough");
    require(!uppercase || any(password, 'A', 'Z'), "Password must have uppercase characters");
    require(!lowercase || any(password, 'a', 'z'), "Password must have lowercase characters");
    require(!numbers || any(password, '0', '9'), "Password must have numeric characters");
    require(
        !symbols || password.chars().anyMatch(c -> SYMBOLS.indexOf(c) >= 0),
        "Password must have symbol characters");
  }

  ObjectNode describe() {
    ObjectNode description =
        WireJson.object()
            .put("MinimumLength", minimumLength)
            .put("RequireUppercase", uppercase)
            .put("RequireLowercase", lowercase)
            .put("RequireNumbers", numbers)
            .put("RequireSymbols", symbols)
            .put("TemporaryPasswordValidityDays", temporaryDays);
    return history == 0 ? description : description.put("PasswordHistorySize", history);
  }

  private static boolean any(String password, char first, char last) {
    return password.chars().anyMatch(c -> c >= first && c <= last);
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw WireError.of(
          "InvalidPasswordException", "Password did not conform with policy: " + rule);
    }
  }
}
