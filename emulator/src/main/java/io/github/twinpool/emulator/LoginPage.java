package io.github.twinpool.emulator;

import java.util.List;
import java.util.stream.Collectors;

/** The pages that a domain shows to people. All that comes from elsewhere is escaped. */
final class LoginPage {
  private static final String HEAD =
      "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Twinpool's Cognito"
          + " emulator</title></head><body>";
  private static final String TAIL =
      "<p>For tests only: this is no authentication service.</p></body></html>";

  private LoginPage() {}

  /**
   * The form.
   *
   * @param query the request's query, which the form sends again
   * @param providers the identity providers that can be chosen instead
   * @param username what was typed, or a login hint
   */
  static String form(
      String query, List<String> providers, String csrfToken, String username, String complaint) {
    String shown =
        complaint.isEmpty() ? "" : "<p id=\"loginErrorMessage\">" + escaped(complaint) + "</p>";
    return HEAD
        + "<h1>Sign in</h1>"
        + shown
        + "<form name=\"cognitoSignInForm\" method=\"post\" action=\"/login?"
        + escaped(query)
        + "\"><input type=\"hidden\" name=\"_csrf\" value=\""
        + escaped(csrfToken)
        + "\"><label>Username <input name=\"username\" type=\"text\" autocomplete=\"username\""
        + " value=\""
        + escaped(username)
        + "\"></label><label>Password <input name=\"password\" type=\"password\""
        + " autocomplete=\"current-password\"></label>"
        + "<button type=\"submit\" name=\"signInSubmitButton\">Sign in</button></form>"
        + providers.stream().map(name -> link(query, name)).collect(Collectors.joining())
        + TAIL;
  }

  private static String link(String query, String provider) {
    String address =
        "/oauth2/authorize?" + query + "&identity_provider=" + DomainReply.encoded(provider);
    return "<p><a href=\"" + escaped(address) + "\">" + escaped(provider) + "</a></p>";
  }

  /** A page of something that was escaped already. */
  static String page(String html) {
    return HEAD + html + TAIL;
  }

  /** A page that says what is wrong. */
  static String error(String text) {
    return HEAD + "<h1>" + escaped(text) + "</h1>" + TAIL;
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
