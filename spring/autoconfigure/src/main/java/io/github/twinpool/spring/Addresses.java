package io.github.twinpool.spring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that may hold a secret, as people may see them. */
final class Addresses {
  private static final String HIDDEN = "******";
  private static final Pattern QUERY = Pattern.compile("[?#]");

  private Addresses() {}

  /**
   * The text without what could be a secret of an address in it: the query, the fragment, and all
   * of it if there is an @, which may end a password.
   */
  static String hide(String text) {
    if (text.indexOf('@') >= 0) {
      return HIDDEN;
    }
    Matcher query = QUERY.matcher(text);
    // A list of addresses may be one text: what comes after the first query is hidden with it.
    return query.find() ? text.substring(0, query.end()) + HIDDEN : text;
  }
}
