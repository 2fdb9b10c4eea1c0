package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a new user is called: in pools that sign in with addresses, by the {@code sub}. */
final class Usernames {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,15}");

  private Usernames() {}

  /** Whether a name has the form of a phone number. */
  static boolean isPhone(String name) {
    return PHONE.matcher(name).matches();
  }

  /** Whom the request asks for. */
  record NewUser(String username, String sub, Map<String, String> attributes) {}

  /**
   * Reads the name of a new user.
   *
   * @throws WireError an InvalidParameterException, a UsernameExistsException
   */
  static NewUser of(Call call, Pool pool, String given, Map<String, String> attributes) {
    String sub = call.cognito().names().sub();
    PoolSettings settings = pool.settings(call.role());
    List<String> wanted = settings.usernameAttributes();
    if (wanted.isEmpty()) {
      if (EMAIL.matcher(given).matches() && settings.aliasAttributes().contains("email")) {
        throw WireError.invalidParameter(
            "Username cannot be of email format, since user pool is configured for email alias.");
      }
      if (isPhone(given) && settings.aliasAttributes().contains("phone_number")) {
        throw WireError.invalidParameter(
            "Username cannot be of phone number format, since user pool is configured for phone"
                + " number alias.");
      }
      return new NewUser(given, sub, attributes);
    }
    String attribute = EMAIL.matcher(given).matches() ? "email" : "phone_number";
    if (!wanted.contains(attribute) || (attribute.equals("phone_number") && !isPhone(given))) {
      throw WireError.invalidParameter(
          wanted.size() > 1
              ? "Username should be either an email or a phone number."
              : "Username should be "
                  + (wanted.contains("email") ? "an email." : "a phone number."));
    }
    if (pool.user(RegionRole.PRIMARY, given).isPresent()) {
      throw WireError.of(
          "UsernameExistsException", "An account with the given " + attribute + " already exists.");
    }
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.putIfAbsent(attribute, given);
    return new NewUser(sub, sub, all);
  }
}
