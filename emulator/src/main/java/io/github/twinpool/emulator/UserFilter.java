package io.github.twinpool.emulator;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Filter of ListUsers: one attribute, {@code =} for equal or {@code ^=} for a prefix. */
final class UserFilter {
  private static final Pattern FORM =
      Pattern.compile("\\s*\"?([\\w:]+)\"?\\s*(\\^?=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Set<String> SEARCHABLE =
      Set.of(
          "username",
          "email",
          "phone_number",
          "name",
          "given_name",
          "family_name",
          "preferred_username",
          "cognito:user_status",
          "status",
          "sub");

  private static final Set<String> LIKE_USERNAMES = Set.of("email", "preferred_username");

  private UserFilter() {}

  /**
   * The filter that a text describes; all users for a blank one. User names and {@code status} are
   * told apart by case, {@code cognito:user_status} is not, and e-mail addresses and preferred user
   * names are as in the rest of the pool. A user without the attribute never matches. (Source: API
   * reference, ListUsers and UsernameConfigurationType.)
   *
   * @param caseSensitive whether the pool tells user names apart by case
   * @throws WireError an InvalidParameterException
   */
  static Predicate<UserRecord> parse(String filter, boolean caseSensitive) {
    if (filter.isBlank()) {
      return user -> true;
    }
    Matcher form = FORM.matcher(filter);
    if (!form.matches()) {
      throw WireError.invalidParameter("Error while parsing filter.");
    }
    String attribute = form.group(1);
    if (!SEARCHABLE.contains(attribute)) {
      throw WireError.invalidParameter("Invalid search attribute: " + attribute);
    }
    String wanted = form.group(3).replaceAll("\\\\(.)", "$1");
    boolean prefix = form.group(2).equals("^=");
    boolean anyCase =
        attribute.equals("cognito:user_status")
            || (!caseSensitive && LIKE_USERNAMES.contains(attribute));
    String expected = spelled(wanted, anyCase);
    return user -> {
      String actual = spelled(value(user, attribute), anyCase);
      return !actual.isEmpty() && (prefix ? actual.startsWith(expected) : actual.equals(expected));
    };
  }

  private static String spelled(String text, boolean anyCase) {
    return anyCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String value(UserRecord user, String attribute) {
    return switch (attribute) {
      case "cognito:user_status" -> user.status().name();
      case "status" -> user.enabled() ? "Enabled" : "Disabled";
      default -> user.attribute(attribute);
    };
  }
}
