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

  private UserFilter() {}

  /**
   * The filter that a text describes; all users for a blank one.
   *
   * @throws WireError an InvalidParameterException
   */
  static Predicate<UserRecord> parse(String filter) {
    if (filter.isBlank()) {
      return user -> true;
    }
    Matcher form = FORM.matcher(filter);
    if (!form.matches()) {
      throw WireError.invalidParameter("Error while parsing filter.");
    }
    String attribute = form.group(1);
    if (!SEARCHABLE.contains(attribute)) {
      throw WireError.invalidParameter(
          "One or more requested attributes can not be searched: " + attribute);
    }
    String wanted = form.group(3).replaceAll("\\\\(.)", "$1");
    boolean prefix = form.group(2).equals("^=");
    boolean anyCase = attribute.equals("cognito:user_status");
    String expected = anyCase ? wanted.toUpperCase(Locale.ROOT) : wanted;
    return user -> {
      String actual = value(user, attribute);
      return prefix ? actual.startsWith(expected) : actual.equals(expected);
    };
  }

  private static String value(UserRecord user, String attribute) {
    return switch (attribute) {
      case "cognito:user_status" -> user.status().name();
      case "status" -> user.enabled() ? "Enabled" : "Disabled";
      default -> user.attribute(attribute);
    };
  }
}
